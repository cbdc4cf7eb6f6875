import { toAwsherError } from '../../../shared/errors/awsher-error.ts';
import { createNews } from '../../../shared/news.ts';
import { dueAt } from '../../../shared/request/due.ts';
import type { Effect, Event } from '../../../shared/request/events.ts';
import { next } from '../../../shared/request/next.ts';
import { isRunning, isSignIn, type Request, withRequest } from '../../../shared/request/request.ts';

/** Tells a request what has happened. Returns what is being done about it. */
export type Feed = (id: string, event: Event) => readonly Effect[];
/** Carries one effect out; its answer comes back through `feed`. It may throw, which ends the request. */
export type CarryOut = (request: Request, effect: Effect, feed: Feed) => Promise<void>;

/** What others hear of a request. */
export type Told = Extract<Effect, { do: 'tell' | 'hand-on' }>;

export interface RequestsOptions {
  store: {
    get(): { requests: readonly Request[] };
    set(change: { requests: Request[] }): void;
    saved(): Promise<void>;
  };
  carryOut: CarryOut;
  /** Milliseconds since 1970. */
  now(): number;
  startTimer(milliseconds: number, expired: () => void): () => void;
}

/**
 * Everything that is asked of this browser, under way or just ended. What becomes of it is `next`'s to say; here it is kept, its
 * effects are carried out, and the clock is looked at when something is due. Timers guard what is in the store: losing them loses
 * nothing.
 */
export function createRequests({ store, carryOut, now, startTimer }: RequestsOptions) {
  const timers = new Map<string, () => void>();
  /** Tabs being opened right now: a page may report before the browser has told us its tab id. */
  const opening = new Set<Promise<void>>();
  const told = createNews<[Request, Told]>();

  const all = (): readonly Request[] => store.get().requests;
  const find = (id: string): Request | undefined => all().find((request) => request.id === id);
  const running = (): Request[] => all().filter(isRunning);

  const feed: Feed = (id, event) => {
    const before = find(id);
    if (!before) return [];
    const { request, effects } = next(before, event, now());
    if (request !== before) store.set({ requests: withRequest(all(), request) });
    watch(request);
    for (const effect of effects) start(request, effect);
    return effects;
  };

  function start(request: Request, effect: Effect): void {
    const done = carry(request, effect).catch((thrown: unknown) => {
      feed(request.id, { type: 'failed', error: toAwsherError(thrown) });
    });
    if (effect.do !== 'open' && effect.do !== 'find-tab') return;
    opening.add(done);
    void done.then(() => opening.delete(done));
  }

  async function carry(request: Request, effect: Effect): Promise<void> {
    if ('saved' in effect) await store.saved();
    if (effect.do === 'tell' || effect.do === 'hand-on') told.tell(request, effect);
    await carryOut(request, effect, feed);
  }

  function watch(request: Request): void {
    timers.get(request.id)?.();
    timers.delete(request.id);
    const at = dueAt(request);
    if (at === null) return;
    const timeCame = () => void feed(request.id, { type: 'time' });
    timers.set(request.id, startTimer(Math.max(0, at - now()), timeCame));
  }

  function tellAll(event: Event): void {
    for (const { id } of running()) feed(id, event);
  }

  return {
    all,
    find,
    running,
    feed,
    tellAll,
    /** Who waits for a request hears its steps and its end, and the response where there is one. */
    onTold: told.hear,
    inTab: (tabId: number): Request | undefined => running().find((request) => request.tabId === tabId),
    begin(request: Request): Request {
      store.set({ requests: withRequest(all(), request) });
      feed(request.id, { type: 'begun' });
      return find(request.id) ?? request;
    },
    /** Takes what has ended of a session off the screen. */
    dismiss(session: string): void {
      const isOver = (one: Request) =>
        !isRunning(one) && isSignIn(one) && one.subject.target.session === session;
      store.set({ requests: all().filter((one) => !isOver(one)) });
    },
    /** After the browser has put the background to sleep and woken it. */
    resume(): void {
      for (const { id } of [...all()]) feed(id, { type: 'woken' });
    },
    /** Resolves when no tab is on its way any more. */
    opened: (): Promise<unknown> => Promise.all(opening),
  };
}
export type Requests = ReturnType<typeof createRequests>;
