import { expect, it } from 'vitest';
import { stage } from '../stage.ts';

const stateOf = (own: Awaited<ReturnType<typeof stage>>) => {
  const view = own.view();
  return async (state: string) => {
    await own.until(() => view.state()?.host.state === state);
    return view.state()?.host;
  };
};

it('greets the host, and knows it as connected', async () => {
  const own = await stage();
  expect(own.asked('hello')).toEqual([{ protocol: 1, version: '1.0.0', browser: 'chromium', label: '' }]);
  expect(await stateOf(own)('connected')).toEqual({ state: 'connected', version: '1.0.0' });
});

it.each([
  ['No such native application', 'missing', 'HOST_MISSING', 'run `awsher install --browser chromium`'],
  [
    'Access to the native messaging host is forbidden.',
    'forbidden',
    'HOST_FORBIDDEN',
    'run `awsher install --browser chromium`',
  ],
  ['Native host has exited.', 'failed', 'HOST_LOST', 'run `awsher doctor`'],
])('a host that ends with "%s" is %s', async (text, why, code, hint) => {
  const own = await stage({ hostMissing: true, endsWith: text });
  expect(await stateOf(own)('unavailable')).toMatchObject({ why, error: { code, hint } });
});

it.each([
  [{ protocol: 99, oldest: 99 }, 'too-new', /update the extension/],
  [{ protocol: 0 }, 'too-old', /update the command/],
])('versions that do not meet: %o', async (spoken, why, hint) => {
  const own = await stage({ host: { hello: () => ({ ...spoken, version: '9', pid: 1 }) }, hostSilent: true });
  const found = await stateOf(own)('unavailable');
  expect(found).toMatchObject({
    why,
    error: { code: 'PROTOCOL_VERSION', hint: expect.stringMatching(hint) },
  });
});

it('is there once, whoever waits for it', async () => {
  const own = await stage();
  own.connect('host-watch');
  await own.pass(0);
  expect(own.connects()).toBe(1);
});

it('is opened again with growing pauses, and calmly while somebody watches', async () => {
  const own = await stage({ hostMissing: true });
  await own.pass(120_000);
  const calm = own.connects();
  await own.pass(50_000);
  expect(own.connects() - calm).toBeLessThanOrEqual(1);
  const watch = own.connect('host-watch');
  await own.pass(0);
  const before = own.connects();
  await own.pass(20_000);
  expect(own.connects() - before).toBeGreaterThan(5);
  watch.close();
  await own.pass(120_000);
  const after = own.connects();
  await own.pass(50_000);
  expect(own.connects() - after).toBeLessThanOrEqual(1);
});

it('a host that goes away ends what runs; who asks for it then is told why there is none', async () => {
  const own = await stage();
  const { end } = await own.toPage();
  void end;
  own.endHost();
  await own.until(() => own.request().phase === 'ended');
  expect(own.request().ending).toMatchObject({ error: { code: 'HOST_LOST' } });
  await own.until(() => own.connects() === 2);
});

it('one that does not answer is given up in time', async () => {
  const own = await stage({ host: { hello: () => new Promise(() => {}) }, hostSilent: true });
  const state = stateOf(own);
  await own.pass(31_000);
  expect(await state('unavailable')).toMatchObject({ error: { code: expect.any(String) } });
});
