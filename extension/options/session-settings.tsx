import type { SessionView, ViewRequest } from '../../shared/protocol/internal.ts';
import { choicesOf, SETTINGS_OF_SESSIONS, type SessionSetting } from '../../shared/session-settings.ts';
import { type PlainKey, t } from '../ui/i18n.ts';
import { LockIcon } from '../ui/icons.tsx';

const LABELS: Record<SessionSetting, PlainKey> = { flow: 'settingFlow', endpoints: 'settingEndpoints' };
/** What has no translation is called as AWS calls it. */
const WORDS: Readonly<Record<string, () => string>> = {
  auto: () => t('choiceAuto'),
  device: () => t('flowDevice'),
  pkce: () => t('flowPkce'),
  ipv4: () => 'IPv4',
  'dual-stack': () => 'Dual-stack',
};

interface Props {
  view: SessionView;
  send: (request: ViewRequest) => void;
}

/** What can be said of one session; the host keeps it, for the terminal too. */
export function SessionSettings({ view, send }: Props) {
  const { settings, given, target } = view;
  const { session } = target;
  return (
    <details class="field-more">
      <summary>
        {t('sessionSettings')}
        <span class="unseen"> {session}</span>
      </summary>
      <div class="field-row">
        {SETTINGS_OF_SESSIONS.map((name) => (
          <div class="field" key={name}>
            <span class="field-head">
              <label for={`${name}-${session}`}>{t(LABELS[name])}</label>
              {given.includes(name) && (
                <span class="locked">
                  <LockIcon />
                  {t('managed')}
                </span>
              )}
            </span>
            <select
              id={`${name}-${session}`}
              value={settings[name] ?? 'auto'}
              disabled={given.includes(name)}
              onChange={(event) => {
                const { value } = event.currentTarget;
                const choice = choicesOf(name).find((one) => one === value);
                send({ type: 'session.settings', session, settings: { [name]: choice } });
                // Drawn again from the state alone, when it has changed.
                event.currentTarget.value = settings[name] ?? 'auto';
              }}
            >
              {choicesOf(name).map((choice) => (
                <option key={choice} value={choice}>
                  {WORDS[choice]?.() ?? choice}
                </option>
              ))}
            </select>
          </div>
        ))}
      </div>
    </details>
  );
}
