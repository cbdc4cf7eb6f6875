import type { Catalogue, CatalogueAccount } from '../../shared/catalogue/catalogue.ts';
import type { TokenDeps, TokenSubject } from '../aws/valid-token.ts';
import type { Paths } from '../files/paths.ts';
import { type CatalogueChanges, changesBetween } from './changes.ts';
import { listNow } from './list-now.ts';
import { staleCount } from './plan.ts';
import { readCatalogueOf } from './store.ts';
import { takeTurn } from './turn.ts';

export interface UpdateDeps extends TokenDeps {
  readonly paths: Pick<Paths, 'ssoCacheDir' | 'stateDir' | 'locksDir'>;
  /** Resolves after so many milliseconds; rejects with the signal's reason. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/**
 * Which roles are asked for; the list of accounts always is, and so are the roles of accounts that were never listed.
 * `due`: those older than 24 h, oldest first, at most max(10 % of a full listing, 40) calls in all. `stale`: all that are
 * older than 24 h. `all`: every one; an interrupted `all` goes on where it was.
 */
export type UpdateMode = 'due' | 'stale' | 'all';

export interface UpdateOptions {
  readonly mode: UpdateMode;
  /** Account ids that are wanted first, most wanted first. */
  readonly first?: readonly string[];
  /** Told every account whose roles have just been listed, also when another process lists them. */
  readonly onAccount?: (account: CatalogueAccount) => void;
  /** Told the whole list of accounts once it is complete, with the roles as far as they are known. */
  readonly onAccounts?: (accounts: readonly CatalogueAccount[]) => void;
  readonly onProgress?: (progress: UpdateProgress) => void;
}

export interface UpdateProgress {
  /** Accounts whose roles were listed, of those that are asked for. */
  readonly done: number;
  readonly total: number;
  /** Answers per second of late; `null` while nothing can be said. */
  readonly rate: number | null;
}

export interface CatalogueUpdate {
  readonly catalogue: Catalogue;
  readonly changes: CatalogueChanges;
  /** Accounts whose roles are older than 24 h still, because the mode did not ask for them. */
  readonly left: number;
  /** Calls to the portal, and how many of them it answered with 429. */
  readonly calls: number;
  readonly throttled: number;
}

/**
 * Brings a session's catalogue up to date and saves it. One process at a time: a second one waits, is told the same, and
 * has nothing left to ask. What was found is kept through any interruption. 429 is waited out, however long it takes.
 * Throws SIGN_IN_NEEDED, TOKEN_REJECTED, NETWORK, AWS_ERROR, FILE_WRITE, and the signal's reason.
 */
export async function updateCatalogue(
  deps: UpdateDeps,
  subject: TokenSubject,
  options: UpdateOptions,
): Promise<CatalogueUpdate> {
  const before = readCatalogueOf(deps.paths, subject);
  const turn = await takeTurn(deps, subject.key, (account) => options.onAccount?.(account));
  try {
    const { catalogue, calls, throttled } = await listNow(deps, subject, options, turn.afterListingOf);
    const left = staleCount(catalogue, deps.clock.local());
    return { catalogue, changes: changesBetween(before, catalogue), left, calls, throttled };
  } finally {
    turn.release();
  }
}
