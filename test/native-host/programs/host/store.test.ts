import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acquireLock, LOCK_PATIENCE_MS } from '../../../../native-host/base/files/lock.ts';
import { saveRegistration } from '../../../../native-host/base/files/registrations.ts';
import { tokenLockName } from '../../../../native-host/base/files/token-cache.ts';
import { hashCode, leaveVouch } from '../../../../native-host/base/files/vouches.ts';
import { encodeFrame } from '../../../../native-host/base/link/frames.ts';
import { STORE_DEADLINE_MS } from '../../../../shared/limits.ts';
import { Secret } from '../../../../shared/secret.ts';
import { makeSandbox, type Sandbox } from '../../base/files/sandbox.ts';
import { HELLO, type RealHost, startHost } from './real-host.ts';

let sandbox: Sandbox;
let host: RealHost;

beforeEach(() => {
  sandbox = makeSandbox();
  host = startHost({ home: sandbox.home });
});
afterEach(async () => {
  host.child.kill('SIGKILL');
  await host.ended;
  sandbox.remove();
});

const target = {
  session: 'corp',
  startUrl: 'https://corp.awsapps.com/start',
  region: 'us-east-1',
  scopes: ['sso:account:access'],
};
const seconds = Math.floor(Date.now() / 1000);
const client = { clientId: 'marker-client', clientSecret: 'marker-secret', expiresAt: seconds + 90 * 86_400 };
const token = {
  target,
  clientId: client.clientId,
  accessToken: 'marker-access',
  refreshToken: 'marker-refresh',
  expiresIn: 3_600,
  writeSection: false,
};
const cacheName = (key: string) => `${createHash('sha1').update(key).digest('hex')}.json`;
const cacheFile = () => join(sandbox.paths.ssoCacheDir, cacheName('corp'));
const mode = (path: string) => (fs.lstatSync(path).mode & 0o777).toString(8);

/** Every file below the home whose text has a word in it. */
function filesWith(word: string): string[] {
  const names = fs.readdirSync(sandbox.home, { recursive: true, withFileTypes: true });
  return names
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => fs.readFileSync(file).includes(word));
}

