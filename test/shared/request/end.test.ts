import { expect, it } from 'vitest';
import { afterEnd, closing, declined, end, fail, go, stay } from '../../../shared/request/end.ts';
import { errorOf } from '../../../shared/request/request.ts';
import { NOW, places } from './samples.ts';

const at = (name: string) => Object(places().find((one) => one.name === name)).request;
const done = ({ effects }: ReturnType<typeof end>) => effects.map(({ do: what }) => what);

it('the end takes all that was secret along, and says what is still to be closed', () => {
  const ended = end(at('sign-in, storing'), { how: 'approved' }, NOW);
  expect(ended.request).toMatchObject({
    phase: 'ended',
    step: 'done',
    code: null,
    proof: null,
    endedAt: NOW,
    tabId: 7,
  });
  expect(JSON.stringify(ended)).not.toContain('marker');
  expect(done(ended)).toEqual(['spend', 'close']);
});

it.each([
  // The tab of a hand-over's page stays: a person may be at work in it.
  ['device, page there', ['spend']],
  ["person's tab, page there", ['spend']],
  ['authorization, page there', ['spend']],
  ['device, asking, dialog there', ['spend', 'close']],
  ['sign-in, page there', ['spend', 'close']],
  ['saml, page there', ['close']],
  ['saml, starting', []],
])('a failure at "%s" does %j', (name, effects) => {
  const failed = fail(at(name), 'expired', NOW);
  expect(done(failed)).toEqual(effects);
  expect(errorOf(failed.request)?.code).toBe(/saml/.test(name) ? 'SIGN_IN_TIMEOUT' : 'CODE_EXPIRED');
  expect(failed.request.step).toBe(at(name).step);
});

it('an approved code leaves nothing to do in its tab, but the tab of the person stays', () => {
  const approved = { how: 'approved' } as const;
  expect([
    closing(at('device, page there'), approved).length,
    closing(at("person's tab, page there"), approved).length,
  ]).toEqual([1, 0]);
});

it('a "not me" is in the log', () => expect(done(declined(at('saml, starting'), NOW))).toEqual(['log']));

it('nothing comes after it but the closing of a tab', () => {
  const ended = { ...at('sign-in, ended'), tabId: null };
  expect(afterEnd(ended, { type: 'opened', what: 'page', tabId: 9 }).effects).toEqual([
    { do: 'close', tabId: 9 },
  ]);
  expect(afterEnd({ ...ended, tabId: 9 }, { type: 'woken' })).toEqual(
    go(ended, { tabId: null }, { do: 'close', tabId: 9 }),
  );
  expect(afterEnd(ended, { type: 'time' })).toEqual(stay(ended));
});
