import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { awsher } from '../support/awsher.ts';
import { type RunningLine, runLine, startLine } from '../support/command-line.ts';
import { tokenFiles } from '../support/home-files.ts';
import { type IdentityCenter, startIdentityCenter } from '../support/identity-center/index.ts';
import { asSecondUser, NO_SECOND_USER } from '../support/second-user.ts';
import { shellEnv } from '../support/shell-env.ts';
import { until } from '../support/until.ts';

let home: string;
let idc: IdentityCenter;
let env: Record<string, string>;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'awsher-pkce-'));
  idc = await startIdentityCenter();
  // A browser of this computer that has no awsher: it notes the address, and the test goes there.
  const script = join(home, 'browser.sh');
  await writeFile(
    script,
    `#!/bin/sh\necho "$1" > '${join(home, 'opened')}.part' && mv '${join(home, 'opened')}.part' '${join(home, 'opened')}'\n`,
    { mode: 0o755 },
  );
  env = shellEnv(home, { ...idc.endpoints, BROWSER: script });
});
afterEach(async () => {
  await idc.close();
  await rm(home, { recursive: true, force: true });
});

const corp = () => ['corp', '--start-url', idc.startUrl, '--region', 'us-east-1'];

/** The address that the browser was given. */
async function openedAddress(): Promise<URL> {
  const file = join(home, 'opened');
  await until(() =>
    readFile(file).then(
      () => true,
      () => false,
    ),
  );
  return new URL((await readFile(file, 'utf8')).trim());
}

/** Starts a sign-in, and lets AWS have the request: where the person's browser goes after their word. */
async function begin(
  ...args: string[]
): Promise<{ running: RunningLine; asked: URL; answer(decision?: 'allow' | 'deny'): URL }> {
  const running = startLine(['login', ...corp(), '--flow', 'pkce', ...args], env);
  const asked = await openedAddress();
  expect((await fetch(asked, { redirect: 'manual' })).status).toBe(302);
  return { running, asked, answer: (decision) => new URL(idc.settleAuthorization(decision)) };
}

describe('login in a terminal, with a browser of this computer', () => {
  it('goes by PKCE, and the answer comes back to a port that is gone afterwards', async () => {
    const { running, asked, answer } = await begin('--json');
    const back = answer();
    const page = await fetch(back);
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('close this tab')]);
    const { code, stdout, stderr } = await running.finished;
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(JSON.parse(stdout)).toMatchObject({ session: 'corp', how: 'pkce', flow: 'pkce', browser: null });
    expect((await tokenFiles(home)).map(({ mode }) => mode)).toEqual([0o600]);
    await expect(fetch(back)).rejects.toThrow('fetch failed');
    expect(idc.deviceCodes).toEqual([]);
    expect(asked.searchParams.get('scopes')).toBe('sso:account:access');
  });

  it('renews a token that came so, as its client', async () => {
    const { running, answer } = await begin();
    await fetch(answer());
    expect((await running.finished).code).toBe(0);
    const [file] = await tokenFiles(home);
    const path = join(home, '.aws/sso/cache', file?.name ?? '');
    const token = JSON.parse(file?.text ?? '');
    await writeFile(path, JSON.stringify({ ...token, expiresAt: '2020-01-01T00:00:00Z' }), { mode: 0o600 });
    const again = await awsher(['login', 'corp', '--json'], env);
    expect(JSON.parse(again.stdout)).toMatchObject({ how: 'refreshed', flow: null });
  });

  it('tells the truth about a no', async () => {
    const { running, answer } = await begin();
    await fetch(answer('deny'));
    const { code, stderr } = await running.finished;
    expect(code).toBe(3);
    expect(stderr).toContain('[SIGN_IN_DENIED]');
    expect(await tokenFiles(home)).toEqual([]);
  });

  it('takes no other answer: another state, another path, another method, a second code', async () => {
    const { running, answer } = await begin();
    const back = answer();
    const changed = (change: (url: URL) => void) => {
      const url = new URL(back);
      change(url);
      return url;
    };
    const wrong: [URL, RequestInit?][] = [
      [changed((url) => url.searchParams.set('state', 'x'))],
      [changed((url) => url.searchParams.delete('state'))],
      [changed((url) => url.searchParams.append('code', 'x'))],
      [changed((url) => (url.pathname = '/'))],
      [back, { method: 'POST' }],
    ];
    for (const [url, init] of wrong) expect((await fetch(url, init)).status).toBe(404);
    await sendLine(back, 'GET http://evil.example/oauth/callback?x HTTP/1.1\r\nHost: evil.example\r\n\r\n');
    expect(await tokenFiles(home)).toEqual([]);
    expect((await fetch(back)).status).toBe(200);
    expect((await running.finished).code).toBe(0);
  });

  it.skipIf(NO_SECOND_USER)('takes no answer of another user, even the right one', async () => {
    const { running, answer } = await begin();
    const back = answer();
    const stranger = asSecondUser(
      `fetch(${JSON.stringify(back.href)}).then(({ status }) => console.log(status))`,
    );
    expect(await stranger.line).toBe('404');
    stranger.stop();
    expect(await tokenFiles(home)).toEqual([]);
    expect((await fetch(back)).status).toBe(200);
    expect((await running.finished).code).toBe(0);
  });

  it('ends at its deadline, and the port with it', async () => {
    const { running, answer } = await begin('--timeout', '3');
    expect((await running.finished).stderr).toContain('[SIGN_IN_TIMEOUT]');
    await expect(fetch(answer())).rejects.toThrow('fetch failed');
  });
});

