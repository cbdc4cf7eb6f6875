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
import { startDeadline } from '../../base/platform/timers.ts';
import type { AwsClients } from '../calls/clients.ts';
import { readRoleEntry, roleCacheFile } from '../roles/role-cache.ts';
import { forgetNotes } from './session-notes.ts';
import { placeOf } from './session-place.ts';
import { dropStranded } from './stranded-token.ts';

export interface SignOutDeps {
  readonly paths: Pick<Paths, 'ssoCacheDir' | 'cliCacheDir' | 'locksDir' | 'stateDir'>;
  readonly clients: AwsClients;
  readonly signal?: AbortSignal;
  readonly warn: (line: string) => void;
}

export interface SignOutRequest {
  /** What the token file is named after. */
  readonly key: string;
  readonly region: string;
  readonly legacyUrls: readonly string[];
  /** Entries of `~/.aws/cli/cache` that belong to it. */
  readonly cacheKeys: readonly string[];
}

/**
 * Ends one sign-in: tells the portal (best effort: without a network the files go all the same), removes our token file and
 * its twins, what awsher noted about it and listed with it, and the role credentials of its profiles from the shared cache. Returns the
 * removed paths of AWS's own folders.
 */
export async function signOut(deps: SignOutDeps, request: SignOutRequest): Promise<string[]> {
  const { paths, signal } = deps;
  const removed = await withLock(
    paths,
    tokenLockName(request.key),
    async () => {
      await tellPortal(deps, request);
      const gone = removeStoredToken(paths, request.key, request.legacyUrls);
      forgetNotes(paths, request.key);
      dropStranded(paths, request.key);
      forgetCatalogue(paths, request.key);
      return gone;
    },
    signal === undefined ? {} : { signal },
  );
  return [...removed, ...removeSsoEntries(paths, request.cacheKeys)];
}

/** Removes entries of the shared role cache, but only those of Identity Center. Returns the removed paths. */
export function removeSsoEntries(paths: Pick<Paths, 'cliCacheDir'>, keys: readonly string[]): string[] {
  return keys.flatMap((key) => {
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
  request: SignOutRequest,
): Promise<void> {
  const file = readToken(paths, request.key);
  if (file.kind !== 'token') return;
  const region = file.token.region ?? request.region;
  const { signal: late, stop } = startDeadline(LIMITS.farewellMs);
  try {
    const portal = await clients.portal(
      placeOf(paths, { key: request.key, startUrl: file.token.startUrl ?? request.key, region }),
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
