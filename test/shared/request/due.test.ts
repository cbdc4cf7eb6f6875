import { expect, it } from 'vitest';
import {
  asksAt,
  dueAt,
  goesHome,
  pressUnansweredAt,
  restedAt,
  stallsAt,
} from '../../../shared/request/due.ts';
import type { Request } from '../../../shared/request/request.ts';
import { FRESH, places } from './samples.ts';

const at = (name: string): Request => {
  const place = places().find((one) => one.name === name);
  if (!place) throw new Error(name);
  return place.request;
};
const since = ({ stepAt }: Request, moment: number | null) => (moment === null ? null : moment - stepAt);

it.each<[string, number | null, number | null, number | null]>([
  // Where it is; after how long it stalls, a press counts as unanswered, a resting page has rested.
  ['sign-in, starting', null, null, null],
  ['sign-in, page there', 8_000, null, null],
  ['sign-in, page rests', 8_000, null, 1_600],
  ['pkce, page rests', 8_000, null, 1_600],
  ['sign-in, confirming', 8_000, 2_000, null],
  ['device, confirming', 8_000, null, null],
  ['saml, page rests', 8_000, null, 2_500],
  ['sign-in, person signs in', null, null, null],
  ['authorization, allowing', null, null, null],
  ['sign-in, collecting', null, null, null],
])('%s', (name, stalls, unanswered, rested) => {
  const request = at(name);
  expect([
    since(request, stallsAt(request)),
    since(request, pressUnansweredAt(request)),
    since(request, restedAt(request)),
  ]).toEqual([stalls, unanswered, rested]);
});

it('only a PKCE hand-over goes home after the last press', () => {
  expect(
    places()
      .filter(({ request }) => goesHome(request))
      .map(({ name }) => name),
  ).toEqual([
    'authorization, allowing',
    'authorization, allowing, away',
    'authorization, allowing, just away',
  ]);
});

it('AWS is asked when the clock says so, and not while a question is out', () => {
  const clicks = at('sign-in, person clicks');
  expect(asksAt(clicks)).toBe(clicks.code?.askAt);
  expect(asksAt(at('sign-in, collecting'))).toBeNull();
  expect(asksAt(at('saml, page there'))).toBeNull();
});

it('the first of all moments counts; at the end there is none', () => {
  const fresh = FRESH['sign-in']();
  expect(dueAt(fresh)).toBe(fresh.until);
  expect(dueAt({ ...fresh, orphanUntil: 5 })).toBe(5);
  expect(dueAt(at('sign-in, ended'))).toBeNull();
});
