import { DEFAULT_SCOPES, type Target } from '../../../shared/fields.ts';
import { told } from '../../../shared/login/progress.ts';
import type { AttemptView, SessionView } from '../../../shared/protocol/internal.ts';
import type { KnownSession } from '../../../shared/protocol/native.ts';
import { errorOf, isRunning, isSignIn, type Request, type SignIn } from '../../../shared/request/request.ts';
import { type SaidOfSession, SETTINGS_OF_SESSIONS, saidOfSession } from '../../../shared/session-settings.ts';

type Said = readonly SaidOfSession[];
/** By the session's name. */
export type Renewals = ReadonlyMap<string, NonNullable<SessionView['renewal']>>;

/**
 * The sessions as a view shows them: those that the host knows from the config, those that an administrator gives or that were added here
 * and are in no config yet, and a terminal's first sign-in to a session that no config has yet. Each name once.
 */
export function sessionViews(
  known: readonly KnownSession[],
  offered: { managed: readonly Target[]; extension: readonly Target[]; said: Said; given: Said },
  requests: readonly Request[],
  renewals: Renewals = new Map(),
  reports: ReadonlyMap<string, string> = new Map(),
): SessionView[] {
  const attempts = requests.filter(isSignIn);
  const views = known.map(({ who = null, ...status }): SessionView => {
    const { session, startUrl, region } = status;
    const target = { session, startUrl, region, scopes: DEFAULT_SCOPES };
    return {
      target,
      source: 'config',
      who,
      status,
      attempt: attemptView(attempts, target, reports),
      renewal: renewals.get(session) ?? null,
      ...settingsIn(offered, session),
    };
  });
  const more = (source: SessionView['source'], target: Target): void => {
    if (views.some((view) => view.target.session === target.session)) return;
    const attempt = attemptView(attempts, target, reports);
    const settings = settingsIn(offered, target.session);
    views.push({ target, source, who: null, status: null, attempt, renewal: null, ...settings });
  };
  for (const target of offered.managed) more('managed', target);
  for (const target of offered.extension) more('extension', target);
  for (const { subject } of attempts.filter(isRunning)) more('config', subject.target);
  return views;
}

/** An administrator's word goes before that of `config.ini`. */
function settingsIn(
  { said, given }: { said: Said; given: Said },
  session: string,
): Pick<SessionView, 'settings' | 'given'> {
  const over = saidOfSession(given, session);
  const locked = SETTINGS_OF_SESSIONS.filter((name) => over[name] !== undefined);
  return { settings: { ...saidOfSession(said, session), ...over }, given: locked };
}

function attemptView(
  attempts: readonly SignIn[],
  { session }: Target,
  reports: ReadonlyMap<string, string>,
): AttemptView | null {
  const attempt = attempts.findLast((it) => it.subject.target.session === session);
  if (!attempt) return null;
  const { startedAt, asker, step, endedAt, code } = attempt;
  const { userCode = null } = told(step, code?.userCode ?? null);
  const pageReport = reports.get(attempt.id) ?? null;
  return { startedAt, asker, step, userCode, pageReport, endedAt, error: errorOf(attempt) };
}
