import type { ComponentChildren, RefObject } from 'preact';
import type { WireError } from '../../../shared/errors/awsher-error.ts';
import { t } from '../../ui/i18n.ts';
import { Problem } from '../../ui/problem.tsx';

interface Props {
  kind: 'explain' | 'keys';
  title: string;
  /** Gets the focus when the step begins. */
  section: RefObject<HTMLElement | null>;
  error: WireError | null;
  /** Beside Back. */
  buttons?: ComponentChildren;
  onBack(): void;
  children: ComponentChildren;
}

/** A step behind a role, in the place of what can be done with it; Escape and Back lead to that. */
export function StepPanel({ kind, title, section, error, buttons, onBack, children }: Props) {
  return (
    <section
      class={`role-panel ${kind}`}
      aria-label={title}
      ref={section}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        onBack();
      }}
    >
      <h2>{title}</h2>
      {children}
      {error && (
        <div class="role-failed" role="alert">
          <Problem error={error} />
        </div>
      )}
      <div class="role-buttons">
        {buttons}
        <button type="button" class="button" onClick={onBack}>
          {t('back')}
        </button>
      </div>
    </section>
  );
}
