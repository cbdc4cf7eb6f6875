const collator = new Intl.Collator('en', { numeric: true });

/** As a person sorts names: `dev-2` before `dev-10`, whatever the case. */
export const byName = (one: string, other: string): number => collator.compare(one, other);
