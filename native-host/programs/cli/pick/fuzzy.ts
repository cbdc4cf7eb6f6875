import { searchable } from '../../../../shared/catalogue/searchable.ts';

/** Something that can be picked. `label` is what it is called, `detail` what is shown beside it; both are searched. */
export interface Entry<T> {
  readonly value: T;
  readonly label: string;
  readonly detail: string;
  /** How much it is wanted before anything is typed: higher comes first. */
  readonly weight: number;
}

interface Prepared<T> {
  readonly entry: Entry<T>;
  readonly text: string;
}

/** Entries made ready for many searches. */
export function prepare<T>(entries: readonly Entry<T>[]): Prepared<T>[] {
  return entries.map((entry) => ({ entry, text: searchable(`${entry.label}  ${entry.detail}`) }));
}

/**
 * The entries in which every word of the query is found, best first. A word is found as it is, best at the beginning of a
 * word, or letter by letter in this order (`pdadm` finds `payments-dev.AdministratorAccess`). What was used often and
 * lately comes before what fits equally well. Pure.
 */
export function fuzzySearch<T>(prepared: readonly Prepared<T>[], query: string): Entry<T>[] {
  const words = searchable(query).split(/\s+/).filter(Boolean);
  const found: { entry: Entry<T>; score: number; at: number }[] = [];
  prepared.forEach(({ entry, text }, at) => {
    let score = Math.min(entry.weight, 40);
    for (const word of words) {
      const fit = wordScore(word, text, entry.label.length);
      if (fit === 0) return;
      score += fit;
    }
    // Of two that fit, the shorter name is nearer to what was typed.
    if (words.length > 0) score -= Math.min(8, entry.label.length / 10);
    found.push({ entry, score, at });
  });
  found.sort((one, other) => other.score - one.score || one.at - other.at);
  return found.map(({ entry }) => entry);
}

/** How well a word fits a text of which the first `label` characters weigh more; 0 when it does not. */
function wordScore(word: string, text: string, label: number): number {
  const at = bestPlace(word, text);
  if (at >= 0) return 100 + (isWordStart(text, at) ? 40 : 0) + (at < label ? 20 : 0) + (at === 0 ? 20 : 0);
  return lettersScore(word, text);
}

function bestPlace(word: string, text: string): number {
  const first = text.indexOf(word);
  for (let at = first; at >= 0; at = text.indexOf(word, at + 1)) if (isWordStart(text, at)) return at;
  return first;
}

/** Letter by letter: letters at the beginning of words and letters that follow each other count more. */
function lettersScore(word: string, text: string): number {
  let [score, from, before] = [0, 0, -2];
  for (const letter of word) {
    const at = text.indexOf(letter, from);
    if (at < 0) return 0;
    score += at === before + 1 ? 6 : isWordStart(text, at) ? 5 : 1;
    [from, before] = [at + letter.length, at];
  }
  // Letters strewn over the whole text are no match that anyone meant.
  return score >= word.length * 2.5 ? Math.min(score, 90) : 0;
}

function isWordStart(text: string, at: number): boolean {
  return at === 0 || !/[a-z0-9]/.test(text[at - 1] ?? '');
}
