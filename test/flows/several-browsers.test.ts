import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HELLO, type RealHost, startHost } from '../native-host/programs/host/real-host.ts';
import { awsher } from '../support/awsher.ts';
import { type Home, openHome } from '../support/credentials/home.ts';
import { until } from '../support/until.ts';

let home: Home;
let hosts: RealHost[];
/** Labels of the browsers that were asked to sign in. */
let asked: string[];

beforeEach(async () => {
  home = await openHome();
  hosts = [];
  asked = [];
});
afterEach(async () => {
  for (const host of hosts) {
    host.closeStdin();
    await host.ended;
  }
  await home.close();
});

/** A browser with awsher: a real host, and an extension that signs in at once. */
async function connect(browser: string, label: string): Promise<RealHost> {
  const host = startHost({
    home: home.home,
    env: home.env,
    handlers: {
      'signin.start': () => {
        asked.push(label);
        return Promise.resolve({ expiresAt: '2030-01-01T00:00:00Z', cacheFile: '/dev/null', browser });
      },
    },
  });
  hosts.push(host);
  await host.extension.call('hello', { ...HELLO, browser, label });
  return host;
}

const login = (...more: string[]) =>
  awsher(
    [
      'login',
      'corp',
      '--start-url',
      home.idc.startUrl,
      '--region',
      home.idc.region,
      '--force',
      '--json',
      ...more,
    ],
    home.env,
  );
function settings(text: string): void {
  mkdirSync(home.paths.configDir, { recursive: true });
  writeFileSync(join(home.paths.configDir, 'config.ini'), text);
}

describe('several browsers at once', () => {
  it('--browser, else the pin of the session, else the one used last', async () => {
    await connect('chromium', 'work');
    await connect('firefox', 'home');
    expect((await login('--browser', 'work')).code).toBe(0);
    // Not the one that came last.
    expect((await login()).code).toBe(0);
    settings('[browsers]\ncorp = home\nother = work\n');
    expect((await login()).code).toBe(0);
    expect((await login('--browser', 'chromium')).code).toBe(0);
    settings('[browsers]\ncorp = firefox\n');
    expect((await login()).code).toBe(0);
    expect(asked).toEqual(['work', 'work', 'home', 'work', 'home']);
  });

  it('a pinned browser that is not there: no other one takes its place', async () => {
    await connect('chromium', 'work');
    settings('[browsers]\ncorp = private\n');
    const { code, stdout, stderr } = await login();
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/sign this session in with the browser "private", which is not connected/);
    expect(stderr).toContain('connected: work (chromium)');
    expect(asked).toEqual([]);
    expect((await login('--browser', 'work')).code).toBe(0);
  });

  it('a pin that is no name of a browser is said, with its place', async () => {
    settings('[browsers]\ncorp =\n');
    const { code, stderr } = await login();
    expect(code).not.toBe(0);
    expect(stderr).toMatch(/config\.ini: The setting "browsers\.corp"/);
  });

  it('`status` says who is connected, on stderr; --json stays the array that it is', async () => {
    home.write(
      '.aws/config',
      `[sso-session corp]\nsso_start_url = ${home.idc.startUrl}\nsso_region = us-east-1\n`,
    );
    expect((await awsher(['status'], home.env)).stderr).not.toContain('Connected');
    await connect('chromium', 'work');
    const firefox = await connect('firefox', '');
    for (const args of [['status'], ['status', '--verbose']]) {
      const { stdout, stderr } = await awsher(args, home.env);
      expect(stderr).toContain('Connected: firefox, work (chromium).');
      expect(stdout).not.toContain('Connected');
    }
    const json = await awsher(['status', '--json'], home.env);
    expect([JSON.parse(json.stdout).length, json.stderr]).toEqual([1, '']);
    expect((await awsher(['status', '--quiet'], home.env)).stderr).not.toContain('Connected');
    // Killed, so that its record stays behind.
    firefox.child.kill('SIGKILL');
    await firefox.ended;
    await until(async () =>
      (await awsher(['status'], home.env)).stderr.includes('Connected: work (chromium).'),
    );
  });
});
