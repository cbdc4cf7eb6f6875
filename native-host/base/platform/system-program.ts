import { win32 } from 'node:path';

const PLACES = {
  'cmd.exe': [],
  'icacls.exe': [],
  'netstat.exe': [],
  'powershell.exe': ['WindowsPowerShell', 'v1.0'],
  'reg.exe': [],
  'rundll32.exe': [],
} as const;

/**
 * A program of Windows by its whole path. By its name alone Windows looks in the current folder first, which may hold
 * anybody's `reg.exe`.
 */
export function systemProgram(
  name: keyof typeof PLACES,
  env: Readonly<Record<string, string | undefined>> = process.env,
): string {
  return win32.join(systemFolder(env), ...PLACES[name], name);
}

/** `C:\Windows\System32`; the variable counts only when it is a whole path itself. */
export function systemFolder(env: Readonly<Record<string, string | undefined>> = process.env): string {
  const named = env.SystemRoot ?? '';
  return win32.join(/^[a-z]:[\\/]/i.test(named) ? named : 'C:\\Windows', 'System32');
}

/** As WSL knows it: Linux looks along PATH, which names Windows' folders, and never in the current one. */
export const WSL_POWERSHELL = 'powershell.exe';
