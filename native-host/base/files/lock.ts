import { setTimeout as sleep } from 'node:timers/promises';
import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import {
  claimGeneration,
  freeGeneration,
  highestGeneration,
  lockStem,
  readGeneration,
  removeOldGenerations,
  touchGeneration,
  withdrawGeneration,
} from './lock-generations.ts';
import { livenessOf } from './lock-owner.ts';
import type { Paths } from './paths.ts';

export interface LockOptions {
  /** How long to wait for the lock; default 30 s. */
  readonly timeoutMs?: number;
  /** Ends the waiting: the promise rejects with `signal.reason`. */
  readonly signal?: AbortSignal;
  /**
   * What the lock is for. `guard` (default): what is written under it must not be lost, so no lock is an error. `share`:
   * only so that several do not ask for the same; where nothing can be written, or after waiting in vain, the work is
   * done without.
   */
  readonly purpose?: 'guard' | 'share';
}

/** Less than STORE_DEADLINE_MS of the protocol, and more than a renewal takes (LIMITS). */
export const LOCK_PATIENCE_MS = 30_000;
const POLL_MS = 30;
const HEARTBEAT_MS = 5_000;
/** An owner that cannot be asked is gone when its heartbeat is this old ... */
const SILENT_MS = 30_000;
/** ... and did not come in this time of waiting either (a laptop that just woke up has old heartbeats everywhere). */
const WATCHED_MS = 2 * HEARTBEAT_MS;

/**
 * Runs `fn` while this process alone, of all that share the home directory, holds the lock `name`.
 * Locks are files in awsher's own state, never in `sso/cache`. An owner that died is replaced at once.
 * Not re-entrant. Throws LOCK_TIMEOUT; whatever `fn` throws passes through.
 */
export async function withLock<T>(
  paths: Pick<Paths, 'locksDir'>,
  name: string,
  fn: () => T | Promise<T>,
  options: LockOptions = {},
): Promise<T> {
  const lock = await acquireLock(paths, name, options).catch((thrown: unknown) => {
    // Whoever has it is stopped or very slow: better asked twice than not at all.
    const late = thrown instanceof AwsherError && thrown.code === 'LOCK_TIMEOUT';
    if (options.purpose === 'share' && late) return NO_LOCK;
    throw thrown;
  });
  try {
    return await fn();
  } finally {
    lock.release();
  }
}

export interface HeldLock {
  /** Lets the next one in. Safe to call twice. */
  release(): void;
}

const NO_LOCK: HeldLock = { release() {} };

/** As `withLock`, for work that does not fit in one function. */
export async function acquireLock(
  paths: Pick<Paths, 'locksDir'>,
  name: string,
  options: LockOptions = {},
): Promise<HeldLock> {
  try {
    return await waitForLock(paths, name, options);
  } catch (thrown) {
    const needless =
      options.purpose === 'share' && thrown instanceof AwsherError && thrown.code === 'FILE_WRITE';
    if (needless) return NO_LOCK;
    throw thrown;
  }
}

async function waitForLock(
  paths: Pick<Paths, 'locksDir'>,
  name: string,
  options: LockOptions,
): Promise<HeldLock> {
  const stem = lockStem(name);
  const deadline = performance.now() + (options.timeoutMs ?? LOCK_PATIENCE_MS);
  const watch: Watch = { generation: -1, beat: 0, since: 0 };
  for (;;) {
    options.signal?.throwIfAborted();
    const highest = highestGeneration(paths.locksDir, stem);
    if (await isFree(paths.locksDir, stem, highest, watch)) {
      if (claimGeneration(paths.locksDir, stem, highest + 1)) {
        // A waiter that slept for long may have claimed a number that was used and cleaned away since.
        if (highestGeneration(paths.locksDir, stem) === highest + 1)
          return hold(paths.locksDir, stem, highest + 1);
        withdrawGeneration(paths.locksDir, stem, highest + 1);
      }
      continue;
    }
    const left = deadline - performance.now();
    if (left <= 0) throw timeout(paths.locksDir, stem, name, highest);
    await pause(Math.min(left, POLL_MS * (0.75 + Math.random() / 2)), options.signal);
  }
}

function hold(locksDir: string, stem: string, generation: number): HeldLock {
  const heartbeat = setInterval(() => touchGeneration(locksDir, stem, generation), HEARTBEAT_MS);
  heartbeat.unref();
  removeOldGenerations(locksDir, stem, generation);
  let held = true;
  return {
    release() {
      if (!held) return;
      held = false;
      clearInterval(heartbeat);
      freeGeneration(locksDir, stem, generation);
    },
  };
}

/** What a waiter has seen of an owner that it cannot ask: times of its own monotonic clock, in milliseconds. */
interface Watch {
  generation: number;
  beat: number;
  since: number;
}

async function isFree(locksDir: string, stem: string, generation: number, watch: Watch): Promise<boolean> {
  if (generation === 0) return true;
  const state = readGeneration(locksDir, stem, generation);
  if (state.kind === 'free') return true;
  if (state.kind === 'gone') return false; // A newer one exists by now: look again.
  const liveness = state.kind === 'held' ? await livenessOf(state.owner) : 'unknown';
  if (liveness !== 'unknown') return liveness === 'dead';
  const now = performance.now();
  if (watch.generation !== generation || watch.beat !== state.beatMs) {
    Object.assign(watch, { generation, beat: state.beatMs, since: now });
  }
  // Without hard links a file is born empty; it is being written, or its writer died in between.
  if (state.kind === 'unreadable') return now - watch.since > 1000;
  return Date.now() - state.beatMs > SILENT_MS && now - watch.since > WATCHED_MS;
}

async function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await sleep(milliseconds, undefined, signal === undefined ? {} : { signal });
  } catch {
    signal?.throwIfAborted();
  }
}

function timeout(locksDir: string, stem: string, name: string, generation: number): AwsherError {
  const state = readGeneration(locksDir, stem, generation);
  const who = state.kind === 'held' ? `Process ${state.owner.pid}` : 'Another process';
  return new AwsherError('LOCK_TIMEOUT', `${who} has held the lock "${name}" for too long.`, {
    hint:
      state.kind === 'held'
        ? `check on it (\`ps -fp ${state.owner.pid}\`), stop it, and run the command again`
        : 'run the command again',
  });
}
