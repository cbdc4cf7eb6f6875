import { expect, it } from 'vitest';
import { bindTab, enterBook, spend } from '../../../../extension/background/request/book.ts';
import { next } from '../../../../shared/request/next.ts';
import { EVENTS, FRESH, NEW_CODE, NOW } from '../../../shared/request/samples.ts';

const EMPTY = { book: [], authorizations: [] };
const UNTIL = NOW + 600_000;
/** Each kind, as far as it has something to vouch for. */
const CASES = [
  [
    'sign-in',
    {
      ...FRESH['sign-in'](),
      code: { ...next(FRESH['sign-in'](), EVENTS.code as never, NOW).request.code, ...NEW_CODE } as never,
    },
    'book',
    { userCode: 'ABCD-EFGH', attempt: 'r1', page: NEW_CODE.page, confirmedAt: null },
  ],
  [
    'hand-over of a code',
    FRESH.device(),
    'book',
    { userCode: 'ABCD-EFGH', attempt: 'r1', consentLost: false },
  ],
  [
    'hand-over of a PKCE request',
    FRESH.authorization(),
    'authorizations',
    { id: 'r1', clientId: 'c', state: 's', port: 7777, requested: null },
  ],
] as const;

it.each(CASES)('%s: entered, bound to its tab, and spent', (_name, request, where, entry) => {
  const entered = { ...EMPTY, ...enterBook(EMPTY, request, UNTIL, NOW) };
  expect(entered[where]).toMatchObject([{ ...entry, tabId: null, expiresAt: UNTIL, allowedAt: null }]);
  const bound = { ...entered, ...bindTab(entered, request, 7) };
  expect(bound[where]).toMatchObject([{ tabId: 7 }]);
  const spent = { ...bound, ...spend(bound, request, request.code?.userCode ?? null, NOW) };
  expect(spent[where]).toMatchObject([{ allowedAt: NOW }]);
});

it("in the person's tab the browser has asked for the request already", () => {
  const request = FRESH.authorization();
  const subject = { ...request.subject, personsTab: 7 } as typeof request.subject;
  expect(enterBook(EMPTY, { ...request, subject }, UNTIL, NOW).authorizations).toMatchObject([
    { requested: Object(subject).url },
  ]);
});

it('a PKCE request of its own, with the port of its answer', () => {
  const proof = next(
    {
      ...FRESH.pkce(),
      place: { portal: 'https://corp.awsapps.com/start', region: 'eu-west-1', family: null },
    },
    EVENTS.proof as never,
    NOW,
  ).request;
  const { authorizations } = enterBook(
    EMPTY,
    {
      ...FRESH.pkce(),
      place: { portal: '', region: 'eu-west-1', family: null },
      proof: { ...Object(proof.proof), ...Object(EVENTS.proof).proof },
    },
    UNTIL,
    NOW,
  );
  expect(authorizations).toMatchObject([
    { id: 'r1', region: 'eu-west-1', clientId: 'client-2', state: 'state-1' },
  ]);
});

it('nothing for SAML, and nothing of another request is spent', () => {
  expect(enterBook(EMPTY, FRESH.saml(), UNTIL, NOW)).toEqual({});
  const entered = { ...EMPTY, ...enterBook(EMPTY, FRESH.device(), UNTIL, NOW) };
  expect(spend(entered, { ...FRESH.device(), id: 'r2' }, 'ABCD-EFGH', NOW)).toEqual({});
});

it('an authorization is entered once, and forgotten an hour after its end', () => {
  const enter = (before: object, id: string, until: number, now: number) => ({
    ...EMPTY,
    ...enterBook({ ...EMPTY, ...before }, { ...FRESH.authorization(), id }, until, now),
  });
  const ids = ({ authorizations }: { authorizations: readonly { id: string }[] }) =>
    authorizations.map(({ id }) => id);
  const first = enter(enter(EMPTY, 'r1', UNTIL, NOW), 'r1', UNTIL, NOW);
  expect(ids(first)).toEqual(['r1']);
  expect(ids(enter(first, 'r2', UNTIL, UNTIL + 3_500_000))).toEqual(['r1', 'r2']);
  expect(ids(enter(first, 'r2', UNTIL, UNTIL + 3_600_000))).toEqual(['r2']);
});
