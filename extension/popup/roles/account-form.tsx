import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { ACCOUNT_COLOURS, type AccountColour } from '../../../shared/catalogue/colours.ts';
import { t } from '../../ui/i18n.ts';
import type { AccountEntry } from './role-index.ts';

interface Props {
  account: AccountEntry;
  label: string;
  colour: AccountColour;
  onSave(as: { label: string; colour: AccountColour }): void;
  onBack(): void;
}

/** The person's own name and colour for an account. */
export function AccountForm({ account, label, colour, onSave, onBack }: Props) {
  const [name, setName] = useState(label);
  const [picked, setPicked] = useState(colour);
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => field.current?.focus(), []);
  return (
    <form
      class="role-panel account-form"
      onSubmit={(event) => {
        event.preventDefault();
        onSave({ label: name, colour: picked });
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        onBack();
      }}
    >
      <label class="account-form-name">
        <span>{t('accountLabel')}</span>
        <input
          ref={field}
          type="text"
          maxLength={60}
          value={name}
          placeholder={account.accountName || account.accountId}
          onInput={(event) => setName(event.currentTarget.value)}
        />
      </label>
      <fieldset class="swatches">
        <legend>{t('accountColour')}</legend>
        {ACCOUNT_COLOURS.map((one) => (
          <label key={one} class={`swatch colour-${one}`} title={t(COLOUR_WORDS[one])}>
            <input
              type="radio"
              name="colour"
              value={one}
              checked={picked === one}
              aria-label={t(COLOUR_WORDS[one])}
              onChange={() => setPicked(one)}
            />
          </label>
        ))}
      </fieldset>
      <div class="role-buttons">
        <button type="submit" class="button button-main">
          {t('save')}
        </button>
        <button type="button" class="button" onClick={onBack}>
          {t('cancel')}
        </button>
      </div>
    </form>
  );
}

const COLOUR_WORDS = {
  none: 'colourNone',
  blue: 'colourBlue',
  turquoise: 'colourTurquoise',
  green: 'colourGreen',
  yellow: 'colourYellow',
  orange: 'colourOrange',
  red: 'colourRed',
  pink: 'colourPink',
  purple: 'colourPurple',
  grey: 'colourGrey',
} as const satisfies Record<AccountColour, string>;
