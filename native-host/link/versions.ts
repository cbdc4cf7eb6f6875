/** Whether version `a` (`1.2.3`) is newer than `b`. Anything after the numbers is left out of it. */
export function isNewer(a: string, b: string): boolean {
  const numbers = (version: string) =>
    version
      .split(/[.-]/)
      .slice(0, 3)
      .map((part) => Number.parseInt(part, 10) || 0);
  const [left, right] = [numbers(a), numbers(b)];
  for (const [index, number] of left.entries()) {
    const other = right[index] ?? 0;
    if (number !== other) return number > other;
  }
  return false;
}
