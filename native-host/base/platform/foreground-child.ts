import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/** How a child ended: its exit code, 128 + n after signal n, or that it could not be started. */
export type ChildEnd =
  | { readonly kind: 'ended'; readonly exitCode: number }
  | { readonly kind: 'not-started'; readonly reason: 'missing' | 'forbidden' | 'other' };

/** Ctrl-C and Ctrl-\ reach the child by themselves when it shares our terminal; a second copy would count twice. */
const FROM_KEYBOARD: readonly NodeJS.Signals[] = ['SIGINT', 'SIGQUIT'];
const FORWARDED: readonly NodeJS.Signals[] = [
  'SIGINT',
  'SIGQUIT',
  'SIGTERM',
  'SIGHUP',
  'SIGUSR1',
  'SIGUSR2',
  'SIGWINCH',
];

/**
 * Runs a program in our place: same stdin, stdout, stderr and working folder, without a shell. Signals that we get go
 * to it, and do not end us as long as it runs. Never rejects.
 */
export function runInForeground(
  program: string,
  args: readonly string[],
  options: { env: Readonly<Record<string, string | undefined>>; isTTY: boolean },
): Promise<ChildEnd> {
  return new Promise((resolve) => {
    const signals = process.platform === 'win32' ? FORWARDED.slice(0, 1) : FORWARDED;
    const forward = (signal: NodeJS.Signals): void => {
      if (options.isTTY && FROM_KEYBOARD.includes(signal)) return;
      child.kill(signal);
    };
    // Our own "second Ctrl-C ends the command" must not hold: the child decides what Ctrl-C means, as often as it comes.
    // Before the child starts, and ours first: a signal between two listeners would be lost.
    const before = signals.map((signal) => ({ signal, listeners: process.listeners(signal) }));
    for (const { signal, listeners } of before) {
      process.on(signal, forward);
      for (const listener of listeners) process.off(signal, listener);
    }
    const child = spawn(program, [...args], {
      stdio: 'inherit',
      env: { ...options.env },
      windowsHide: false,
    });
    const settle = (end: ChildEnd): void => {
      for (const { signal, listeners } of before) {
        for (const listener of listeners) process.on(signal, listener);
        process.off(signal, forward);
      }
      resolve(end);
    };
    child.once('error', (error) => settle({ kind: 'not-started', reason: reasonOf(error) }));
    child.once('exit', (code, signal) => {
      settle({ kind: 'ended', exitCode: code ?? 128 + (signal === null ? 0 : constants.signals[signal]) });
    });
  });
}

function reasonOf(error: Error): 'missing' | 'forbidden' | 'other' {
  const code = 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return 'missing';
  return code === 'EACCES' || code === 'ENOEXEC' ? 'forbidden' : 'other';
}
