import * as v from 'valibot';
import { DEFAULT_PRODUCTION_PATTERN } from '../../shared/catalogue/production.ts';
import { KeptCatalogue, RolePreferences } from '../../shared/protocol/roles.ts';
import { slot, watchLocal } from './storage.ts';

/**
 * Accounts and roles as the host last told them, one entry per session, and what the person made of them. In
 * `storage.local`, so that the popup shows them before the background has woken: names, numbers and addresses of
 * accounts, no secret. Only the background writes the first, only the popup the second.
 */
export const keptCatalogues = slot('local', 'catalogues', v.array(KeptCatalogue), []);

export const NO_PREFERENCES: RolePreferences = {
  favourites: [],
  recents: [],
  accounts: {},
  productionPattern: DEFAULT_PRODUCTION_PATTERN,
};
export const rolePreferences = slot('local', 'roles', RolePreferences, NO_PREFERENCES);

/** Both, as they are now. */
export type StoredRoles = readonly [readonly KeptCatalogue[], RolePreferences];
/** Both, as they are in this moment. */
export const readRoles = (): Promise<StoredRoles> =>
  Promise.all([keptCatalogues.read(), rolePreferences.read()]);

let early: Promise<StoredRoles> | null = null;

/** Reads both before anybody looks at them; what changes until then counts. */
export function prefetchRoles(): void {
  if (early) return;
  early = readRoles();
  early.catch(() => {});
  const stop = watchRoles(() => {
    stop();
    early = null;
  });
}

/** Both for the first drawing, from the early look if there was one. After a change only `readRoles` tells. */
export const firstRoles = (): Promise<StoredRoles> => early ?? readRoles();

/** Calls when either of the two was written. Returns how to stop it. */
export const watchRoles = (changed: () => void): (() => void) => watchLocal(['catalogues', 'roles'], changed);
