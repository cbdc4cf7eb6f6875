import * as v from 'valibot';
import { ViewState } from '../../shared/protocol/internal.ts';
import { slot } from './storage.ts';

/**
 * What the views showed last, until the browser ends: a popup that opens while the background sleeps begins with it. No
 * secret is in it. Written by the background, read by the popup.
 */
export const lastState = slot('session', 'lastState', v.nullable(ViewState), null);
