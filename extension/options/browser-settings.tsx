import { useEffect, useState } from 'preact/hooks';
import type { Settings, ViewRequest } from '../../shared/protocol/internal.ts';
import { startTimer } from '../platform/time.ts';
import { t } from '../ui/i18n.ts';
import { CheckIcon } from '../ui/icons.tsx';

interface Props {
  settings: Settings;
  send: (request: ViewRequest) => void;
}

const SWITCHES = [
  ['watch', 'fieldWatch', 'fieldWatchHelp'],
  ['ask', 'fieldAsk', 'fieldAskHelp'],
] as const;
const SAID_MS = 2_500;
const TYPING_MS = 500;

/** Settings of this browser. Each is saved by itself at once; a word beside it says when it is done. */
export function BrowserSettings({ settings, send }: Props) {
  const [label, setLabel] = useState(settings.label);
  const [changed, setChanged] = useState<keyof Settings | null>(null);
  const change = (part: Partial<Settings>): void => send({ type: 'settings.change', settings: part });
  const typed = label.trim();

  // Saved after a pause in the typing, and when the field is left.
  const saveLabel = (): void => {
    if (typed === settings.label) return;
    change({ label: typed });
    setChanged('label');
  };
  useEffect(() => (typed === settings.label ? undefined : startTimer(TYPING_MS, saveLabel)), [typed]);
  useEffect(() => (changed ? startTimer(SAID_MS, () => setChanged(null)) : undefined), [changed, settings]);

  return (
    <>
      <div class="field">
        <span class="field-head">
          <label for="label">{t('fieldLabel')}</label>
          <Saved shown={changed === 'label' && settings.label === typed} />
        </span>
        <input
          id="label"
          type="text"
          maxLength={100}
          autocomplete="off"
          spellcheck={false}
          aria-describedby="label-help"
          value={label}
          onInput={(event) => setLabel(event.currentTarget.value)}
          onBlur={saveLabel}
        />
        <p class="field-help" id="label-help">
          {t('fieldLabelHelp')}
        </p>
      </div>
      {SWITCHES.map(([name, label, help]) => (
        <div class="field" key={name}>
          <span class="field-head">
            <label class="switch">
              <input
                type="checkbox"
                role="switch"
                aria-checked={settings[name]}
                aria-describedby={`${name}-help`}
                checked={settings[name]}
                onChange={(event) => {
                  change({ [name]: event.currentTarget.checked });
                  setChanged(name);
                }}
              />
              <span>{t(label)}</span>
            </label>
            <Saved shown={changed === name} />
          </span>
          <p class="field-help" id={`${name}-help`}>
            {t(help)}
          </p>
        </div>
      ))}
    </>
  );
}

function Saved({ shown }: { shown: boolean }) {
  return (
    <span class="said" role="status">
      {shown && (
        <>
          <CheckIcon />
          {t('saved')}
        </>
      )}
    </span>
  );
}
