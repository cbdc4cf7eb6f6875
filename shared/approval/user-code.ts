/** RFC 8628 user codes as AWS makes them: `ABCD-EFGH`. */
export const USER_CODE = /^[A-Z0-9]{4}-[A-Z0-9]{4}$/;

export function isUserCode(text: string): boolean {
  return USER_CODE.test(text);
}

/** Every word-bounded code in a text, without repeats, in order. At most `limit`, so that a hostile page costs nothing. */
export function userCodesIn(text: string, limit = 4): string[] {
  const found = new Set<string>();
  for (const [code] of text.matchAll(/(?<![A-Za-z0-9-])[A-Z0-9]{4}-[A-Z0-9]{4}(?![A-Za-z0-9-])/g)) {
    found.add(code);
    if (found.size >= limit) break;
  }
  return [...found];
}
