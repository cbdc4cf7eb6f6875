import type { SessionView, ViewState } from '../../../shared/protocol/internal.ts';
import type { ToolbarSign } from '../../platform/toolbar.ts';
import type { Translate } from '../../ui/i18n.ts';
import { STEP_VIEWS } from '../../ui/steps.ts';
import { duration } from '../../ui/times.ts';

const BAD = '#c62828';
const SOON = '#c77700';
const CALM = '#12897b';

/**
 * What the icon says, from the state alone, so that a background that was put to sleep says the same again. The most
 * urgent thing wins: a stranger's sign-in, the person's turn, a sign-in under way, a session that is about to end.
 * The dot is seen at a glance, the tooltip has the words.
 */
export function toolbarSign(state: ViewState, now: number, t: Translate, locale: string): ToolbarSign {
  const { foreign, sessions, pending, host } = state;
  if (foreign) return { dot: BAD, title: t('tipForeign') };
  const running = sessions.filter(({ attempt }) => attempt?.endedAt === null);
  const waits = running.find(({ attempt }) => attempt && STEP_VIEWS[attempt.step].person);
  if (waits) return { dot: SOON, title: t('tipNeedsYou', waits.target.session) };
  const asks = pending.find(({ phase, step }) => phase === 'asking' || STEP_VIEWS[step].person);
  if (asks) return { dot: SOON, title: t('tipNeedsYou', asks.asker.command) };
  const [first] = running;
  if (first) return { dot: CALM, title: t('tipRunning', first.target.session) };
  const [handed] = pending;
  if (handed) return { dot: CALM, title: t('tipRunning', handed.asker.command) };
  const [ending] = sessions.flatMap((view) => endingOf(view, now)).sort((a, b) => a.left - b.left);
  if (ending) return { dot: SOON, title: t('tipEnding', ending.session, duration(ending.left, locale)) };
  const names = signedIn(state).map(({ target }) => target.session);
  const rest = names.length === 0 ? t('tipNothing') : t('tipSignedIn', names.join(', '));
  const title = host.state === 'unavailable' ? t('tipNoHost') : rest;
  return { title, grey: names.length === 0 };
}

/** How long sessions that end soon and do not renew by themselves still have, in milliseconds. */
function endingOf({ target, status }: SessionView, now: number): { session: string; left: number }[] {
  if (status?.state !== 'expiring' || status.refreshableUntil !== null || status.expiresAt === null)
    return [];
  const left = Date.parse(status.expiresAt) - now;
  return left > 0 ? [{ session: target.session, left }] : [];
}

function signedIn({ sessions }: ViewState): SessionView[] {
  return sessions.filter(({ status }) =>
    ['valid', 'expiring', 'refreshable'].some((state) => state === status?.state),
  );
}