describe('which way', () => {
  it.each([
    ['--flow device', ['--flow', 'device'], {}],
    ['--no-browser', ['--no-browser'], {}],
    ['over SSH', [], { SSH_CONNECTION: '1 2 3 4' }],
  ])('%s: a code on a page', async (_, args, more) => {
    const running = startLine(['login', ...corp(), ...args], { ...env, ...more });
    await running.until(/Code {3}[A-Z0-9]{4}-/);
    idc.deny(idc.deviceCodes[0]?.userCode ?? '');
    expect((await running.finished).code).toBe(3);
  });

  it('the settings say it of a session', async () => {
    const folder = join(home, '.config/awsher');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'config.ini'), '[sessions.corp]\nflow = device\n');
    const running = startLine(['login', ...corp()], env);
    await running.until(/Code {3}[A-Z0-9]{4}-/);
    idc.deny(idc.deviceCodes[0]?.userCode ?? '');
    await running.finished;
  });

  it('no code where the settings say never: PKCE, or one sentence', async () => {
    const folder = join(home, '.config/awsher');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'config.ini'), 'device_codes = never\n[sessions.corp]\nflow = device\n');
    for (const [args, more] of [
      [['--flow', 'device'], {}],
      [['--no-browser'], {}],
      [[], { SSH_CONNECTION: '1 2 3 4' }],
    ] as const) {
      expect(await runLine(['login', ...corp(), ...args], { ...env, ...more })).toMatchObject({
        code: 3,
        stderr: expect.stringContaining('Device codes are turned off on this computer.'),
      });
    }
    expect(idc.count('StartDeviceAuthorization')).toBe(0);
    const { running, answer } = await begin();
    await fetch(answer());
    expect((await running.finished).code).toBe(0);
  });

  it('PKCE without a browser is refused in one sentence, and so is an unknown word', async () => {
    const far = await runLine(['login', ...corp(), '--flow', 'pkce', '--no-browser'], env);
    expect(far).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('PKCE needs a browser that awsher can open'),
    });
    const unknown = await runLine(['login', ...corp(), '--flow', 'saml'], env);
    expect(unknown).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('does not accept `saml`. Use one of auto, device, pkce.'),
    });
  });
});

/** A request line that no URL of fetch can send. */
const sendLine = (to: URL, text: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const socket = createConnection(Number(to.port), to.hostname, () => socket.write(text));
    socket.once('data', () => {
      socket.destroy();
      resolve();
    });
    socket.once('error', reject);
  });
