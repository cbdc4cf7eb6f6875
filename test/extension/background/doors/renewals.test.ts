import { expect, it } from 'vitest';
import { KNOWN } from '../stage/host.ts';
import { stage } from '../stage.ts';

const hostWith = (renew: () => unknown) => ({
  'sessions.list': () => ({ sessions: [KNOWN] }),
  'session.renew': renew,
});
const renewalIn = (view: { state(): { sessions: readonly { renewal: unknown }[] } | undefined }) =>
  view.state()?.sessions[0]?.renewal;

it('the host renews: shown as running, as done, and not for long; a second click asks nobody', async () => {
  let answer = (_: object): void => {};
  const own = await stage({
    host: hostWith(
      () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    ),
  });
  const view = own.view();
  await own.until(() => view.state()?.sessions.length);
  await view.send({ type: 'renew', session: 'corp' });
  await own.until(() => renewalIn(view) === 'running');
  await view.send({ type: 'renew', session: 'corp' });
  answer({ expiresAt: '2099-01-01T00:00:00Z' });
  await own.until(() => renewalIn(view) === 'done');
  expect(own.called.filter((one) => one === 'session.renew')).toHaveLength(1);
  expect(own.called.at(-2)).toBe('sessions.list');
  await own.pass(8_200);
  expect(renewalIn(view)).toBeNull();
  expect(own.request()).toBeUndefined();
});

it.each([
  ['only a sign-in helps', () => ({ expiresAt: null })],
  ['the host is older', () => Promise.reject(Object.assign(new Error('x'), {}))],
])('where %s', async (name, renew) => {
  const own = await stage({ host: hostWith(renew) });
  if (name === 'the host is older') Reflect.deleteProperty(own.answers, 'session.renew');
  const view = own.view();
  await own.until(() => view.state()?.sessions.length);
  await view.send({ type: 'renew', session: 'corp' });
  await own.until(() => own.request()?.subject.kind === 'sign-in');
  await own.until(() => renewalIn(view) === null);
  expect(view.states().some(({ sessions }) => sessions[0]?.renewal === 'done')).toBe(false);
});

it('what stood in the way is said, and nothing is shown as running', async () => {
  const own = await stage({
    host: hostWith(() => {
      throw new Error('no');
    }),
  });
  const view = own.view();
  await own.until(() => view.state()?.sessions.length);
  await view.send({ type: 'renew', session: 'corp' });
  await own.until(() => view.got.some(({ type }) => type === 'refused'));
  await own.pass(100);
  expect([renewalIn(view), own.request()]).toEqual([null, undefined]);
});
