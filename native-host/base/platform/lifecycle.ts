/** Calls back on the first Ctrl-C, SIGTERM or SIGHUP; the second one ends the process at once. */
export function onInterrupt(interrupted: () => void): void {
  let before = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (before) process.exit(130);
      before = true;
      interrupted();
    });
  }
}

/** The code with which the process ends once nothing is left to do. */
export function setExitCode(code: number): void {
  process.exitCode = code;
}

const LINGER_MS = 200;

/** All is said: what still holds the process (a proxy that does not answer) does not hold it for long. */
export function endSoon(): void {
  setTimeout(() => process.exit(), LINGER_MS).unref();
}
