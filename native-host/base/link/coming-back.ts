import { join } from 'node:path';
import { readTail } from '../files/read-file.ts';

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
  const last = readTail(join(stateDir, 'host.log'), TAIL_BYTES)
    .trimEnd()
    .split('\n')
    .findLast((line) => line.endsWith(`ends: ${RETIRES}`));
  const at = Date.parse(last?.slice(0, last.indexOf(' ')) ?? '');
  return at <= nowMs && nowMs - at < RECENT_MS;
}
