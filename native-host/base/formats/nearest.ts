import { mistakes } from '../../../shared/mistakes.ts';
import { isPrintable } from '../../../shared/printable.ts';

/**
 * The known name that a mistyped one most likely means: the same letters in another case, else a name that it begins, else
 * the one with the fewest wrong letters (at most a third of them; two swapped neighbours are one mistake). None that nobody can
 * type: with a letter that does not show.
 */
export function nearest(typed: string, known: Iterable<string>): string | undefined {
  const lower = typed.toLowerCase();
  let best: string | undefined;
  let bestScore = Math.max(1, Math.floor(typed.length / 3)) + 1;
  for (const name of known) {
    const other = name.toLowerCase();
    if (!isPrintable(name)) continue;
    if (other === lower) return name;
    if (Math.abs(other.length - lower.length) >= bestScore && !other.startsWith(lower)) continue;
    const score = lower.length > 1 && other.startsWith(lower) ? 0.5 : mistakes(lower, other);
    if (score < bestScore) {
      best = name;
      bestScore = score;
    }
  }
  return best;
}
