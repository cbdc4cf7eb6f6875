import type * as v from 'valibot';
import type { HOST } from '../../shared/protocol/native.ts';
import { loadSharedConfig } from '../files/config-file.ts';
import { withLock } from '../files/lock.ts';
import type { Paths } from '../files/paths.ts';
import { ensureSsoSession } from '../files/sso-session.ts';
import { tokenLockName } from '../files/token-cache.ts';
import { storeToken } from '../files/token-store.ts';
import { legacyStartUrls } from '../formats/profiles.ts';

type TokenStore = v.InferOutput<(typeof HOST)['methods']['token.store']['params']>;

/**
 * The end of a sign-in: token file, twins for profiles that name the portal themselves, and, when no terminal does it
 * in its own environment, the `[sso-session]`. Names and addresses were checked by the message's schema; the file's
 * name is derived from the session, never taken from a message.
 */
export async function storeSignIn(
  paths: Paths,
  request: TokenStore,
  now: number,
): Promise<{ cacheFile: string; expiresAt: string }> {
  const { target, client } = request;
  const expiresAt = now + request.expiresIn * 1000;
  const { file } = await withLock(paths, tokenLockName(target.session), () =>
    storeToken({
      paths,
      key: target.session,
      token: {
        startUrl: target.startUrl,
        region: target.region,
        accessToken: request.accessToken,
        expiresAt,
        clientId: client.clientId,
        clientSecret: client.clientSecret,
        registrationExpiresAt: client.expiresAt * 1000,
        refreshToken: request.refreshToken,
      },
      legacyUrls: legacyUrls(paths, target.startUrl),
      nowMs: now,
    }),
  );
  if (request.writeSection) {
    const { session: name, startUrl, region, scopes } = target;
    await ensureSsoSession(paths, { name, startUrl, region, scopes });
  }
  return { cacheFile: file, expiresAt: `${new Date(expiresAt).toISOString().slice(0, 19)}Z` };
}

/** A config that no SDK reads has no twins to serve; the token is stored all the same. */
function legacyUrls(paths: Paths, startUrl: string): string[] {
  try {
    return legacyStartUrls(loadSharedConfig(paths), startUrl);
  } catch {
    return [];
  }
}
