/** How many mistakes lie between two words: letters more, less, other, or two neighbours swapped (optimal string alignment). */
export function mistakes(one: string, other: string): number {
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      const changed = (last[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      const swapped = one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1] ? before[j - 2] : undefined;
      const least = Math.min(changed, (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1);
      row.push(swapped === undefined ? least : Math.min(least, swapped + 1));
    }
    before = last;
    last = row;
  }
  return last[other.length] ?? 0;
}
