import { spawn, spawnSync } from 'node:child_process';

/** Whether a real terminal can be had: util-linux' `script` makes one. */
export const hasTerminal = process.platform === 'linux' && spawnSync('script', ['--version']).status === 0;

/**
 * Runs a shell line on a terminal of its own, 80 columns wide, and gives everything that was on the screen. Presses the keys one after the
 * other, each once its words are there.
 */
export function onTerminal(
  line: string,
  env: Record<string, string>,
  ...steps: readonly (readonly [seen: RegExp, keys: string])[]
): Promise<string> {
  const child = spawn('script', ['-qefc', `stty cols 80 rows 24; ${line}`, '/dev/null'], { env });
  let [screen, at, from] = ['', 0, 0];
  return new Promise((resolve) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      screen += text;
      const step = steps[at];
      if (step === undefined || !step[0].test(screen.slice(from))) return;
      [at, from] = [at + 1, screen.length];
      child.stdin.write(step[1]);
    });
    child.on('close', () => resolve(screen));
  });
}
