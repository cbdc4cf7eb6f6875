import type { CatalogueAccount } from '../../../shared/catalogue/catalogue.ts';
import type { TokenDeps } from '../../aws/tokens/token-deps.ts';
import type { Paths } from '../../base/files/paths.ts';

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
