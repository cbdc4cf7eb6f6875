/** What awsher needs of `/proc/PID/stat` (proc(5)). */
export interface ProcStat {
  name: string;
  /** One letter; `Z` and `X` are of a process that has ended, and that its parent has not collected. */
  state: string;
  parent: number;
  /** Clock ticks from the boot to the start; NaN where the text ends before it, as `parent`. */
  start: number;
}

/** `undefined` where the text is no such file's. */
export function parseProcStat(text: string): ProcStat | undefined {
  // The name in parentheses may hold anything, parentheses too: the last one ends it.
  const end = text.lastIndexOf(')');
  if (end < 0) return undefined;
  const fields = text.slice(end + 2).split(' ');
  return {
    name: text.slice(text.indexOf('(') + 1, end),
    state: fields[0] ?? '',
    parent: Number(fields[1]),
    start: Number(fields[19]),
  };
}
