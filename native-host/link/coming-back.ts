import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';

/** What a host writes into its log when it makes room for a newer one. */
export const RETIRES = 'a newer version is installed';
/** The extension has connected again long before. */
const RECENT_MS = 15_000;
const TAIL_BYTES = 2_048;

/**
 * Whether a host has just ended to make room for a newer version of itself: its browser runs on and comes back by itself
 * within seconds, so that nobody should start one, or go by hand, because none is there.
 */
export function isComingBack(stateDir: string, nowMs: number): boolean {
  const last = tail(join(stateDir, 'host.log'))
    .trimEnd()
    .split('\n')
    .findLast((line) => line.endsWith(`ends: ${RETIRES}`));
  const at = Date.parse(last?.slice(0, last.indexOf(' ')) ?? '');
  return at <= nowMs && nowMs - at < RECENT_MS;
}

function tail(file: string): string {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(file, 'r');
    const { size } = fstatSync(descriptor);
    const buffer = Buffer.alloc(Math.min(size, TAIL_BYTES));
    readSync(descriptor, buffer, 0, buffer.length, size - buffer.length);
    return buffer.toString('utf8');
  } catch {
    return '';
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}
