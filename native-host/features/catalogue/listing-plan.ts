import type { Catalogue, CatalogueAccount } from '../../../shared/catalogue/catalogue.ts';
import { PAGE_SIZE } from './portal-list.ts';
import type { UpdateMode } from './update-options.ts';

/** Roles that were listed longer ago are asked for again. */
const FRESH_MS = 24 * 3_600_000;
/** The least that a `due` update may ask, in calls. */
const LEAST_BUDGET = 40;

export interface PlanRequest {
  readonly mode: UpdateMode;
  /** In milliseconds since 1970. */
  readonly now: number;
  /** `all`: roles that were listed since then are not asked for again. */
  readonly since: number;
  /** Account ids, most wanted first. */
  readonly first: readonly string[];
}

/**
 * The accounts whose roles are to be asked for, in this order: never listed before stale ones, wanted before others,
 * longest ago first. Pure.
 */
export function planRoles(accounts: readonly CatalogueAccount[], request: PlanRequest): CatalogueAccount[] {
  const rank = new Map(request.first.map((accountId, at) => [accountId, at]));
  const rankOf = ({ accountId }: CatalogueAccount) => rank.get(accountId) ?? rank.size;
  const never = accounts.filter(({ rolesAsOf }) => rolesAsOf === null);
  const old = accounts.filter((account) => isOld(account, request));
  never.sort((one, other) => rankOf(one) - rankOf(other));
  if (request.mode !== 'due') {
    old.sort((one, other) => rankOf(one) - rankOf(other) || asOf(one) - asOf(other));
    return [...never, ...old];
  }
  old.sort((one, other) => asOf(one) - asOf(other));
  const pages = Math.max(1, Math.ceil(accounts.length / PAGE_SIZE));
  const budget = Math.max(Math.floor((pages + accounts.length) / 10), LEAST_BUDGET) - pages;
  return [...never, ...old.slice(0, Math.max(0, budget))];
}

/** How many accounts have roles that are older than they should be, or none. */
export function staleCount({ accounts }: Pick<Catalogue, 'accounts'>, now: number): number {
  return accounts.filter(({ rolesAsOf }) => rolesAsOf === null || now - rolesAsOf >= FRESH_MS).length;
}

function isOld({ rolesAsOf }: CatalogueAccount, { mode, now, since }: PlanRequest): boolean {
  if (rolesAsOf === null) return false;
  // A moment in the future is from a clock that was wrong.
  return mode === 'all' ? rolesAsOf < since : now - rolesAsOf >= FRESH_MS || rolesAsOf > now + FRESH_MS;
}

const asOf = ({ rolesAsOf }: CatalogueAccount): number => rolesAsOf ?? 0;
