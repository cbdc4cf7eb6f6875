import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { settingsFile } from '../../native-host/base/files/own-config.ts';
import { readSettings } from '../../native-host/features/settings/own-settings.ts';
import { COMMAND } from '../support/awsher.ts';
import { createTestAuthority } from '../support/certificates.ts';
import { runLine } from '../support/command-line.ts';
import { type Home, openHome } from '../support/credentials/home.ts';

const TEAM = `
[sessions.acme]
start_url = "https://acme.awsapps.com/start"
region = "eu-central-1"

[profiles]
template = "{account_name|slug}/{role}"
exclude = ["*sandbox*"]

[accounts."*-prod"]
label = "Production"
color = "red"

[production]
accounts = ["*-prod"]
`;
const MINE = '# mine\n[profile own]\nregion=x';
let home: Home;

beforeEach(async () => {
  home = await openHome();
});
afterEach(() => home.close());

const run = (...args: string[]) => runLine(['import', ...args], home.env);
const config = () => readFileSync(home.paths.configFile, 'utf8');

describe('awsher import FILE', () => {
  it('shows what it would do, does it with --yes, and then has nothing to do', async () => {
    home.config(MINE);
    const file = home.write('team.toml', TEAM);
    const looked = await run(file, '--dry-run');
    expect({ code: looked.code, stdout: looked.stdout }).toEqual({ code: 0, stdout: '' });
    expect(looked.stderr).toContain('+[sso-session acme]\n');
    expect(looked.stderr).toContain('+template = {account_name|slug}/{role}\n');
    expect(looked.stderr).toContain('Nothing was written');
    const refused = await run(file);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('no terminal to ask you on');
    expect(config()).toBe(MINE);
    expect(existsSync(settingsFile(home.paths))).toBe(false);

    const done = await run(file, '--yes');
    expect(done.code, done.stderr).toBe(0);
    expect(done.stderr).toContain('awsher login acme');
    expect(config()).toBe(
      `${MINE}\n\n[sso-session acme]\nsso_start_url = https://acme.awsapps.com/start\nsso_region = eu-central-1\nsso_registration_scopes = sso:account:access`,
    );
    expect(readSettings(home.paths)).toEqual({
      profiles: { template: '{account_name|slug}/{role}', exclude: ['*sandbox*'] },
      accounts: { '*-prod': { label: 'Production', color: 'red' } },
      production: { accounts: ['*-prod'] },
    });
    expect(statSync(settingsFile(home.paths)).mode & 0o777).toBe(0o600);
    const again = await run(file, '--json');
    expect(JSON.parse(again.stdout)).toEqual({
      source: file,
      sessions: ['acme'],
      changed: false,
      written: false,
      diff: '',
    });
    expect((await runLine(['profiles', 'undo'], home.env)).code).toBe(0);
    expect(config()).toBe(MINE);
  });

  it('says how sessions sign in, and leaves alone what it says nothing of', async () => {
    home.write(
      '.config/awsher/config.ini',
      '[sessions.acme]\nendpoints = ipv4\n[sessions.mine]\nflow = pkce\n',
    );
    const team = (more: string) =>
      `device_codes = "never"\n${TEAM.replace('[profiles]', `${more}\n[profiles]`)}`;
    await run(home.write('team.toml', team('flow = "pkce"\nendpoints = "dual-stack"')), '--yes');
    expect(readSettings(home.paths)).toMatchObject({
      device_codes: 'never',
      sessions: { acme: { flow: 'pkce', endpoints: 'dual-stack' }, mine: { flow: 'pkce' } },
    });
    await run(home.write('team.toml', team('flow = "auto"')), '--yes');
    expect(readSettings(home.paths).sessions).toMatchObject({
      acme: { flow: 'pkce' },
      mine: { flow: 'pkce' },
    });
    const wrong = await run(home.write('team.toml', team('flow = "ipv4"')), '--yes');
    expect(wrong).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('"sessions.acme.flow" is not one of auto, device, pkce.'),
    });
  });

  it("takes back what the team's file no longer says, and keeps the rest", async () => {
    await run(home.write('team.toml', TEAM), '--yes');
    const next = await run(home.write('next.json', '{"profiles":{"output":"json"}}'), '--yes');
    expect(next.code, next.stderr).toBe(0);
    expect(next.stderr).toContain('-template = ');
    expect(readSettings(home.paths)).toMatchObject({ profiles: { output: 'json' }, production: {} });
  });

  it('never moves a session to another portal, and writes nothing then', async () => {
    const other =
      '[sso-session acme]\nsso_start_url = https://other.awsapps.com/start\nsso_region = eu-central-1\n';
    home.config(other);
    const { code, stderr } = await run(home.write('team.toml', TEAM), '--yes');
    expect(code).toBe(2);
    expect(stderr).toContain('[SESSION_CONFLICT]');
    expect(config()).toBe(other);
    expect(existsSync(settingsFile(home.paths))).toBe(false);
  });

  it.each([
    [
      'team.toml',
      '[profiles]\ncredential_process = "sh"',
      /there is no setting "profiles.credential_process"/,
    ],
    ['team.json', '{', /this is not JSON/],
    ['team.yaml', 'a: b', /does not end in \.toml, \.ini or \.json/],
    ['team.ini', `x=${'y'.repeat(300_000)}`, /larger than 256 KiB/],
  ])('refuses %s with a sentence, and writes nothing', async (name, text, words) => {
    const { code, stdout, stderr } = await run(home.write(name, text), '--yes');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(words);
    expect(existsSync(home.paths.configFile)).toBe(false);
  });
});

