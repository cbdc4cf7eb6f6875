/** Waits until something is so. The deadline is that of a machine with twenty times the work that it can do. */
export async function until(holds: () => boolean | Promise<boolean>, milliseconds = 30_000): Promise<void> {
  for (const end = Date.now() + milliseconds; ; await new Promise((resolve) => setTimeout(resolve, 25))) {
    if (await holds()) return;
    if (Date.now() > end) throw new Error(`not so after ${milliseconds} ms: ${holds.toString()}`);
  }
}
