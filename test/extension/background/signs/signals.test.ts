import { expect, it } from 'vitest';
import { stage } from '../stage.ts';

const ENDING = {
  session: 'corp',
  startUrl: 'https://corp.awsapps.com/start',
  region: 'us-east-1',
  state: 'expiring',
  expiresAt: new Date(1_900_000_300_000).toISOString(),
  refreshableUntil: null,
  cacheFile: '/a.json',
};
const settings = { label: '', watch: false, ask: false, notifyExpiry: true };
const key = `expiry:corp:${ENDING.expiresAt}`;
const shown = (own: Awaited<ReturnType<typeof stage>>) =>
  own.browser.done.filter((one) => one === `notify ${key}`).length;

async function ending(more: object = {}) {
  const own = await stage({
    host: { 'sessions.list': () => ({ sessions: [ENDING] }) },
    local: { settings },
    ...more,
  });
  await own.pass(300);
  return own;
}

it('the icon and one notification of what ends, once in a browser session; a click begins the sign-in', async () => {
  const own = await ending();
  expect(own.browser.done).toContain('dot #c77700');
  expect(shown(own)).toBe(1);
  own.called.length = 0;
  await own.restart();
  await own.pass(300);
  expect(shown(own)).toBe(1);
  own.api().notifications?.onClicked.tell(key);
  await own.until(() => own.request()?.subject.target?.session === 'corp');
  own.api().notifications?.onClicked.tell('done:corp:1');
  expect(own.browser.done).toContain('popup');
});

it('none without the permission, and their clicks are heard from the moment it is given', async () => {
  const own = await stage({
    host: { 'sessions.list': () => ({ sessions: [ENDING] }) },
    local: { settings },
    missing: ['notifications'],
  });
  await own.pass(300);
  expect(shown(own)).toBe(0);
  own.browser.missing.clear();
  own.api().permissions.onAdded.tell({ permissions: ['notifications'] });
  await own.until(() => shown(own) === 1);
  expect(own.api().notifications?.onClicked.heard()).toBe(1);
});
