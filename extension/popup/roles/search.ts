import { searchable } from '../../../shared/catalogue/searchable.ts';
import type { AccountEntry, RoleEntry, RoleIndex } from './role-index.ts';

/** An account with those of its roles that fit, best first. */
export interface Found {
  readonly account: AccountEntry;
  readonly roles: readonly RoleEntry[];
}

/** Points for where in a text a word stands; a letters-in-order match is the least. */
const WHOLE = 120;
const START = 100;
const WORD = 80;
const INSIDE = 60;
const SIDE = 40;
const SCATTERED = 20;
const FAVOURITE = 15;
const RECENT = 8;

/**
 * What fits a typed text: each of its words must be somewhere in the account's names, number, address, session or in the
 * role. Accounts come best first, and as AWS lists them among equals. An empty text fits everything.
 */
export function searchRoles(
  index: RoleIndex,
  typed: string,
  liked: { favourites: ReadonlySet<string>; recents: ReadonlySet<string> },
): Found[] {
  const words = searchWords(typed);
  if (words.length === 0) return index.accounts.map((account) => ({ account, roles: account.roles }));
  const ofRole = roleScorer(words);
  const found: { account: AccountEntry; roles: RoleEntry[]; best: number; at: number }[] = [];
  for (const [at, account] of index.accounts.entries()) {
    const ofAccount = words.map((word) => accountScore(account, word));
    const scored: { role: RoleEntry; score: number }[] = [];
    for (const role of account.roles) {
      const score = together(ofAccount, ofRole(role.lower));
      if (score === 0) continue;
      const extra = liked.favourites.has(role.key) ? FAVOURITE : liked.recents.has(role.key) ? RECENT : 0;
      scored.push({ role, score: score + extra });
    }
    if (scored.length === 0) {
      if (account.roles.length > 0 || ofAccount.includes(0)) continue;
      found.push({ account, roles: [], best: 1, at });
      continue;
    }
    scored.sort((a, b) => b.score - a.score);
    found.push({ account, roles: scored.map(({ role }) => role), best: scored[0]?.score ?? 0, at });
  }
  return found.sort((a, b) => b.best - a.best || a.at - b.at);
}

/** The words of a typed text. */
export function searchWords(typed: string): string[] {
  return searchable(typed).split(/\s+/).filter(Boolean);
}

/** Role names repeat from account to account, so each is looked at once per search. */
function roleScorer(words: readonly string[]): (lower: string) => readonly number[] {
  const known = new Map<string, readonly number[]>();
  return (lower) => {
    const before = known.get(lower);
    if (before !== undefined) return before;
    const scores = words.map((word) => textScore(lower, word));
    known.set(lower, scores);
    return scores;
  };
}

/** 0 when a word is nowhere. */
function together(ofAccount: readonly number[], ofRole: readonly number[]): number {
  let sum = 0;
  for (let at = 0; at < ofAccount.length; at++) {
    const score = Math.max(ofAccount[at] ?? 0, ofRole[at] ?? 0);
    if (score === 0) return 0;
    sum += score;
  }
  return sum;
}

function accountScore({ lower, accountId }: AccountEntry, word: string): number {
  let best = 0;
  for (const name of lower.names) best = Math.max(best, textScore(name, word));
  if (best >= INSIDE) return best;
  if (/^\d+$/.test(word) && accountId.includes(word)) return accountId.startsWith(word) ? START : INSIDE;
  if (lower.email.includes(word) || lower.session.includes(word)) return SIDE;
  return best;
}

/** How well a word fits a text, 0 when not at all. Both in folded form. */
function textScore(text: string, word: string): number {
  const at = text.indexOf(word);
  if (at === 0) return text.length === word.length ? WHOLE : START;
  if (at > 0) {
    for (let next = at; next >= 0; next = text.indexOf(word, next + 1)) {
      if (!/[\p{L}\p{N}]/u.test(text.charAt(next - 1))) return WORD;
    }
    return INSIDE;
  }
  return scattered(text, word) ? SCATTERED : 0;
}

/**
 * Whether the letters of a word stand in a text in order, its first one at the start of a part, and not too far apart:
 * `pypr` in `payments-prod`.
 */
function scattered(text: string, word: string): boolean {
  if (word.length < 2) return false;
  const first = word.charAt(0);
  for (let start = text.indexOf(first); start >= 0; start = text.indexOf(first, start + 1)) {
    if (start > 0 && /[\p{L}\p{N}]/u.test(text.charAt(start - 1))) continue;
    let at = start;
    let fits = true;
    for (let letter = 1; letter < word.length && fits; letter++) {
      const next = text.indexOf(word.charAt(letter), at + 1);
      fits = next > 0 && next - at <= LONGEST_GAP;
      at = next;
    }
    if (fits) return true;
  }
  return false;
}
const LONGEST_GAP = 12;

/** A text in pieces, those that a word fits marked. */
export function highlight(text: string, words: readonly string[]): { text: string; hit: boolean }[] {
  const lower = searchable(text);
  // Where folding changes the length, places in one are not places in the other.
  if (words.length === 0 || lower.length !== text.length) return [{ text, hit: false }];
  const hits = new Uint8Array(text.length);
  for (const word of words) {
    const at = lower.indexOf(word);
    if (at >= 0) hits.fill(1, at, at + word.length);
  }
  const pieces: { text: string; hit: boolean }[] = [];
  for (let from = 0; from < text.length; ) {
    let to = from + 1;
    while (to < text.length && hits[to] === hits[from]) to++;
    pieces.push({ text: text.slice(from, to), hit: hits[from] === 1 });
    from = to;
  }
  return pieces;
}
