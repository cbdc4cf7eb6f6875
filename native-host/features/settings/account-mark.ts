import type { COLOURS } from '../../../shared/catalogue/colours.ts';
import { matchesAny } from '../../base/formats/glob.ts';
import type { Settings } from './settings.ts';

/** How an account is shown. Texts are checked: one line, nothing invisible. */
export interface AccountMark {
  readonly label: string | null;
  readonly color: (typeof COLOURS)[number] | null;
  /** To be shown so that nobody takes it for another. */
  readonly production: boolean;
}

/** The mark of an account: of label and colour the first pattern that has one, by name or number. */
export function accountMark(
  settings: Settings,
  account: { readonly accountId: string; readonly accountName: string },
): AccountMark {
  const texts = [account.accountName, account.accountId];
  const marks = Object.entries(settings.accounts ?? {}).filter(([pattern]) =>
    matchesAny([pattern], ...texts),
  );
  const first = <T>(pick: (mark: (typeof marks)[number][1]) => T | undefined): T | null =>
    marks.map(([, mark]) => pick(mark)).find((found) => found !== undefined) ?? null;
  return {
    label: first(({ label }) => label),
    color: first(({ color }) => color),
    production: matchesAny(settings.production?.accounts ?? [], ...texts),
  };
}
