/**
 * A start URL without what people copy along with it from the address bar: a `#`, `#/` or `/` at the end.
 * For comparing and for new sections only: a token's file name uses the URL as written.
 */
export function trimStartUrl(startUrl: string): string {
  return startUrl.replace(/[#/]+$/, '');
}

/** Whether two start URLs name the same portal. */
export function isSamePortal(one: string, other: string): boolean {
  return trimStartUrl(one).toLowerCase() === trimStartUrl(other).toLowerCase();
}
