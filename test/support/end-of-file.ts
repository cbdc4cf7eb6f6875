const ends: (() => unknown)[] = [];

/** Runs when the last test of this test file has finished: for what its tests use one after the other. */
export function atEndOfFile(end: () => unknown): void {
  ends.push(end);
}

/** Called by setup.ts: the last first. */
export async function endFile(): Promise<void> {
  for (const end of ends.splice(0).reverse()) await end();
}
