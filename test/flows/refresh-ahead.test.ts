import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'vitest';
import { addNotes, readNotes } from '../../native-host/aws/tokens/session-notes.ts';
import { HELLO, type RealHost, startHost, took } from '../native-host/programs/host/real-host.ts';
import { corpConfig, openHome } from '../support/credentials/home.ts';
import { atEndOfFile } from '../support/end-of-file.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** A home of the test's own, so that it waits beside the others: signed in a while ago, with so much left of the hour. */
async function signedIn(left: number) {
  const home = await openHome();
  atEndOfFile(() => home.close());
  home.config(corpConfig(home.idc));
  await home.signIn();
  home.changeToken('corp', { expiresAt: Date.now() + left });
  addNotes(home.paths, 'corp', { refreshedAt: Date.now() - 40 * MINUTE });
  let told = 0;

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
    atEndOfFile(async () => {
      host.child.kill('SIGKILL');
      await host.ended;
    });
    await host.extension.call('hello', HELLO);
    return host;
  }

  return {
    home,
    start,
    told: () => told,
    /** The sign-in itself was the first. */
    refreshes: () => home.idc.count('CreateToken') - 1,
    log: () => home.read('.local/state/awsher/host.log'),
  };
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe.concurrent('a running host', () => {
  it('renews a token just before other tools would, tells the extension, and loads the SDK only then', async ({
    expect,
  }) => {
    const { home, start, told, refreshes, log } = await signedIn(20 * MINUTE + 4_000);
    const loads = join(home.home, 'loads');
    const spy = home.write(
      'spy.cjs',
      `const { _load } = require('node:module');
       require('node:module')._load = function (name, ...rest) {
         if (/clients-|dist-cjs|renew-ahead/.test(name)) require('node:fs').appendFileSync(${JSON.stringify(loads)}, Date.now() + ' ' + name + '\\n');
         return _load.call(this, name, ...rest);
       };`,
    );
    writeFileSync(loads, '');
    const before = home.token('corp');
    const { usedAt } = readNotes(home.paths, 'corp');
    const host = await start({ NODE_OPTIONS: `--require ${spy}` });
    await expect.poll(told, { timeout: 30_000 }).toBe(1);
    // The host looks a second after its start, and then again when the token is due.
    const due = before.expiresAt - 20 * MINUTE;
    const loaded = readFileSync(loads, 'utf8').trim().split('\n');
    expect(loaded.filter((line) => Number.parseInt(line, 10) < due)).toEqual([]);
    const renewal = home.idc.requests.findLast(({ operation }) => operation === 'CreateToken');
    expect(renewal?.time).toBeGreaterThanOrEqual(due);
    expect(refreshes()).toBe(1);
    const after = home.token('corp');
    expect(after.expiresAt - Date.now()).toBeGreaterThan(59 * MINUTE);
    expect(after.refreshToken?.expose()).not.toBe(before.refreshToken?.expose());
    expect(loaded.join()).toMatch(/renew-ahead/);
    expect(log()).toContain('renewed the token of session corp ahead of time, until ');
    for (const secret of home.idc.secrets) expect(log()).not.toContain(secret);
    // What keeps a session alive is not what uses it.
    expect(readNotes(home.paths, 'corp').usedAt).toBe(usedAt);
    expect((await host.extension.call('sessions.list', {})).sessions).toMatchObject([{ state: 'valid' }]);
  });

  it('makes one renewal of it together with every other host, and tells its extension', async ({
    expect,
  }) => {
    const { start, told, refreshes } = await signedIn(10 * MINUTE);
    await Promise.all([start(), start(), start()]);
    // A host that first looks after the renewal has seen no change, and says nothing.
    await expect.poll(told, { timeout: 30_000 }).toBeGreaterThanOrEqual(1);
    expect(refreshes()).toBe(1);
  });

  it('leaves alone what was not used for a day', async ({ expect }) => {
    const { home, start, told, refreshes } = await signedIn(MINUTE);
    addNotes(home.paths, 'corp', { usedAt: Date.now() - DAY - MINUTE });
    await start();
    await pause(3_500);
    expect([refreshes(), told()]).toEqual([0, 0]);
  });

  it('stays quiet after AWS has said no, and lives on', async ({ expect }) => {
    const { home, start, refreshes, log } = await signedIn(MINUTE);
    home.idc.endPortalSessions();
    const host = await start();
    await expect.poll(refreshes, { timeout: 30_000 }).toBe(1);
    await expect.poll(log, { timeout: 30_000 }).toContain('the portal session of session corp has ended');
    await start();
    await pause(3_000);
    expect(refreshes()).toBe(1);
    await expect(host.extension.call('sessions.list', {})).resolves.toBeDefined();
  });

  it('lives on when AWS cannot be reached, with the code of the error in its log and no address', async ({
    expect,
  }) => {
    const { start, log } = await signedIn(-MINUTE);
    const host = await start({ AWS_ENDPOINT_URL_SSO_OIDC: 'http://127.0.0.1:9' });
    await expect.poll(log, { timeout: 30_000 }).toContain('could not be renewed: NETWORK');
    expect(log()).not.toMatch(/127\.0\.0\.1|http/);
    await expect(host.extension.call('sessions.list', {})).resolves.toBeDefined();
    expect(host.child.exitCode).toBeNull();
  });

  it('that is to end in the middle of a renewal first brings the new token home', async ({ expect }) => {
    const { home, start, refreshes } = await signedIn(MINUTE);
    home.idc.faults.add({ operation: 'CreateToken', times: 1, delayMs: 700 });
    const before = home.token('corp').accessToken.expose();
    const host = await start();
    await expect.poll(() => home.idc.faults.armed('CreateToken'), { timeout: 30_000 }).toBe(false);
    host.closeStdin();
    await host.ended;
    expect(refreshes()).toBe(1);
    expect(home.token('corp').accessToken.expose()).not.toBe(before);
  });

  it('that is to end does not wait for an answer that does not come', async ({ expect }) => {
    const { home, start } = await signedIn(MINUTE);
    home.idc.faults.add({ operation: 'CreateToken', times: 1, delayMs: 30_000 });
    const host = await start();
    await expect.poll(() => home.idc.faults.armed('CreateToken'), { timeout: 30_000 }).toBe(false);
    host.closeStdin();
    // On a busy machine, too; the renewal itself gives up after ten seconds.
    expect(await took(host.ended)).toBeLessThan(7_000);
    expect((await host.ended).code).toBe(0);
  });
});
