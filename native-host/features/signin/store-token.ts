import type { Target } from '../../../shared/fields.ts';
import type { IssuedToken, Registration } from '../../../shared/oidc/client.ts';
import { openServerClock } from '../../aws/calls/server-clock.ts';
import { addNotes } from '../../aws/tokens/session-notes.ts';
import { loadSharedConfig } from '../../base/files/config-file.ts';
import { withLock } from '../../base/files/lock.ts';
import type { Paths } from '../../base/files/paths.ts';
import { tokenLockName } from '../../base/files/token-cache.ts';
import { storeToken } from '../../base/files/token-store.ts';
import { legacyStartUrls } from '../../base/formats/profiles.ts';
import { formatTimestamp } from '../../base/formats/token-dates.ts';

export interface NewToken {
  target: Target;
  /** The client that got the token: it is the one that may renew it. */
  client: Registration;
  token: IssuedToken;
}

export interface StoredToken {
  cacheFile: string;
  /** ISO 8601, UTC, whole seconds. */
  expiresAt: string;
  /** Corrupt files that stood in the way and were moved aside. */
  setAside: readonly string[];
}

/**
 * The end of every sign-in, whoever did it: the token file and its twins for profiles that name the portal themselves.
 * The file's name comes from the session alone. The token is dated by AWS's clock, not by this machine's.
 */
export async function storeSignIn(paths: Paths, fresh: NewToken, now: () => number): Promise<StoredToken> {
  const { target, client, token } = fresh;
  const expiresAt = openServerClock(paths, now).now() + token.livesMs;
  const { file, setAside } = await withLock(paths, tokenLockName(target.session), () =>
    storeToken({
      paths,
      key: target.session,
      token: {
        startUrl: target.startUrl,
        region: target.region,
        accessToken: token.accessToken,
        expiresAt,
        clientId: client.clientId,
        clientSecret: client.clientSecret,
        registrationExpiresAt: client.expiresAt,
        refreshToken: token.refreshToken,
      },
      legacyUrls: legacyUrls(paths, target.startUrl),
      nowMs: now(),
    }),
  );
  addNotes(paths, target.session, {
    refreshedAt: now(),
    usedAt: now(),
    lifeMs: token.livesMs,
  });
  return { cacheFile: file, expiresAt: formatTimestamp(expiresAt), setAside };
}

/** A config that no SDK reads has no twins to serve; the token is stored all the same. */
function legacyUrls(paths: Paths, startUrl: string): string[] {
  try {
    return legacyStartUrls(loadSharedConfig(paths), startUrl);
  } catch {
    return [];
  }
}