describe('token.store', () => {
  beforeEach(() => {
    const kept = {
      ...client,
      clientSecret: new Secret(client.clientSecret),
      expiresAt: client.expiresAt * 1000,
    };
    return saveRegistration(sandbox.paths, { flow: 'device', ...target }, kept, Date.now());
  });

  it('writes the file byte for byte as the AWS CLI does, and answers where and until when', async () => {
    const before = Date.now();
    const stored = await host.extension.call('token.store', token);
    expect(stored.cacheFile).toBe(cacheFile());
    const expiry = Date.parse(stored.expiresAt);
    expect(expiry).toBeGreaterThanOrEqual(Math.floor(before / 1000) * 1000 + 3_600_000);
    expect(expiry).toBeLessThanOrEqual(Date.now() + 3_600_000);
    const registrationEnd = new Date(client.expiresAt * 1000).toISOString().replace('.000Z', 'Z');
    expect(fs.readFileSync(cacheFile(), 'utf8')).toBe(
      `{"startUrl": "https://corp.awsapps.com/start", "region": "us-east-1", "accessToken": "marker-access", ` +
        `"expiresAt": "${stored.expiresAt}", "clientId": "marker-client", "clientSecret": "marker-secret", ` +
        `"registrationExpiresAt": "${registrationEnd}", "refreshToken": "marker-refresh"}`,
    );
    expect([mode(cacheFile()), mode(sandbox.paths.ssoCacheDir), mode(sandbox.paths.awsDir)]).toEqual([
      '600',
      '700',
      '700',
    ]);
    expect(fs.readdirSync(sandbox.paths.ssoCacheDir)).toEqual([cacheName('corp')]);
  });

  it("is a success when the token's lock was held for seconds, and the extension waits for that answer", async () => {
    // Longer than any other answer may take (ANSWER_DEADLINE_MS).
    const lock = await acquireLock(sandbox.paths, tokenLockName('corp'));
    setTimeout(() => lock.release(), 6_000);
    const stored = await host.extension.call('token.store', token, { deadlineMs: STORE_DEADLINE_MS });
    expect(fs.readFileSync(stored.cacheFile, 'utf8')).toContain('marker-access');
    // However long the lock is held: the host's answer comes first.
    expect(STORE_DEADLINE_MS).toBeGreaterThan(LOCK_PATIENCE_MS + 10_000);
  });

  it('leaves the refresh token out when AWS gave none, and writes no config unless told', async () => {
    const { refreshToken: _none, ...without } = token;
    await host.extension.call('token.store', without);
    expect(fs.readFileSync(cacheFile(), 'utf8')).not.toMatch(/refreshToken|null/);
    expect(fs.existsSync(sandbox.paths.configFile)).toBe(false);
  });

  it('writes the section when told, and leaves every other byte of the config', async () => {
    const config = '# mine\r\n[profile a]\r\nregion = eu-west-1\r\n';
    fs.mkdirSync(sandbox.paths.awsDir);
    fs.writeFileSync(sandbox.paths.configFile, config);
    await host.extension.call('token.store', { ...token, writeSection: true });
    const text = fs.readFileSync(sandbox.paths.configFile, 'utf8');
    expect(text.startsWith(config)).toBe(true);
    expect(text).toContain('[sso-session corp]\r\n');
    expect(text).toContain(`sso_start_url = ${target.startUrl}\r\n`);
  });

  it('names the file by the session alone: no session leads out of the cache folder', async () => {
    for (const session of ['../../evil', '/etc/passwd', 'a/../../b', '.', '~']) {
      const { cacheFile: file } = await host.extension.call('token.store', {
        ...token,
        target: { ...target, session },
      });
      expect(file).toBe(join(sandbox.paths.ssoCacheDir, cacheName(session)));
    }
    expect(fs.readdirSync(sandbox.paths.ssoCacheDir)).toHaveLength(5);
  });

  it('stores nothing for a client that it does not know', async () => {
    for (const whose of [
      { clientId: 'no-client' },
      { clientId: undefined, client: { clientId: 'no-client' } },
    ])
      await expect(host.extension.call('token.store', { ...token, ...whose })).rejects.toMatchObject({
        code: 'SIGN_IN_FAILED',
      });
    expect(fs.existsSync(sandbox.paths.awsDir)).toBe(false);
  });

  it('takes its own registration, whatever an older extension sends with the id', async () => {
    const older = {
      ...token,
      clientId: undefined,
      client: { ...client, clientSecret: 'theirs', expiresAt: 1 },
    };
    await host.extension.call('token.store', older);
    const { clientSecret, registrationExpiresAt } = JSON.parse(fs.readFileSync(cacheFile(), 'utf8'));
    expect(clientSecret).toBe('marker-secret');
    expect(Date.parse(registrationExpiresAt)).toBe(client.expiresAt * 1000);
  });

  it('refuses what is not of its form, and writes nothing', async () => {
    const bad: unknown[] = [
      undefined,
      {},
      { ...token, accessToken: '' },
      { ...token, accessToken: 7 },
      { ...token, expiresIn: 0 },
      { ...token, expiresIn: 1e12 },
      { ...token, target: { ...target, region: '../x' } },
      { ...token, target: { ...target, session: 'a\n[profile evil]' } },
      { ...token, client: 7 },
    ];
    for (const params of bad)
      host.write(encodeFrame({ jsonrpc: '2.0', id: 5, method: 'token.store', params }));
    await expect.poll(() => host.frames.length).toBe(bad.length);
    for (const frame of host.frames)
      expect(frame).toMatchObject({ error: { data: { code: 'PROTOCOL_MESSAGE' } } });
    expect(JSON.stringify(host.frames)).not.toContain('marker');
    expect(fs.existsSync(sandbox.paths.awsDir)).toBe(false);
  });

  it('has no use for a path that a message brings', async () => {
    const elsewhere = join(sandbox.home, 'elsewhere.json');
    const message = { ...token, path: elsewhere, cacheFile: elsewhere };
    host.write(encodeFrame({ jsonrpc: '2.0', id: 6, method: 'token.store', params: message }));
    await expect.poll(() => host.frames.length).toBe(1);
    expect(host.frames[0]).toMatchObject({ result: { cacheFile: cacheFile() } });
    expect(fs.existsSync(elsewhere)).toBe(false);
  });

  it('sets a broken file aside instead of losing it', async () => {
    fs.mkdirSync(sandbox.paths.ssoCacheDir, { recursive: true });
    fs.writeFileSync(cacheFile(), '{"accessTok');
    await host.extension.call('token.store', token);
    const others = fs.readdirSync(sandbox.paths.ssoCacheDir).filter((name) => name !== cacheName('corp'));
    expect(others).toHaveLength(1);
    expect(fs.readFileSync(join(sandbox.paths.ssoCacheDir, others[0] ?? ''), 'utf8')).toBe('{"accessTok');
  });

  it('says in one sentence what is in the way', async () => {
    fs.mkdirSync(cacheFile(), { recursive: true });
    const error = await host.extension.call('token.store', token).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: expect.stringMatching(/^FILE_/),
      message: expect.stringMatching(/^[^.].*\.$/),
    });
    expect(String(error)).not.toContain('marker');
  });

  it('leaves tokens in the token file alone, and out of the log', async () => {
    await host.extension.call('hello', HELLO);
    await host.extension.call('token.store', { ...token, writeSection: true });
    for (const word of ['marker-access', 'marker-refresh']) expect(filesWith(word)).toEqual([cacheFile()]);
    const registrations = join(sandbox.paths.stateDir, 'registrations.json');
    expect(filesWith('marker-secret').sort()).toEqual([cacheFile(), registrations].sort());
    host.closeStdin();
    const { stdout, stderr } = await host.ended;
    expect(`${stdout}${stderr}`).not.toContain('marker');
  });
});

