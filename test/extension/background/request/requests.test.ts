import { expect, it } from 'vitest';
import { type CarryOut, createRequests } from '../../../../extension/background/request/requests.ts';
import type { Effect } from '../../../../shared/request/events.ts';
import { beginRequest, type Request } from '../../../../shared/request/request.ts';
import { EVENTS, FRESH, NEW_CODE, TARGET } from '../../../shared/request/samples.ts';

const ASKER = { command: 'awsher login', pid: 1, parents: [] };

/** A runner with a clock and a store of its own. Keeps what was done, and when the store was saved. */
function stage(carryOut: CarryOut = async () => {}) {
  let requests: Request[] = [];
  let save = () => {};
  const saved = new Promise<void>((resolve) => {
    save = resolve;
  });
  const clock = { now: 0 };
  const timers = new Map<object, { at: number; expired: () => void }>();
  const done: Effect['do'][] = [];
  const runner = createRequests({
    store: {
      get: () => ({ requests }),
      set: (change) => {
        ({ requests } = change);
      },
      saved: () => saved,
    },
    carryOut: async (request, effect, feed) => {
      done.push(effect.do);
      await carryOut(request, effect, feed);
    },
    now: () => clock.now,
    startTimer: (milliseconds, expired) => {
      const timer = {};
      timers.set(timer, { at: clock.now + milliseconds, expired });
      return () => timers.delete(timer);
    },
  });
  const passUntil = (now: number) => {
    for (let due = soonest(); due && due[1].at <= now; due = soonest()) {
      clock.now = due[1].at;
      timers.delete(due[0]);
      due[1].expired();
    }
    clock.now = now;
  };
  const soonest = () => [...timers].sort(([, a], [, b]) => a.at - b.at)[0];
  const begin = () => {
    const asker = { command: 'awsher login', pid: 1, parents: [] };
    const how = { id: 'r1', asker, participant: 't1', asks: 'no-more' as const, watch: false };
    runner.begin(beginRequest({ kind: 'sign-in', target: TARGET, flow: 'auto' }, how, clock.now));
  };
  const toPage = () => {
    begin();
    for (const name of ['checked: fine', 'placed', 'checked: fine', 'code'])
      runner.feed('r1', EVENTS[name] as never);
  };
  return { runner, done, timers, passUntil, save, begin, toPage, request: () => requests[0] };
}

it('opens the page only when everything so far is in storage', async () => {
  const { done, save, toPage } = stage();
  toPage();
  expect(done.slice(-2)).toEqual(['vouch', 'tell']);
  save();
  await new Promise((resolve) => setImmediate(resolve));
  expect(done.at(-1)).toBe('open');
});

it('a page that reports early waits until its tab is known', async () => {
  const { runner, save, toPage, request } = stage(async (_request, effect, feed) => {
    if (effect.do === 'open') feed('r1', { type: 'opened', what: 'page', tabId: 7 });
  });
  toPage();
  const opened = runner.opened().then(() => request()?.tabId);
  save();
  expect(await opened).toBe(7);
  expect(runner.inTab(7)?.id).toBe('r1');
});

it('what cannot be done ends the request, and says why in our words alone', async () => {
  const { begin, request } = stage(async (_request, effect) => {
    if (effect.do === 'check') throw new Error('secret');
  });
  begin();
  await new Promise((resolve) => setImmediate(resolve));
  expect(request()).toMatchObject({ phase: 'ended', ending: { how: 'failed', error: { code: 'INTERNAL' } } });
  expect(JSON.stringify(request())).not.toContain('secret');
});

it('one timer for each request, at what is due first; none when it is over', () => {
  const { runner, timers, passUntil, toPage, request } = stage();
  toPage();
  runner.feed('r1', { type: 'opened', what: 'page', tabId: 7 });
  expect(timers.size).toBe(1);
  passUntil(8_000);
  expect(request()?.step).toBe('click-needed');
  passUntil(NEW_CODE.expiresAt);
  expect(request()?.phase).toBe('ended');
  expect(timers.size).toBe(0);
});

it('the host lost is told to everything that runs', () => {
  const { runner, begin, done, request } = stage();
  begin();
  runner.tellAll({ type: 'host-lost' });
  expect(request()).toMatchObject({ ending: { error: { code: 'HOST_LOST' } } });
  expect(done).toEqual(['check', 'tell']);
  expect(runner.running()).toEqual([]);
});

it('what ended of one session goes off the screen, and nothing else', () => {
  const { runner } = stage();
  const beginning = { asker: ASKER, participant: 't1', asks: 'no-more', watch: false } as const;
  const begin = (id: string, session: string) =>
    runner.begin(
      beginRequest(
        { kind: 'sign-in', target: { ...TARGET, session }, flow: 'auto' },
        { ...beginning, id },
        0,
      ),
    );
  for (const [id, session] of [
    ['over', 'corp'],
    ['other', 'lab'],
    ['runs', 'corp'],
  ] as const)
    begin(id, session);
  runner.begin(
    beginRequest(
      { kind: 'saml', name: 'corp', url: 'https://idp.example.com' },
      { ...beginning, id: 'saml' },
      0,
    ),
  );
  for (const id of ['over', 'other', 'saml']) runner.feed(id, { type: 'cancelled' });
  runner.dismiss('corp');
  expect(runner.all().map(({ id }) => id)).toEqual(['runs', 'other', 'saml']);
});

it('a request that begins is given as it has become', () => {
  const { runner } = stage();
  const begun = runner.begin(FRESH["person's tab"]());
  expect(begun).toMatchObject({ phase: 'page', tabId: 7 });
});
