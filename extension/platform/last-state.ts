import * as v from 'valibot';
import { ViewState } from '../../shared/protocol/internal.ts';
import { LAST_STATE } from './early-state.ts';
import { slot } from './storage.ts';

/**
 * What the views showed last, until the browser ends: a popup that opens while the background sleeps begins with it. No
 * secret is in it. Written by the background, read by the popup.
 */
export const lastState = slot('session', LAST_STATE, v.nullable(ViewState), null);

/** The same for the popup, from the early look if there was one; what does not parse counts as absent. */
export async function firstState(): Promise<ViewState | null> {
  if (!globalThis.lastStateAsked) return lastState.read();
  const stored = (await globalThis.lastStateAsked)[LAST_STATE];
  const parsed = v.safeParse(ViewState, stored);
  return parsed.success ? parsed.output : null;
}
