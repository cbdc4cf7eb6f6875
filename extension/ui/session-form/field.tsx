import type { ComponentChildren } from 'preact';
import { t } from '../i18n.ts';
import type { FieldError } from './check-session.ts';

interface Props {
  id: string;
  label: string;
  help: string;
  error?: FieldError | undefined;
  /** Takes the suggested region. */
  onSuggestion?: (near: string) => void;
  children: ComponentChildren;
}

/** A label, its control, and below it the help or, in its place, the one thing that is wrong. */
export function Field({ id, label, help, error, onSuggestion, children }: Props) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children}
      <p class="field-help" id={`${id}-help`} hidden={error !== undefined}>
        {help}
      </p>
      <div class="field-error" id={`${id}-error`} aria-live="polite">
        {error && <p>{error.near === undefined ? t(error.text) : t('errorRegionNear', error.near)}</p>}
        {error?.near !== undefined && (
          <button type="button" class="button" onClick={() => onSuggestion?.(error.near)}>
            {t('useRegion', error.near)}
          </button>
        )}
      </div>
    </div>
  );
}

/** The attributes that tie a control to the texts of its field. */
export function fieldAttributes(id: string, error: FieldError | undefined) {
  return {
    id,
    'aria-describedby': `${id}-error ${id}-help`,
    'aria-invalid': error !== undefined,
  };
}
