import { useRef, useState } from 'preact/hooks';
import type { ViewRequest, ViewState } from '../../shared/protocol/internal.ts';
import {
  changesOf,
  readSettingsFile,
  type SettingsFile,
  writeSettingsFile,
} from '../../shared/settings/settings-file.ts';
import { readTextFile, saveTextFile } from '../platform/text-files.ts';
import { locale, t } from '../ui/i18n.ts';

interface Props {
  state: ViewState;
  send: (request: ViewRequest) => void;
}

type Import =
  | { is: 'none' }
  | { is: 'wrong' }
  | { is: 'same' }
  | { is: 'asked'; changes: SettingsFile }
  | { is: 'done' };

/** Settings and sessions to a file, and from one. What a file would change is said before it does. */
export function Transfer({ state, send }: Props) {
  const [step, setStep] = useState<Import>({ is: 'none' });
  const input = useRef<HTMLInputElement>(null);
  const targets = state.sessions.map(({ target }) => target);
  const save = () => saveTextFile('awsher-settings.json', writeSettingsFile(state.settings, targets));
  const read = async (file: File | undefined): Promise<void> => {
    const text = file ? await readTextFile(file) : null;
    if (input.current) input.current.value = '';
    const given = text === null ? null : readSettingsFile(text);
    if (!given) return setStep({ is: 'wrong' });
    const names = targets.map(({ session }) => session);
    const changes = changesOf(given, { settings: state.settings, names, locked: state.managed });
    const none = Object.keys(changes.settings).length === 0 && changes.sessions.length === 0;
    setStep(none ? { is: 'same' } : { is: 'asked', changes });
  };
  const take = ({ settings, sessions }: SettingsFile): void => {
    if (Object.keys(settings).length > 0) send({ type: 'settings.change', settings });
    for (const session of sessions) send({ type: 'session.add', ...session });
    setStep({ is: 'done' });
  };
  const count = (length: number) => new Intl.NumberFormat(locale()).format(length);
  return (
    <>
      <p>{t('transferBody')}</p>
      <div class="actions">
        <button type="button" class="button" onClick={save}>
          {t('exportSettings')}
        </button>
        <button type="button" class="button" onClick={() => input.current?.click()}>
          {t('importSettings')}
        </button>
        <input
          ref={input}
          hidden
          type="file"
          accept="application/json,.json"
          aria-label={t('importSettings')}
          onChange={(event) => void read(event.currentTarget.files?.[0])}
        />
      </div>
      {step.is === 'asked' && (
        <div class="row-question">
          <p>
            {t(
              'importQuestion',
              count(Object.keys(step.changes.settings).length),
              count(step.changes.sessions.length),
            )}
          </p>
          <div class="actions">
            <button type="button" class="button button-main" onClick={() => take(step.changes)}>
              {t('importTake')}
            </button>
            <button type="button" class="button" onClick={() => setStep({ is: 'none' })}>
              {t('cancel')}
            </button>
          </div>
        </div>
      )}
      <p class={step.is === 'wrong' ? 'field-error' : 'said'} role="status">
        {step.is === 'wrong' && t('importWrong')}
        {step.is === 'same' && t('importSame')}
        {step.is === 'done' && t('importDone')}
      </p>
    </>
  );
}
