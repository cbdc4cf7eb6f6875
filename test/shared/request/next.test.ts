import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { dueAt } from '../../../shared/request/due.ts';
import type { Event } from '../../../shared/request/events.ts';
import { next } from '../../../shared/request/next.ts';
import { Request } from '../../../shared/request/request.ts';
import { EVENTS, FRESH, NOW, places, told, wholeLife } from './samples.ts';

/** A line that changes is a promise that changes: read it before you accept it. */
it('the table of the whole life', async () => {
  await expect(wholeLife.map((tell) => tell()).join('\n')).toMatchFileSnapshot('./whole-life.md');
});

describe('whatever happens, wherever it is', () => {
  const rows = places().flatMap(({ name, request }) =>
    Object.entries(EVENTS).map(([event, said]) => ({ row: `${name}: ${event}`, request, said })),
  );
  const after = rows.map(({ row, request, said }) => ({
    row,
    request,
    ...{ moved: next(request, said, NOW) },
  }));
  /** The rows for which something does not hold. */
  const against = (holds: (row: (typeof after)[number]) => boolean) =>
    after.filter((row) => !holds(row)).map(({ row }) => row);

  it('it is a record that can be kept, and the same events give the same answer', () => {
    for (const { request, said } of rows) {
      const before = JSON.stringify(request);
      const first = next(request, said, NOW);
      expect(v.parse(Request, JSON.parse(JSON.stringify(first.request)))).toEqual(first.request);
      expect(JSON.stringify(next(request, said, NOW))).toBe(JSON.stringify(first));
      expect(JSON.stringify(request)).toBe(before);
    }
  });

  it('it has an end: something is due, at most ten minutes from now', () => {
    expect(
      against(({ moved }) => {
        const due = dueAt(moved.request);
        return moved.request.phase === 'ended' ? due === null : due !== null && due - NOW <= 600_000;
      }),
    ).toEqual([]);
  });

  it('what is due is over when its moment was looked at: no timer fires twice for one thing', () => {
    expect(
      against(({ moved }) => {
        const due = dueAt(moved.request);
        const later = due === null ? null : dueAt(next(moved.request, { type: 'time' }, due).request);
        return later === null || (due !== null && later > due);
      }),
    ).toEqual([]);
  });

  it('nothing comes after the end but the closing of a tab', () => {
    expect(
      against(
        ({ request, moved }) =>
          request.phase !== 'ended' ||
          (moved.request.phase === 'ended' && moved.effects.every((effect) => effect.do === 'close')),
      ),
    ).toEqual([]);
  });

  it('an end keeps no secret, is told once, and leaves nothing that may be pressed', () => {
    const ends = after.filter(
      ({ request, moved }) => request.phase !== 'ended' && moved.request.phase === 'ended',
    );
    expect(ends.length).toBeGreaterThan(100);
    for (const { row, request, moved } of ends) {
      expect(JSON.stringify(moved.request), row).not.toMatch(/marker/);
      expect(moved.effects.filter((effect) => effect.do === 'tell').length, row).toBe(1);
      const vouched = request.code !== null || request.proof !== null || request.subject.kind === 'hand-over';
      expect(
        moved.effects.some((effect) => effect.do === 'spend'),
        row,
      ).toBe(vouched);
    }
  });

  it('a press comes on a page alone, and for nothing but the word of decide', () => {
    const presses = after.filter(({ moved }) => moved.effects.some((effect) => effect.do === 'press'));
    expect(presses.length).toBeGreaterThan(10);
    expect(presses.filter(({ request }) => request.phase !== 'page')).toEqual([]);
    expect(presses.filter(({ row }) => !/: may press/.test(row))).toEqual([]);
  });

  it('the host lost, the permission taken back and the last waiter gone press, ask and open nothing more', () => {
    const acts = new Set(['press', 'open', 'ask-token', 'request-code', 'store', 'vouch']);
    const given = after.filter(({ row }) =>
      /: (host lost|permission taken back|t1 left|cancelled)$/.test(row),
    );
    expect(given.filter(({ moved }) => moved.effects.some((effect) => acts.has(effect.do)))).toEqual([]);
    const lost = after.filter(({ row }) => /: host lost$/.test(row));
    expect(lost.filter(({ moved }) => moved.request.phase !== 'ended')).toEqual([]);
  });
});

/** Lives a request through events at their moments, in seconds since its beginning. Tells each step and effect. */
function live(kind: keyof typeof FRESH, ...story: [second: number, event: Event | string][]): string[] {
  let request = FRESH[kind]();
  const begun = request.startedAt;
  return story.flatMap(([second, said]) => {
    const event = typeof said === 'string' ? EVENTS[said] : said;
    if (!event) throw new Error(`no event ${String(said)}`);
    const before = request;
    const moved = next(request, event, begun + second * 1000);
    request = moved.request;
    return [`${second}: ${told(before, moved, begun + second * 1000).replace(/until \S+(, )?/, '')}`];
  });
}
const there: Event = { type: 'opened', what: 'page', tabId: 7 };

describe('lives', () => {
  it('a lid that was closed for an hour: the end is told, the tab closed', () => {
    expect(
      live(
        'sign-in',
        [0, 'checked: fine'],
        [0, 'placed'],
        [0, 'checked: fine'],
        [1, 'code'],
        [2, there],
        [3_600, 'ten seconds later'],
      ).at(-1),
    ).toBe('3600: ended opening-page, CODE_EXPIRED, no code | spend ABCD-EFGH, close 7, tell opening-page');
  });
});
