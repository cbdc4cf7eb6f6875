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
