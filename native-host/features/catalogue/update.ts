import type { Catalogue } from '../../../shared/catalogue/catalogue.ts';
import type { TokenSubject } from '../../aws/tokens/token-subject.ts';
import { type CatalogueChanges, changesBetween } from './changes.ts';
import { listNow } from './list-now.ts';
import { staleCount } from './listing-plan.ts';
import { readCatalogueOf } from './store.ts';
import { takeTurn } from './turn.ts';
import type { UpdateDeps, UpdateOptions } from './update-options.ts';

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
