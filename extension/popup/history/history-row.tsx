import type { HistoryRow, Outcome } from '../../ui/history-rows.ts';
import { locale, type PlainKey, t } from '../../ui/i18n.ts';
import { AlertIcon, CheckIcon, CrossIcon, HandIcon, ShieldIcon } from '../../ui/icons.tsx';
import { timeOfDay } from '../../ui/times.ts';

const WORDS: Record<Outcome, PlainKey> = {
  approved: 'outcomeApproved',
  pressed: 'outcomePressed',
  warned: 'outcomeWarned',
  accepted: 'outcomeAccepted',
  declined: 'outcomeDeclined',
  left: 'outcomeLeft',
  failed: 'outcomeFailed',
};

const ICONS = {
  approved: CheckIcon,
  pressed: CheckIcon,
  warned: ShieldIcon,
  accepted: AlertIcon,
  declined: CrossIcon,
  left: HandIcon,
  failed: AlertIcon,
} as const;

const TONES: Record<Outcome, string> = {
  approved: 'good',
  pressed: 'good',
  warned: 'bad',
  accepted: 'soon',
  declined: 'quiet',
  left: 'quiet',
  failed: 'soon',
};

export const outcomeWords = ({ outcome }: Pick<HistoryRow, 'outcome'>): string => t(WORDS[outcome]);

/** One sign-in of the log: what became of it, for whom, where and when. Of a code only its end is known. */
export function Row({ row }: { row: HistoryRow }) {
  const { outcome, session, command, host, codeEnd, at } = row;
  // What ran here and was confirmed is no alarm; nobody's command stays one to look at.
  const shown = outcome === 'accepted' && command !== null ? 'approved' : outcome;
  const Sign = ICONS[shown];
  return (
    <li class={outcome === 'warned' ? 'entry entry-foreign' : 'entry'}>
      <span class={`entry-sign tone-${TONES[shown]}`}>
        <Sign />
      </span>
      <div class="entry-words">
        <p class="entry-head">
          <span class="entry-title">{outcomeWords(row)}</span>
          <time class="entry-time" dateTime={new Date(at).toISOString()}>
            {timeOfDay(at, locale())}
          </time>
        </p>
        <p class="entry-more">
          {session !== null && <bdi class="entry-session">{session}</bdi>}
          {command !== null && <bdi class="entry-command">{command}</bdi>}
          {session === null && command === null && <span>{t('historyNobody')}</span>}
          {host !== null && <bdi>{host}</bdi>}
          {codeEnd !== null && (
            <span title={t('historyCode', codeEnd)}>
              <bdi class="entry-code" dir="ltr">
                …{codeEnd}
              </bdi>
            </span>
          )}
        </p>
      </div>
    </li>
  );
}
