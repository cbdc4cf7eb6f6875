/** Whether version `a` is newer than `b`, as semantic versions are: `1.0.0-rc.1` comes before `1.0.0`. What is no number counts as 0. */
export function isNewer(a: string, b: string): boolean {
  return compare(parse(a), parse(b)) > 0;
}

interface Version {
  readonly numbers: readonly number[];
  /** `['rc', '1']` of `1.0.0-rc.1`; empty for a release. */
  readonly pre: readonly string[];
}

function parse(version: string): Version {
  const [numbers = '', pre = ''] = version.split('+')[0]?.split(/-(.*)/) ?? [];
  const parts = numbers.split('.').map((part) => Number.parseInt(part, 10) || 0);
  return { numbers: [0, 1, 2].map((index) => parts[index] ?? 0), pre: pre === '' ? [] : pre.split('.') };
}

function compare(left: Version, right: Version): number {
  for (const [index, number] of left.numbers.entries()) {
    if (number !== right.numbers[index]) return number - (right.numbers[index] ?? 0);
  }
  if (left.pre.length === 0 || right.pre.length === 0) return right.pre.length - left.pre.length;
  for (const [index, one] of left.pre.entries()) {
    const other = right.pre[index];
    if (other === undefined) return 1;
    if (one === other) continue;
    const [a, b] = [one, other].map((part) => (/^\d+$/.test(part) ? Number(part) : Number.NaN));
    // A number comes before a word.
    if (Number.isNaN(a) && Number.isNaN(b)) return one < other ? -1 : 1;
    if (Number.isNaN(a) || Number.isNaN(b)) return Number.isNaN(a) ? 1 : -1;
    return Number(a) - Number(b);
  }
  return left.pre.length - right.pre.length;
}
