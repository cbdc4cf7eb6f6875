import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { authorizeUrl } from '../shared/approval/authorization-scenes.ts';
import { awsher, COMMAND } from '../support/awsher.ts';
import { OPEN_URL, startOpener } from '../support/clients/run.ts';
import { vouchesLeft } from '../support/foreign-code.ts';
import { shellEnv } from '../support/shell-env.ts';
import { until } from '../support/until.ts';

/** `awsher open-url` on a computer whose browsers do not run: everything goes to the next entry of $BROWSER. */

let home: string;
let browser: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'awsher-open-'));
  browser = join(home, 'browser');
  await mkdir(home, { recursive: true });
  await writeFile(browser, `#!/bin/sh\nprintf '%s|%s\\n' "$1" "$BROWSER" >> '${home}/opened'\n`);
  await chmod(browser, 0o755);
});
afterEach(() => rm(home, { recursive: true, force: true, maxRetries: 5 }));

/** Addresses that the person's own browser got, with the $BROWSER that it saw. */
const opened = async () =>
  (await readFile(join(home, 'opened'), 'utf8').catch(() => '')).split('\n').slice(0, -1);
const openUrl = (url: string) =>
  awsher(['open-url', url], shellEnv(home, { BROWSER: `${OPEN_URL}:${browser} %s` }), home);

const hasXdgOpen = existsSync('/usr/bin/xdg-open');
const DEVICE = 'https://corp.awsapps.com/start/#/device?user_code=ABCD-EFGH';

describe('open-url without a connected browser', () => {
  it.each([
    'https://example.com/?q=a%20b&c=d#e',
    'http://localhost:8888/tree?token=x',
    'file:///tmp/report.html',
    DEVICE,
    authorizeUrl(),
    // These imitate AWS.
    authorizeUrl({}, 'https://oidc.us-east-1.amazonaws.com.evil.example'),
    authorizeUrl({}, 'https://oidc.us-east-1.amazonaws.com@evil.example'),
    authorizeUrl({}, 'https://oidc.us-east-1.amazonaws.com:444'),
    authorizeUrl({ redirect_uri: 'https://evil.example/oauth/callback' }),
  ])('gives the address to the next browser, unchanged and never back to itself: %s', async (url) => {
    const { code, stdout, stderr } = await openUrl(url);
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: '', stderr: '' });
    await until(async () => (await opened()).length === 1);
    expect(await opened()).toEqual([`${url}|`]);
  });

  it.each(['', 'mailto:ana@example.com', 'javascript:alert(1)', 'awsher', '/etc/passwd'])(
    'takes no other address: %s',
    async (url) => {
      const { code, stderr } = await openUrl(url);
      expect(code).toBe(2);
      expect(stderr).toContain('[USAGE]');
      expect(await opened()).toEqual([]);
    },
  );

  it('goes by one word too, for tools that run $BROWSER as one', async () => {
    const env = shellEnv(home, { BROWSER: `${browser} %s` });
    await promisify(execFile)(process.execPath, [COMMAND.replace('awsher.js', 'awsher-open.js'), DEVICE], {
      env,
    });
    await until(async () => (await opened()).length === 1);
    expect(await opened()).toEqual([`${DEVICE}|`]);
  });

  it('needs an address', async () => {
    const { code, stderr } = await awsher(['open-url'], shellEnv(home), home);
    expect(code).toBe(2);
    expect(stderr).toContain('[USAGE]');
  });

  it('says so when there is no browser at all', async () => {
    const { code, stderr } = await awsher(['open-url', DEVICE], shellEnv(home, { PATH: '/nowhere' }), home);
    expect(code).toBe(1);
    expect(stderr).toContain('[BROWSER_MISSING]');
  });
});

describe('over SSH', () => {
  const ssh = { SSH_CONNECTION: '10.0.0.1 5 10.0.0.2 22' };

  it("opens no approval in the remote machine's browser: the tool has printed the address", async () => {
    await symlink(browser, join(home, 'xdg-open'));
    const env = { ...shellEnv(home, { ...ssh, BROWSER: OPEN_URL }), PATH: `${home}:${process.env.PATH}` };
    const { code, stderr } = await awsher(['open-url', DEVICE], env, home);
    expect(code).toBe(1);
    expect(stderr).toContain('[BROWSER_MISSING]');
    expect(await opened()).toEqual([]);
  });

  it("gives it to the editor's own way to the person's browser", async () => {
    const env = shellEnv(home, { ...ssh, BROWSER: `${OPEN_URL}:${browser}` });
    expect((await awsher(['open-url', DEVICE], env, home)).code).toBe(0);
    await until(async () => (await opened()).length === 1);
  });
});

describe('the word that is left for a browser that comes up later', () => {
  const handOver = async (words: string[], through = '$BROWSER') => {
    const own = { browser: `${OPEN_URL}:${browser} %s`, through };
    const tool = await startOpener({ home, env: shellEnv(home) }, words, DEVICE, own);
    expect((await tool.finished).code).toBe(0);
  };

  it('is left for a known sign-in command, with no code in it', async () => {
    await handOver(['aws', '--profile', 'dev', 'sso', 'login']);
    const text = await readFile(join(home, '.local/state/awsher/vouches.json'), 'utf8');
    expect(JSON.parse(text)).toMatchObject([{ command: 'aws sso login', pid: expect.any(Number) }]);
    expect(text).not.toContain('ABCD-EFGH');
  });

  it.runIf(hasXdgOpen)('is left through the real xdg-open too, as aws-vault has it opened', async () => {
    await handOver(['aws-vault', 'login', 'dev'], 'xdg-open');
    const text = await readFile(join(home, '.local/state/awsher/vouches.json'), 'utf8');
    expect(JSON.parse(text)).toMatchObject([{ command: 'aws-vault login' }]);
    await until(async () => (await opened()).length === 1);
    expect(await opened()).toEqual([`${DEVICE}|`]);
  });

  it('is not left while another endpoint than that of AWS gives the codes', async () => {
    await mkdir(join(home, '.aws'), { recursive: true });
    await writeFile(
      join(home, '.aws/config'),
      '[profile dev]\nservices = x\n[services x]\nsso_oidc =\n  endpoint_url = http://127.0.0.1:9\n',
    );
    await handOver(['aws', '--profile', 'dev', 'sso', 'login']);
    expect(vouchesLeft(home)).toBe(0);
    expect(await opened()).toHaveLength(1);
  });

  it('is not left for what a sign-in tool wraps', async () => {
    await handOver(['aws-vault', 'exec', 'dev', '--', 'sh']);
    expect(vouchesLeft(home)).toBe(0);
  });

  it('is not left for a link without one: the notice is what protects then', async () => {
    await handOver(['mutt']);
    expect(vouchesLeft(home)).toBe(0);
    expect(await opened()).toHaveLength(1);
  });
});
