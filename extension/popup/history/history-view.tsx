import { useEffect, useMemo, useState } from 'preact/hooks';
import {
  filterRows,
  type HistoryFilter,
  type HistoryRow,
  historyRows,
  sessionsOf,
} from '../../ui/history-rows.ts';
import { locale, type PlainKey, t } from '../../ui/i18n.ts';
import { SearchIcon, ShieldIcon } from '../../ui/icons.tsx';
import { dayName } from '../../ui/times.ts';
import { useNow } from '../../ui/use-now.ts';
import type { ViewProps } from '../view-props.ts';
import { ForeignAdvice } from './foreign-advice.tsx';
import { outcomeWords, Row } from './history-row.tsx';

const FILTERS = [
  ['all', 'historyAll'],
  ['approved', 'historyApproved'],
  ['stopped', 'historyStopped'],
] as const satisfies readonly (readonly [HistoryFilter, PlainKey])[];

/** What awsher decided, newest first; a code that nobody here asked for stands above it all. */
export function HistoryView({ state, history, send }: ViewProps) {
  const now = useNow(30_000);
  const [outcome, setOutcome] = useState<HistoryFilter>('all');
  const [chosen, setChosen] = useState<string | null>(null);
  const [typed, setTyped] = useState('');
  useEffect(() => send({ type: 'history.watch' }), []);
  const rows = useMemo(() => historyRows(history ?? []), [history]);
  const sessions = useMemo(() => sessionsOf(rows), [rows]);
  // One that the log tells of no more is no choice any more.
  const session = chosen !== null && sessions.includes(chosen) ? chosen : null;
  const shown = useMemo(
    () => filterRows(rows, { outcome, session, typed }, outcomeWords),
    [rows, outcome, session, typed],
  );
  if (history === null) return <p class="quiet late">{t('starting')}</p>;
  if (rows.length === 0) return <Empty />;
  return (
    <>
      {state.foreign && (
        <ForeignAdvice
          decision={state.foreign}
          now={now}
          onSeen={(id) => send({ type: 'foreign.seen', id })}
        />
      )}
      <div class="search">
        <SearchIcon />
        <input
          type="search"
          aria-label={t('historySearch')}
          placeholder={t('historySearch')}
          autocomplete="off"
          spellcheck={false}
          value={typed}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
      </div>
      <div class="filters">
        <fieldset class="choice" aria-label={t('historyFilter')}>
          {FILTERS.map(([id, label]) => (
            <label key={id} class="choice-item">
              <input
                type="radio"
                name="history-filter"
                checked={outcome === id}
                onChange={() => setOutcome(id)}
              />
              <span class="choice-word">{t(label)}</span>
            </label>
          ))}
        </fieldset>
        {sessions.length > 0 && (
          <select
            aria-label={t('askSession')}
            value={session ?? ''}
            onChange={(event) => setChosen(event.currentTarget.value || null)}
          >
            <option value="">{t('historyAllSessions')}</option>
            {sessions.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        )}
      </div>
      <p class="unseen" role="status">
        {t('historyCount', new Intl.NumberFormat(locale()).format(shown.length))}
      </p>
      {shown.length === 0 && <p class="quiet nothing">{t('historyNothing')}</p>}
      {byDay(shown, now).map(([day, entries]) => (
        <section key={day} class="day">
          <h2 class="day-name">{day}</h2>
          <ul class="rows">
            {entries.map((row) => (
              <Row key={row.id} row={row} />
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

function byDay(rows: readonly HistoryRow[], now: number): [string, HistoryRow[]][] {
  const days = new Map<string, HistoryRow[]>();
  for (const row of rows) {
    const day = dayName(row.at, now, locale());
    days.set(day, [...(days.get(day) ?? []), row]);
  }
  return [...days];
}

function Empty() {
  return (
    <section class="empty" aria-labelledby="history-empty">
      <span class="empty-picture">
        <ShieldIcon />
      </span>
      <h2 id="history-empty">{t('historyEmptyTitle')}</h2>
      <p>{t('historyEmptyBody')}</p>
    </section>
  );
}
