import * as v from 'valibot';
import type { HostState } from '../../../shared/protocol/internal.ts';
import { slot } from '../../platform/storage.ts';

/** How long a host that is already there has to answer a fresh extension. */
export const FIRST_RUN_MS = 3_000;

/** When the extension was installed, until it is decided whether the welcome page opens; survives a sleeping worker. */
export const firstRunSlot = slot('session', 'firstRun', v.nullable(v.number()), null);

export interface FirstRunOptions {
  slot: { read(): Promise<number | null>; write(value: number | null): Promise<void> };
  host: () => HostState;
  /** Milliseconds since 1970. */
  now: () => number;
  startTimer: (milliseconds: number, expired: () => void) => unknown;
  openWelcome: () => Promise<void>;
}

/**
 * Opens the welcome page once after an installation, unless the terminal came first. A host that answers within
 * `FIRST_RUN_MS`, in whatever version, came first. So did one that the browser could start and that has not said a word
 * yet: a busy computer is no reason to open a page, so its end or its answer is waited for.
 */
export function createFirstRun({ slot, host, now, startTimer, openWelcome }: FirstRunOptions) {
  let installedAt: number | null = null;

  async function decided(): Promise<void> {
    installedAt = null;
    await slot.write(null);
  }

  /** Call it on every change of the host's state; costs nothing once it is decided. */
  async function openIfDue(): Promise<void> {
    if (installedAt === null) return;
    const state = host();
    if (hasAnswered(state)) return decided();
    const left = installedAt + FIRST_RUN_MS - now();
    if (left > 0) {
      startTimer(left, () => void openIfDue());
      return;
    }
    if (state.state === 'connecting') return;
    await decided();
    await openWelcome();
  }

  return {
    openIfDue,
    /** The browser has just installed the extension. */
    async installed(at: number): Promise<void> {
      installedAt = at;
      await slot.write(at);
      await openIfDue();
    },
    /** The background was started again, maybe in the middle of the wait. */
    async resume(): Promise<void> {
      installedAt ??= await slot.read();
      await openIfDue();
    },
  };
}

function hasAnswered(state: HostState): boolean {
  return state.state === 'connected' || (state.state === 'unavailable' && /^too-/.test(state.why));
}
