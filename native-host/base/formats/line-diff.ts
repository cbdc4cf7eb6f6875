/** A run of lines that differs: `[oldStart, oldEnd)` became `[newStart, newEnd)`, indexes from 0. */
export interface Change {
  readonly oldStart: number;
  readonly oldEnd: number;
  readonly newStart: number;
  readonly newEnd: number;
}

/**
 * The differing runs of two lists of lines, by patience: lines that occur once on each side hold the rest in place.
 * Near-linear, so that a config with ten thousand profiles shows its diff at once.
 */
export function diffLines(oldLines: readonly string[], newLines: readonly string[]): Change[] {
  const changes: Change[] = [];
  const work: Change[] = [{ oldStart: 0, oldEnd: oldLines.length, newStart: 0, newEnd: newLines.length }];
  for (let range = work.pop(); range !== undefined; range = work.pop()) {
    const part = trimmed(oldLines, newLines, range);
    if (part.oldStart === part.oldEnd && part.newStart === part.newEnd) continue;
    const anchors = anchorsIn(oldLines, newLines, part);
    if (anchors.length === 0) {
      changes.push(part);
      continue;
    }
    let { oldStart, newStart } = part;
    for (const [oldAt, newAt] of anchors) {
      work.push({ oldStart, oldEnd: oldAt, newStart, newEnd: newAt });
      oldStart = oldAt + 1;
      newStart = newAt + 1;
    }
    work.push({ oldStart, oldEnd: part.oldEnd, newStart, newEnd: part.newEnd });
  }
  changes.sort((one, other) => one.oldStart - other.oldStart || one.newStart - other.newStart);
  return changes.map((change, at) => slidDown(oldLines, newLines, change, changes[at + 1]));
}

/**
 * The same addition or removal as far down as it can stand: a section that was added among its like then shows as itself,
 * not as the end of the one before it and the most of its own.
 */
function slidDown(
  oldLines: readonly string[],
  newLines: readonly string[],
  change: Change,
  next: Change | undefined,
): Change {
  let { oldStart, oldEnd, newStart, newEnd } = change;
  if (oldStart !== oldEnd && newStart !== newEnd) return change;
  const end = Math.min(next?.oldStart ?? oldLines.length, oldLines.length);
  while (
    oldEnd < end &&
    oldLines[oldEnd] === (oldStart === oldEnd ? newLines[newStart] : oldLines[oldStart])
  ) {
    oldStart++;
    oldEnd++;
    newStart++;
    newEnd++;
  }
  return { oldStart, oldEnd, newStart, newEnd };
}

function trimmed(oldLines: readonly string[], newLines: readonly string[], range: Change): Change {
  let { oldStart, oldEnd, newStart, newEnd } = range;
  while (oldStart < oldEnd && newStart < newEnd && oldLines[oldStart] === newLines[newStart]) {
    oldStart++;
    newStart++;
  }
  while (oldStart < oldEnd && newStart < newEnd && oldLines[oldEnd - 1] === newLines[newEnd - 1]) {
    oldEnd--;
    newEnd--;
  }
  return { oldStart, oldEnd, newStart, newEnd };
}

/** Pairs of indexes of lines unique on both sides, in the longest order that both sides share. */
function anchorsIn(
  oldLines: readonly string[],
  newLines: readonly string[],
  { oldStart, oldEnd, newStart, newEnd }: Change,
): [oldAt: number, newAt: number][] {
  const inNew = uniqueLines(newLines, newStart, newEnd);
  const pairs: [number, number][] = [];
  for (const [line, oldAt] of uniqueLines(oldLines, oldStart, oldEnd)) {
    const newAt = inNew.get(line);
    if (newAt !== undefined) pairs.push([oldAt, newAt]);
  }
  return longestIncreasing(pairs);
}

function uniqueLines(lines: readonly string[], start: number, end: number): Map<string, number> {
  const found = new Map<string, number>();
  const repeated = new Set<string>();
  for (let at = start; at < end; at++) {
    const line = lines[at] ?? '';
    if (found.has(line)) repeated.add(line);
    else found.set(line, at);
  }
  for (const line of repeated) found.delete(line);
  return found;
}

function longestIncreasing(pairs: readonly [number, number][]): [number, number][] {
  const tops: number[] = [];
  const previous: number[] = [];
  for (const [at, [, value]] of pairs.entries()) {
    let low = 0;
    for (let high = tops.length; low < high; ) {
      const middle = (low + high) >> 1;
      if ((pairs[tops[middle] ?? 0]?.[1] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    previous[at] = low === 0 ? -1 : (tops[low - 1] ?? -1);
    tops[low] = at;
  }
  const chain: [number, number][] = [];
  for (let at = tops.at(-1) ?? -1; at >= 0; at = previous[at] ?? -1) {
    const pair = pairs[at];
    if (pair !== undefined) chain.push(pair);
  }
  return chain.reverse();
}
