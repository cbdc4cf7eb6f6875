/**
 * The known name that a mistyped one most likely means: the same letters in another case, else a name that it begins, else
 * the one with the fewest wrong letters (at most a third of them; two swapped neighbours are one mistake).
 */
export function nearest(typed: string, known: Iterable<string>): string | undefined {
  const lower = typed.toLowerCase();
  let best: string | undefined;
  let bestScore = Math.max(1, Math.floor(typed.length / 3)) + 1;
  for (const name of known) {
    const other = name.toLowerCase();
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

/** Optimal string alignment: letters more, less, other, or two neighbours swapped. */
function mistakes(one: string, other: string): number {
  const rows: number[][] = [Array.from({ length: other.length + 1 }, (_, column) => column)];
  const at = (row: number, column: number): number => rows[row]?.[column] ?? 0;
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    rows.push(row);
    for (let j = 1; j <= other.length; j++) {
      const changed = at(i - 1, j - 1) + (one[i - 1] === other[j - 1] ? 0 : 1);
      let least = Math.min(changed, at(i - 1, j) + 1, (row[j - 1] ?? 0) + 1);
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
        least = Math.min(least, at(i - 2, j - 2) + 1);
      }
      row.push(least);
    }
  }
  return at(one.length, other.length);
}
