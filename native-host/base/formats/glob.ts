/**
 * Whether a text matches one of the patterns: `*` is any run of characters, `?` is one, case does not count. No pattern
 * matches nothing. Takes time in proportion to pattern times text, whatever they are: names come from AWS.
 */
export function matchesAny(patterns: readonly string[], ...texts: readonly string[]): boolean {
  return patterns.some((pattern) => texts.some((text) => matchesGlob(pattern, text)));
}

/** One pattern of `matchesAny`. */
export function matchesGlob(pattern: string, text: string): boolean {
  const wanted = [...pattern.toLowerCase()];
  const given = [...text.toLowerCase()];
  let at = 0;
  let star = -1;
  let resume = 0;
  for (let next = 0; next < given.length; ) {
    if (wanted[at] === '*') {
      star = at++;
      resume = next;
    } else if (at < wanted.length && (wanted[at] === '?' || wanted[at] === given[next])) {
      at++;
      next++;
    } else if (star === -1) {
      return false;
    } else {
      // The last star takes one character more; earlier ones need not be tried again.
      at = star + 1;
      next = ++resume;
    }
  }
  while (wanted[at] === '*') at++;
  return at === wanted.length;
}
