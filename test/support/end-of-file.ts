const ends: (() => unknown)[] = [];

/** Runs when the last test of this test file has finished: for what its tests use one after the other. */
export function atEndOfFile(end: () => unknown): void {
  ends.push(end);
}

/** Called by setup.ts: the last first. */
export async function endFile(): Promise<void> {
  for (const end of ends.splice(0).reverse()) await end();
  await nothingSpins();
}

/** A loop that a file leaves behind takes a core from every later file of its worker. */
async function nothingSpins(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) {
    await new Promise((resolve) => setTimeout(resolve));
    if (!process.getActiveResourcesInfo().includes('Immediate')) return;
  }
  throw new Error('A loop of this file still runs (setImmediate, again and again). End it with its test.');
}
