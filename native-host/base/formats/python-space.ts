/** Whether Python's `str.strip` and `\S` take the character for space; JavaScript's `\s` is another set. */
function isPythonSpace(code: number): boolean {
  if (code < 0x80) return code === 0x20 || (code >= 9 && code <= 13) || (code >= 0x1c && code <= 0x1f);
  return (
    code === 0x85 ||
    code === 0xa0 ||
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000
  );
}

/** The number of leading space characters; the whole length for a blank line. */
export function indentOf(text: string): number {
  let at = 0;
  while (at < text.length && isPythonSpace(text.charCodeAt(at))) at++;
  return at;
}

/** Python's `str.strip`. */
export function strip(text: string): string {
  let end = text.length;
  while (end > 0 && isPythonSpace(text.charCodeAt(end - 1))) end--;
  return text.slice(Math.min(indentOf(text), end), end);
}