describe('awsher import https://…', () => {
  let server: Server;
  let base: string;
  let env: Record<string, string>;
  let asked: string[];

  beforeEach(async () => {
    const authority = await createTestAuthority();
    asked = [];
    server = createServer(await authority.issue('localhost'), (request, response) => {
      asked.push(`${request.method} ${request.url} ${JSON.stringify(request.headers)}`);
      const path = new URL(request.url ?? '/', 'https://localhost').pathname;
      if (path === '/moved') response.writeHead(302, { location: '/team.toml' }).end();
      else if (path === '/away') response.writeHead(302, { location: 'http://localhost/team.toml' }).end();
      else if (path === '/round') response.writeHead(302, { location: '/round' }).end();
      else if (path === '/page.toml') response.writeHead(200, { 'content-type': 'text/html' }).end('<p>');
      else if (path === '/endless.toml') {
        response.writeHead(200);
        // To the end of the connection, and no longer: it would go on beside every later test of the worker.
        const more = (error?: Error | null): void => {
          if (!error) response.write('#'.repeat(65_536), (failed) => setImmediate(more, failed));
        };
        more();
      } else if (path === '/team.toml') response.end(TEAM);
      else response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    base = `https://localhost:${typeof address === 'object' ? address?.port : ''}`;
    env = { ...home.env, AWS_CA_BUNDLE: home.write('ca.pem', authority.caPem) };
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it('fetches it, through redirects, with the roots of AWS_CA_BUNDLE and no secret of ours', async () => {
    const { code, stdout, stderr } = await runLine(
      ['import', `${base}/moved?key=hush`, '--yes', '--json'],
      env,
    );
    expect(code, stderr).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ source: 'moved', written: true });
    expect(stdout + stderr).not.toContain('hush');
    expect(asked).toHaveLength(2);
    expect(asked.join()).not.toMatch(/authorization|cookie/i);
    expect(config()).toContain('[sso-session acme]');
  });

  it.each([
    ['/away', /redirects to an address that does not begin with https/],
    ['/round', /redirects forever/],
    ['/page.toml', /is a web page, not a file/],
    ['/endless.toml', /larger than 256 KiB/],
    ['/none.toml', /returned status 404/],
  ])('refuses %s, and writes nothing', async (path, words) => {
    const { code, stderr } = await runLine(['import', base + path, '--yes'], env);
    expect(code).not.toBe(0);
    expect(stderr).toMatch(words);
    expect(existsSync(home.paths.configFile)).toBe(false);
  });

  it('refuses http, a password in the address, and a server that it does not trust', async () => {
    for (const [address, words] of [
      ['http://localhost/team.toml', /does not begin with https/],
      ['https://me:hush@localhost/team.toml', /contains a user name or password/],
    ] as const) {
      const { code, stderr } = await runLine(['import', address, '--yes'], env);
      expect(code).toBe(2);
      expect(stderr).toMatch(words);
      expect(stderr).not.toContain('hush');
    }
    const { code, stderr } = await runLine(['import', `${base}/team.toml`, '--yes'], home.env);
    expect(code).toBe(1);
    expect(stderr).toMatch(/could not be reached.*\[NETWORK\]/);
    expect(asked).toEqual([]);
    expect(existsSync(join(home.home, '.aws'))).toBe(false);
  });
});

describe('awsher import -', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 130],
  ] as const)('ends on %s while nobody writes', async (signal, code) => {
    const child = spawn(process.execPath, [COMMAND, 'import', '-', '--format', 'toml'], { env: home.env });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      said += chunk;
    });
    // More than a pipe holds: once it is written, the command reads.
    await new Promise<void>((resolve) => child.stdin.write('# half a line'.repeat(19_000), () => resolve()));
    const ended = once(child, 'close');
    child.kill(signal);
    expect(await ended).toEqual([code, null]);
    expect(said).toContain('[INTERRUPTED]');
    expect(existsSync(home.paths.configFile)).toBe(false);
  });
});