describe('registrations', () => {
  const key = { startUrl: target.startUrl, region: target.region, scopes: target.scopes };

  it('come back whole, also in the next host, from a file of mode 0600 and no other', async () => {
    await expect(host.extension.call('registration.find', key)).resolves.toEqual({ registration: null });
    await host.extension.call('registration.save', { ...key, ...client });
    const next = startHost({ home: sandbox.home });
    const { registration } = await next.extension.call('registration.find', key);
    expect(registration).toMatchObject({ clientId: client.clientId, expiresAt: client.expiresAt });
    expect(registration?.clientSecret.expose()).toBe('marker-secret');
    const files = filesWith('marker-secret');
    expect(files).toEqual([join(sandbox.paths.stateDir, 'registrations.json')]);
    expect(files.map(mode)).toEqual(['600']);
    next.closeStdin();
    await next.ended;
  });

  it.each([
    ['another portal', { startUrl: 'https://rival.awsapps.com/start' }],
    ['another region', { region: 'eu-west-1' }],
    ['other scopes', { scopes: ['sso:account:access', 'codewhisperer:completions'] }],
  ])('are not given for %s', async (_name, change) => {
    await host.extension.call('registration.save', { ...key, ...client });
    await expect(host.extension.call('registration.find', { ...key, ...change })).resolves.toEqual({
      registration: null,
    });
  });

  it('are not given in their last quarter of an hour', async () => {
    await host.extension.call('registration.save', { ...key, ...client, expiresAt: seconds + 14 * 60 });
    await expect(host.extension.call('registration.find', key)).resolves.toEqual({ registration: null });
  });
});

describe('vouch.find', () => {
  const vouch = (until: number) => ({
    codeHash: hashCode('ABCD-EFGH'),
    command: 'aws sso login',
    pid: 7,
    parents: ['zsh'],
    until,
  });
  const ask = () => host.extension.call('vouch.find', { codeHash: hashCode('ABCD-EFGH') });

  it('names the command of this computer that asked for the code', async () => {
    await expect(ask()).resolves.toEqual({ asker: null });
    await leaveVouch(sandbox.paths, vouch(Date.now() + 60_000), Date.now());
    await expect(ask()).resolves.toEqual({ asker: { command: 'aws sso login', pid: 7, parents: ['zsh'] } });
    const other = host.extension.call('vouch.find', { codeHash: hashCode('WXYZ-2345') });
    await expect(other).resolves.toEqual({ asker: null });
  });

  it('knows no word that is over, and none from a broken file', async () => {
    await leaveVouch(sandbox.paths, vouch(Date.now() + 1), Date.now());
    await new Promise((resolve) => setTimeout(resolve, 20));
    await expect(ask()).resolves.toEqual({ asker: null });
    fs.writeFileSync(join(sandbox.paths.stateDir, 'vouches.json'), '[{"codeHash":');
    await expect(ask()).resolves.toEqual({ asker: null });
  });
});
