import * as v from 'valibot';
import type { ViewState } from '../../shared/protocol/internal.ts';
import { LAST_STATE } from './early-state.ts';
import { slot } from './storage.ts';

/**
 * As the background of this very build wrote it: an update empties `storage.session`, and no page's script reaches it. The
 * popup's first picture waits for this, and parsing all of it again took a third of that time.
 */
const OwnState = v.custom<ViewState>((stored) => v.is(v.object({ sessions: v.array(v.unknown()) }), stored));

/**
 * What the views showed last, until the browser ends: a popup that opens while the background sleeps begins with it. No
 * secret is in it. Written by the background, read by the popup.
 */
export const lastState = slot('session', LAST_STATE, v.nullable(OwnState), null);

/** The same for the popup, from the early look if there was one. */
export async function firstState(): Promise<ViewState | null> {
  if (!globalThis.lastStateAsked) return lastState.read();
  const stored = (await globalThis.lastStateAsked)[LAST_STATE];
  return v.is(OwnState, stored) ? stored : null;
}
