import type { CatalogueAccount } from '../../../shared/catalogue/catalogue.ts';
import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import { acquireLock, type HeldLock } from '../../base/files/lock.ts';
import type { Paths } from '../../base/files/paths.ts';
import { sha1Hex } from '../../base/files/sha1.ts';
import { listingUnderWay } from './store.ts';

export interface TurnDeps {
  readonly paths: Pick<Paths, 'stateDir' | 'locksDir'>;
  readonly signal?: AbortSignal;
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** The right to list a session's accounts, which one process has at a time. */
export interface Turn {
  release(): void;
  /** When the listing of another process began that ended while this one waited; `null` when there was none. */
  readonly afterListingOf: number | null;
}

const WATCH_MS = 200;

/**
 * Waits until no other process lists the session, and meanwhile tells what the other one finds. An owner that died is
 * replaced at once. Rejects with the signal's reason.
 */
export async function takeTurn(
  deps: TurnDeps,
  session: string,
  heard: (account: CatalogueAccount) => void,
): Promise<Turn> {
  const told = new Map<string, number>();
  let since: number | null = null;
  for (;;) {
    deps.signal?.throwIfAborted();
    const lock = await tryLock(deps, `catalogue-${sha1Hex(session)}`);
    if (lock !== null) return { release: () => lock.release(), afterListingOf: since };
    const under = listingUnderWay(deps.paths, session);
    if (under !== null) {
      since ??= under.since;
      for (const account of under.catalogue.accounts) {
        const { accountId, rolesAsOf } = account;
        if (rolesAsOf === null || rolesAsOf < under.since || told.get(accountId) === rolesAsOf) continue;
        told.set(accountId, rolesAsOf);
        heard(account);
      }
    }
    await deps.sleep(WATCH_MS, deps.signal);
  }
}

async function tryLock({ paths, signal }: TurnDeps, name: string): Promise<HeldLock | null> {
  try {
    return await acquireLock(paths, name, { timeoutMs: 0, purpose: 'share', ...(signal && { signal }) });
  } catch (thrown) {
    if (thrown instanceof AwsherError && thrown.code === 'LOCK_TIMEOUT') return null;
    throw thrown;
  }
}
