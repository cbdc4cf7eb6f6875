import { loadSharedConfig } from '../../base/files/config-file.ts';
import type { Paths } from '../../base/files/paths.ts';
import { readToken } from '../../base/files/token-cache.ts';
import type { TokenFile } from '../../base/files/token-format.ts';
import type { SharedConfig } from '../../base/formats/profiles.ts';
import type { ServerClock } from '../calls/server-clock.ts';
import { fromLegacy } from './known-sessions.ts';
import { readNotes, type SessionNotes } from './session-notes.ts';
import { isDead, isRefreshable, type Times } from './token-plan.ts';
import { legacySubject, sessionSubject, type TokenSubject } from './token-subject.ts';

/** Before other tools would renew it themselves, at 15 minutes. */
const AHEAD_MS = 20 * 60_000;
const IN_USE_MS = 24 * 60 * 60_000;
/** Between two renewals of one session, whoever made them. */
export const RENEWAL_PAUSE_MS = 60_000;

/** A session that is in use, and when its token is to be renewed, in milliseconds since 1970 by the machine's clock. */
export interface DueSession {
  readonly subject: TokenSubject;
  readonly at: number;
}

/**
 * When a running host should renew a token: with 20 minutes left, or half of its life if that is less. Undefined when
 * that is not its business: not used in the last day, not to be renewed, or AWS has said no. Pure.
 */
export function dueAhead(file: TokenFile, notes: SessionNotes, times: Times): number | undefined {
  if (file.kind !== 'token') return undefined;
  const { token } = file;
  const { usedAt, lifeMs, refreshedAt, refreshFailedAt } = notes;
  if (usedAt === undefined || Math.abs(times.local - usedAt) > IN_USE_MS) return undefined;
  if (!isRefreshable(token, notes, times)) return undefined;
  const window = Math.min(AHEAD_MS, (lifeMs ?? Number.POSITIVE_INFINITY) / 2);
  const byLife = isDead(token, notes) ? times.local : token.expiresAt - window - (times.now - times.local);
  // A moment in the future is from before somebody set the clock.
  const pauses = [refreshedAt, refreshFailedAt].flatMap((at) =>
    at === undefined || at > times.local ? [] : [at + RENEWAL_PAUSE_MS],
  );
  return Math.max(byLife, ...pauses);
}

/** Every session of the config that is in use and can be renewed. Throws CONFIG_INVALID and FILE_READ. */
export function dueSessions(
  paths: Pick<Paths, 'configFile' | 'credentialsFile' | 'ssoCacheDir' | 'stateDir'>,
  clock: ServerClock,
): DueSession[] {
  const times = { now: clock.now(), local: clock.local() };
  return allSubjects(paths, loadSharedConfig(paths), times.local).flatMap((subject) => {
    const at = dueAhead(readToken(paths, subject.key), readNotes(paths, subject.key), times);
    return at === undefined ? [] : [{ subject, at }];
  });
}

/** Sessions, and portals that only profiles name; each token once. */
function allSubjects(paths: Pick<Paths, 'ssoCacheDir'>, config: SharedConfig, nowMs: number): TokenSubject[] {
  const subjects = new Map<string, TokenSubject>();
  for (const section of config.ssoSessions.values()) {
    const subject = sessionSubject(config, section);
    if (subject !== undefined) subjects.set(subject.key, subject);
  }
  const seen = new Set<string>();
  for (const section of config.profiles.values()) {
    const portal = fromLegacy(section);
    if (portal === undefined || seen.has(portal.startUrl)) continue;
    seen.add(portal.startUrl);
    const subject = legacySubject(paths, config, { ...portal, profile: section.name }, nowMs);
    subjects.set(subject.key, subject);
  }
  return [...subjects.values()];
}
