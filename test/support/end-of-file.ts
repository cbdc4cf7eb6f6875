const ends: (() => Promise<void>)[] = [];

/** Runs when the last test of this test file has finished: for what its tests use one after the other. */
export function atEndOfFile(end: () => Promise<void>): void {
  ends.push(end);
}

/** Called by setup.ts. */
export async function endFile(): Promise<void> {
  await Promise.all(ends.splice(0).map((end) => end()));
}
