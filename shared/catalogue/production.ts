/** Names that sound like production. The person's own pattern takes its place. */
export const DEFAULT_PRODUCTION_PATTERN = '(^|[^a-z])(prod|production|prd)([^a-z]|$)';

const MAX_PATTERN = 200;

/**
 * A test for names of accounts that deserve care, from a regular expression without flags; case does not matter. A
 * pattern that is none, or is too long, counts as the default. An empty one marks nothing.
 */
export function productionTest(pattern: string): (name: string) => boolean {
  if (pattern === '') return () => false;
  const expression = compile(pattern) ?? new RegExp(DEFAULT_PRODUCTION_PATTERN, 'i');
  return (name) => expression.test(name);
}

/** Whether a pattern can be used. */
export function isProductionPattern(pattern: string): boolean {
  return pattern === '' || compile(pattern) !== null;
}

function compile(pattern: string): RegExp | null {
  if (pattern.length > MAX_PATTERN) return null;
  try {
    return new RegExp(pattern, 'i');
  } catch {
    return null;
  }
}
