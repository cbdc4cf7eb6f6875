import type { AccountColour } from '../../../shared/catalogue/colours.ts';
import { MOST_FAVOURITES, MOST_RECENTS, type RolePreferences } from '../../../shared/protocol/roles.ts';

/** Puts a star on a role, or takes it off. */
export function toggleFavourite(preferences: RolePreferences, key: string): RolePreferences {
  const { favourites } = preferences;
  const without = favourites.filter((one) => one !== key);
  return {
    ...preferences,
    favourites: without.length === favourites.length ? [...favourites, key].slice(-MOST_FAVOURITES) : without,
  };
}

/** A role was used just now. */
export function noteUse(preferences: RolePreferences, key: string): RolePreferences {
  const recents = [key, ...preferences.recents.filter((one) => one !== key)].slice(0, MOST_RECENTS);
  return { ...preferences, recents };
}

/** The person's own name and colour of an account; an empty name and no colour leave nothing behind. */
export function describeAccount(
  preferences: RolePreferences,
  accountId: string,
  { label, colour }: { label: string; colour: AccountColour },
): RolePreferences {
  const { [accountId]: _before, ...others } = preferences.accounts;
  const name = label.trim();
  const accounts =
    name === '' && colour === 'none' ? others : { ...others, [accountId]: { label: name, colour } };
  return { ...preferences, accounts };
}
