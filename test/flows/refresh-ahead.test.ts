import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addNotes, readNotes } from '../../native-host/aws/tokens/session-notes.ts';
import { HELLO, type RealHost, startHost, took } from '../native-host/programs/host/real-host.ts';
import { corpConfig, type Home, openHome } from '../support/credentials/home.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
let home: Home;
const hosts: RealHost[] = [];
let told: number;

beforeEach(async () => {
  home = await openHome();
  home.config(corpConfig(home.idc));
  told = 0;
});
afterEach(async () => {
  for (const host of hosts.splice(0)) {
    host.child.kill('SIGKILL');
    await host.ended;
  }
  await home.close();
});

async function start(env: Record<string, string> = {}): Promise<RealHost> {
  const host = startHost({
    home: home.home,
    env: { ...home.env, ...env },
    handlers: {
      'sessions.changed': () => {
        told += 1;
      },
    },
  });
  hosts.push(host);
  await host.extension.call('hello', HELLO);
  return host;
}

/** Signed in a while ago, with so much left of the hour. */
async function signedIn(left: number): Promise<void> {
  await home.signIn();
  home.changeToken('corp', { expiresAt: Date.now() + left });
  addNotes(home.paths, 'corp', { refreshedAt: Date.now() - 40 * MINUTE });
}

const refreshes = () => home.idc.count('CreateToken') - 1; // The sign-in itself was the first.
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const log = () => home.read('.local/state/awsher/host.log');

describe('a running host', () => {
  it('renews a token just before other tools would, tells the extension, and loads the SDK only then', async () => {
    const loads = join(home.home, 'loads');
    const spy = home.write(
      'spy.cjs',
      `const { _load } = require('node:module');
       require('node:module')._load = function (name, ...rest) {
         if (/clients-|dist-cjs|renew-ahead/.test(name)) require('node:fs').appendFileSync(${JSON.stringify(loads)}, name + '\\n');
         return _load.call(this, name, ...rest);
       };`,
    );
    writeFileSync(loads, '');
    await signedIn(20 * MINUTE + 4_000);
    const before = home.token('corp');
    const { usedAt } = readNotes(home.paths, 'corp');
    const host = await start({ NODE_OPTIONS: `--require ${spy}` });
    await pause(3_000);
    expect([refreshes(), told, readFileSync(loads, 'utf8')]).toEqual([0, 0, '']);
    await expect.poll(() => told, { timeout: 10_000 }).toBe(1);
    expect(refreshes()).toBe(1);
    const after = home.token('corp');
    expect(after.expiresAt - Date.now()).toBeGreaterThan(59 * MINUTE);
    expect(after.refreshToken?.expose()).not.toBe(before.refreshToken?.expose());
    expect(readFileSync(loads, 'utf8')).toMatch(/renew-ahead/);
    expect(log()).toContain('renewed the token of session corp ahead of time, until ');
    for (const secret of home.idc.secrets) expect(log()).not.toContain(secret);
    // What keeps a session alive is not what uses it.
    expect(readNotes(home.paths, 'corp').usedAt).toBe(usedAt);
    expect((await host.extension.call('sessions.list', {})).sessions).toMatchObject([{ state: 'valid' }]);
  });

  it('makes one renewal of it together with every other host, and tells its extension', async () => {
    await signedIn(10 * MINUTE);
    await Promise.all([start(), start(), start()]);
    // A host that first looks after the renewal has seen no change, and says nothing.
    await expect.poll(() => told, { timeout: 10_000 }).toBeGreaterThanOrEqual(1);
    expect(refreshes()).toBe(1);
  });

  it('leaves alone what was not used for a day', async () => {
    await signedIn(MINUTE);
    addNotes(home.paths, 'corp', { usedAt: Date.now() - DAY - MINUTE });
    await start();
    await pause(3_500);
    expect([refreshes(), told]).toEqual([0, 0]);
  });

  it('stays quiet after AWS has said no, and lives on', async () => {
    await signedIn(MINUTE);
    home.idc.endPortalSessions();
    const host = await start();
    await expect.poll(refreshes, { timeout: 10_000 }).toBe(1);
    await expect.poll(log).toContain('the portal session of session corp is over');
    await start();
    await pause(3_000);
    expect(refreshes()).toBe(1);
    await expect(host.extension.call('sessions.list', {})).resolves.toBeDefined();
  });

  it('lives on when AWS cannot be reached, with the code of the error in its log and no address', async () => {
    await signedIn(-MINUTE);
    const host = await start({ AWS_ENDPOINT_URL_SSO_OIDC: 'http://127.0.0.1:9' });
    await expect.poll(log, { timeout: 20_000 }).toContain('could not be renewed: NETWORK');
    expect(log()).not.toMatch(/127\.0\.0\.1|http/);
    await expect(host.extension.call('sessions.list', {})).resolves.toBeDefined();
    expect(host.child.exitCode).toBeNull();
  });

  it('that is to end in the middle of a renewal first brings the new token home', async () => {
    await signedIn(MINUTE);
    home.idc.faults.add({ operation: 'CreateToken', delayMs: 700 });
    const before = home.token('corp').accessToken.expose();
    const host = await start();
    await pause(2_400);
    host.closeStdin();
    await host.ended;
    expect(refreshes()).toBe(1);
    expect(home.token('corp').accessToken.expose()).not.toBe(before);
  });

  it('that is to end does not wait for an answer that does not come', async () => {
    await signedIn(MINUTE);
    home.idc.faults.add({ operation: 'CreateToken', delayMs: 30_000 });
    const host = await start();
    await pause(2_400);
    host.closeStdin();
    // On a busy machine, too; the answer would take twice as long.
    expect(await took(host.ended)).toBeLessThan(15_000);
    expect((await host.ended).code).toBe(0);
  });
});
