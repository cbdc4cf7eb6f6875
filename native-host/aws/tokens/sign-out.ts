import { unlinkSync } from 'node:fs';
import { toError } from '../../../shared/aws/fault-words.ts';
import { faultOf } from '../../../shared/aws/faults.ts';
import { LIMITS } from '../../../shared/transport/policy.ts';
import { forgetCatalogue } from '../../base/files/catalogue-files.ts';
import { errnoOf, writeError } from '../../base/files/file-errors.ts';
import { withLock } from '../../base/files/lock.ts';
import type { Paths } from '../../base/files/paths.ts';
import { readToken, tokenLockName } from '../../base/files/token-cache.ts';
import { removeStoredToken } from '../../base/files/token-store.ts';
import { legacyStartUrls, type SharedConfig } from '../../base/formats/profiles.ts';
import { startDeadline } from '../../base/platform/timers.ts';
import type { AwsClients } from '../calls/clients.ts';
import { readRoleEntry, roleCacheFile } from '../roles/role-cache.ts';
import { belongsTo, profileRoles } from '../roles/session-roles.ts';
import type { ChosenSession } from './known-sessions.ts';
import { forgetNotes } from './session-notes.ts';
import { placeOf } from './session-place.ts';
import { dropStranded } from './stranded-token.ts';

export interface SignOutDeps {
  readonly paths: Pick<Paths, 'ssoCacheDir' | 'cliCacheDir' | 'locksDir' | 'stateDir'>;
  readonly clients: AwsClients;
  readonly signal?: AbortSignal;
  readonly warn: (line: string) => void;
}

/** Which sign-in ends: its name, or the start URL of a portal that only profiles name. */
export type SignedInSession = Pick<ChosenSession, 'session' | 'startUrl' | 'region'>;

/**
 * Ends a sign-in of the config: tells the portal (best effort: without a network the files go all the same), removes our token
 * file and its twins, what awsher noted about it and listed with it, and the role credentials of its profiles from the shared
 * cache. Returns the removed paths of AWS's own folders; none when there was no sign-in.
 */
export async function signOutSession(
  deps: SignOutDeps,
  config: SharedConfig,
  one: SignedInSession,
): Promise<string[]> {
  const { paths, signal } = deps;
  const { session, startUrl } = one;
  const removed = await withLock(
    paths,
    tokenLockName(session),
    async () => {
      await tellPortal(deps, one);
      const gone = removeStoredToken(paths, session, legacyStartUrls(config, startUrl));
      forgetNotes(paths, session);
      dropStranded(paths, session);
      forgetCatalogue(paths, session);
      return gone;
    },
    signal === undefined ? {} : { signal },
  );
  const roles = profileRoles(config).filter((role) => belongsTo(role, { name: session, startUrl }));
  return [...removed, ...removeSsoEntries(paths, new Set(roles.map(({ cacheKey }) => cacheKey)))];
}

/** Removes entries of the shared role cache, but only those of Identity Center. Returns the removed paths. */
export function removeSsoEntries(paths: Pick<Paths, 'cliCacheDir'>, keys: Iterable<string>): string[] {
  return [...keys].flatMap((key) => {
    if (readRoleEntry(paths, key)?.providerType !== 'sso') return [];
    const file = roleCacheFile(paths, key);
    try {
      unlinkSync(file);
      return [file];
    } catch (thrown) {
      if (errnoOf(thrown) === 'ENOENT') return [];
      throw writeError(file, paths.cliCacheDir, thrown);
    }
  });
}

async function tellPortal(
  { paths, clients, signal, warn }: SignOutDeps,
  { session, region: own }: SignedInSession,
): Promise<void> {
  const file = readToken(paths, session);
  if (file.kind !== 'token') return;
  const region = file.token.region ?? own;
  const { signal: late, stop } = startDeadline(LIMITS.farewellMs);
  try {
    const portal = await clients.portal(
      placeOf(paths, { key: session, startUrl: file.token.startUrl ?? session, region }),
    );
    const abortSignal = signal === undefined ? late : AbortSignal.any([signal, late]);
    await portal.logout({ accessToken: file.token.accessToken.expose() }, { abortSignal });
  } catch (thrown) {
    signal?.throwIfAborted();
    const fault = late.aborted ? ({ kind: 'network', reason: 'timeout' } as const) : faultOf(thrown);
    // The portal does not know the token any more, which is what was wanted.
    if (fault.kind === 'unauthorized' || fault.kind === 'not-found') return;
    warn(
      `${toError(fault, `The portal in ${region}`).message} You stay signed in there until the session expires.`,
    );
  } finally {
    stop();
  }
}
