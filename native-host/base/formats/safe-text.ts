import { toSafeName } from './names.ts';

/** AWS allows 50 characters for an account's name and 64 for a role's; what is longer is cut, and told apart otherwise. */
const LONGEST = 64;

/**
 * Any text as a part of a profile's name: accents are taken off (`Zürich` is `Zurich`), each run of what not every SDK reads is one `-`, none at
 * the ends. Empty when nothing is left, as of emoji alone.
 */
export function safePart(text: string): string {
  return toSafeName(bare(text)).slice(0, LONGEST).replace(/-+$/, '');
}

/** Lower-case letters, digits and single `-` between them. */
export function slug(text: string): string {
  return bare(text)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

/** Without accents, and without marks that have no width of their own: direction, joiners. */
function bare(text: string): string {
  return text.normalize('NFKD').replace(/[\p{M}\p{Cf}]/gu, '');
}
