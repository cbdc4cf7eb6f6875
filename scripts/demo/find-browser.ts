import { closeSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { findChromium } from '../../test/support/browsers/find.ts';

export interface FoundBrowser {
  readonly executable: string;
  /** As `awsher install --browser` takes it. */
  readonly id: string;
  readonly name: string;
}

const KINDS: readonly (readonly [RegExp, string, string])[] = [
  [/edge/i, 'edge', 'Microsoft Edge'],
  [/brave/i, 'brave', 'Brave'],
  [/vivaldi/i, 'vivaldi', 'Vivaldi'],
  [/chromium/i, 'chromium', 'Chromium'],
  [/chrome/i, 'chrome', 'Google Chrome'],
];

/** The browser for the demo, or null. A snap is none: its sandbox starts no native-messaging host outside of it. */
export function findBrowser(): FoundBrowser | null {
  const executable = findChromium();
  if (executable === null || isSnap(executable)) return null;
  const [, id, name] = KINDS.find(([pattern]) => pattern.test(executable)) ?? [null, 'chromium', 'Chromium'];
  return { executable, id, name };
}

/** Also the small script that Ubuntu puts at a usual place in front of its snap. */
function isSnap(executable: string): boolean {
  if (executable.startsWith('/snap/')) return true;
  try {
    const file = openSync(executable, 'r');
    const start = Buffer.alloc(4096);
    const length = readSync(file, start, 0, start.length, 0);
    closeSync(file);
    const text = start.toString('latin1', 0, length);
    return text.startsWith('#!') && text.includes('/snap/');
  } catch {
    return false;
  }
}

/** Where the profile of the throw-away browser is. */
export function profileIn(home: string): string {
  return join(home, 'profile');
}
