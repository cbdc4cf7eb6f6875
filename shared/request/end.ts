import type { Why } from '../login/endings.ts';
import { endOf } from './endings.ts';
import type { Effect, Event } from './events.ts';
import type { Ending, Request } from './request.ts';

export interface Next {
  readonly request: Request;
  readonly effects: readonly Effect[];
}

/** One kind of event. */
export type Of<T extends Event['type']> = Extract<Event, { type: T }>;

/** What is as it was stays the same record, which is not stored again. */
export function go(request: Request, change: Partial<Request>, ...effects: Effect[]): Next {
  const changed = { ...request, ...change };
  const isSame = (Object.keys(change) as (keyof Request)[]).every((key) => changed[key] === request[key]);
  return { request: isSame ? request : changed, effects };
}
export const stay = (request: Request): Next => ({ request, effects: [] });

export const declined = (request: Request, now: number): Next =>
  fail(request, 'cancelled', now, { do: 'log', reason: 'declined-by-person' });

export const fail = (request: Request, why: Why, now: number, ...first: Effect[]): Next =>
  end(request, { how: 'failed', error: endOf(request, why).toWire() }, now, ...first);

/** The end. What was secret about the request goes with it. */
export function end(request: Request, ending: Ending, now: number, ...first: Effect[]): Next {
  const { step, code, proof, subject } = request;
  const close = closing(request, ending);
  const ended: Partial<Request> = {
    phase: 'ended',
    step: ending.how === 'failed' ? step : 'done',
    code: null,
    proof: null,
    rests: null,
    // What is still to be closed when the background dies now.
    tabId: close.length > 0 ? request.tabId : null,
    endedAt: now,
    ending,
  };
  const spends: Effect[] =
    code || proof || subject.kind === 'hand-over' ? [{ do: 'spend', userCode: code?.userCode ?? null }] : [];
  return go(request, ended, ...first, ...spends, ...close);
}

/**
 * The tab that goes with a phase. The page of a hand-over stays: a person may be at work in it, and only an
 * approved code leaves nothing to do there.
 */
export function closing(request: Request, ending: Ending | null = null): Effect[] {
  const { tabId, phase, subject } = request;
  if (tabId === null) return [];
  const stays =
    subject.kind === 'hand-over' &&
    phase === 'page' &&
    (subject.personsTab !== null || subject.grant !== 'device' || ending?.how !== 'approved');
  return stays ? [] : [{ do: 'close', tabId }];
}

/** A tab that was on its way is closed, and so is one that a background which died had no time to close. */
export function afterEnd(request: Request, event: Event): Next {
  if (event.type === 'opened') return go(request, {}, { do: 'close', tabId: event.tabId });
  if (event.type === 'woken' && request.tabId !== null)
    return go(request, { tabId: null }, { do: 'close', tabId: request.tabId });
  return stay(request);
}
