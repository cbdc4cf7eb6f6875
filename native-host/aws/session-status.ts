import type { SessionStatus } from '../../shared/protocol/fields.ts';
import { loadSharedConfig } from '../files/config-file.ts';
import type { Paths } from '../files/paths.ts';
import { readToken, tokenFilePath } from '../files/token-cache.ts';
import { formatTimestamp } from '../files/token-dates.ts';
import { type ConfigSection, textValue } from '../formats/profiles.ts';
import { readNotes } from './session-notes.ts';
import { isDead, isRefreshable, isUsable, REFRESH_WINDOW_MS } from './token-plan.ts';

type StatusPaths = Pick<Paths, 'configFile' | 'credentialsFile' | 'ssoCacheDir' | 'stateDir'>;

/**
 * Every sso-session of the config with the state of its token, as files and clock tell it; no network, no SDK.
 * Throws CONFIG_INVALID for a config that SDKs reject.
 */
export function sessionStatuses(paths: StatusPaths, now: number): SessionStatus[] {
  const { ssoSessions } = loadSharedConfig(paths);
  return [...ssoSessions.values()].map((section) => sessionStatus(paths, section, now));
}

/** The state of one session. */
export function sessionStatus(paths: StatusPaths, section: ConfigSection, now: number): SessionStatus {
  return portalStatus(
    paths,
    {
      session: section.name,
      startUrl: textValue(section, 'sso_start_url') ?? '',
      region: textValue(section, 'sso_region') ?? '',
    },
    now,
  );
}

/** The same for what need not be a section: `session` is what the token file is named after. */
export function portalStatus(
  paths: Pick<Paths, 'ssoCacheDir' | 'stateDir'>,
  { session, startUrl, region }: Pick<SessionStatus, 'session' | 'startUrl' | 'region'>,
  now: number,
): SessionStatus {
  const cacheFile = tokenFilePath(paths, session);
  const base = { session, startUrl, region };
  const file = readToken(paths, session);
  if (file.kind !== 'token') {
    return { ...base, state: file.kind, expiresAt: null, refreshableUntil: null, cacheFile };
  }
  const { token } = file;
  const notes = readNotes(paths, session);
  const times = { now, local: now };
  const refreshable = isRefreshable(token, notes, times);
  const usable = isUsable(token, times) && !isDead(token, notes);
  const state = usable
    ? token.expiresAt - now < REFRESH_WINDOW_MS
      ? 'expiring'
      : 'valid'
    : refreshable
      ? 'refreshable'
      : 'expired';
  return {
    ...base,
    state,
    expiresAt: formatTimestamp(token.expiresAt),
    // The end of the portal session cannot be known; the registration's end is an upper bound.
    refreshableUntil:
      refreshable && token.registrationExpiresAt !== undefined
        ? formatTimestamp(token.registrationExpiresAt)
        : null,
    cacheFile,
  };
}
