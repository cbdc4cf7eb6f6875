import * as fs from 'node:fs';
import { dirname } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readNotes } from '../../../../native-host/aws/tokens/session-notes.ts';
import { settingsFile } from '../../../../native-host/base/files/own-config.ts';
import type { SaidOfSession } from '../../../../shared/session-settings.ts';
import { makeSandbox, type Sandbox } from '../../base/files/sandbox.ts';
import { type RealHost, startHost } from './real-host.ts';

// What the options page says and asks, kept in `config.ini` by the real host.

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

const write = (text: string): void => {
  fs.mkdirSync(dirname(settingsFile(sandbox.paths)), { recursive: true });
  fs.writeFileSync(settingsFile(sandbox.paths), text);
};
const text = (): string => fs.readFileSync(settingsFile(sandbox.paths), 'utf8');
const told = () => host.extension.call('settings.read', {});
const asked = {
  session: 'corp',
  startUrl: 'https://corp.awsapps.com/start',
  region: 'us-east-1',
  scopes: ['sso:account:access'],
};
const find = (more: object = {}) => host.extension.call('portal.find', { ...asked, ...more });

describe('a session of the config, changed on the options page', () => {
  const config = (text: string): void => {
    fs.mkdirSync(dirname(sandbox.paths.configFile), { recursive: true });
    fs.writeFileSync(sandbox.paths.configFile, text);
  };
  const session = 'corp';
  const OLD = `# mine
[sso-session corp]
sso_start_url = https://old.awsapps.com/start
sso_region = us-east-1
sso_registration_scopes = sso:account:access,codewhisperer:completions

[profile dev] # by hand
sso_session = corp
`;

  it('gets its portal and region, and every other byte stays', async () => {
    config(OLD);
    const edit = { session, startUrl: 'https://new.awsapps.com/start', region: 'eu-west-1' };
    expect(await host.extension.call('session.edit', edit)).toEqual({ region: 'eu-west-1' });
    expect(fs.readFileSync(sandbox.paths.configFile, 'utf8')).toBe(
      OLD.replace('https://old.awsapps.com/start', 'https://new.awsapps.com/start').replace(
        'us-east-1',
        'eu-west-1',
      ),
    );
  });

  it.each([
    [{ session: 'nobody' }, 'SESSION_UNKNOWN'],
    [{ startUrl: 'https://localhost/start' }, 'START_URL_INVALID'],
    [{ session: 'https://legacy.awsapps.com/start' }, 'SESSION_CONFLICT'],
  ])('is refused with %j', async (change, code) => {
    const legacy =
      '\n[profile old]\nsso_start_url = https://legacy.awsapps.com/start\nsso_region = us-east-1\n';
    config(`${OLD}${legacy}sso_account_id = 111122223333\nsso_role_name = Admin\n`);
    const before = fs.readFileSync(sandbox.paths.configFile, 'utf8');
    const edit = { session, startUrl: 'https://new.awsapps.com/start', region: 'eu-west-1', ...change };
    await expect(host.extension.call('session.edit', edit)).rejects.toMatchObject({ code });
    expect(fs.readFileSync(sandbox.paths.configFile, 'utf8')).toBe(before);
  });
});

describe('settings of this computer', () => {
  it('are none without a file, and are told as the file has them', async () => {
    expect(await told()).toEqual({ noDeviceCodes: false, sessions: [] });
    write('device_codes = never\n[browsers]\ncorp = work\n[sessions.corp]\nflow = pkce\n');
    expect(await told()).toEqual({ noDeviceCodes: true, sessions: [{ session: 'corp', flow: 'pkce' }] });
  });

  it('are not told from a file that cannot be read', async () => {
    write('[sessions.corp]\nflow = yes\n');
    await expect(told()).rejects.toMatchObject({ code: 'SETTINGS_INVALID' });
  });

  it('are changed one by one, and an auto takes one away', async () => {
    write('agents = deny\n[sessions.dev]\nflow = device\n');
    const change = (said: SaidOfSession) => host.extension.call('settings.change', { sessions: [said] });
    await change({ session: 'corp', flow: 'pkce' });
    await change({ session: 'corp', endpoints: 'dual-stack' });
    await host.extension.call('settings.change', { noDeviceCodes: true });
    expect(await told()).toEqual({
      noDeviceCodes: true,
      sessions: [
        { session: 'dev', flow: 'device' },
        { session: 'corp', flow: 'pkce', endpoints: 'dual-stack' },
      ],
    });
    await change({ session: 'corp', flow: 'auto' });
    await change({ session: 'dev', flow: 'auto' });
    await host.extension.call('settings.change', { noDeviceCodes: false });
    expect(await told()).toEqual({
      noDeviceCodes: false,
      sessions: [{ session: 'corp', endpoints: 'dual-stack' }],
    });
    expect(text()).toContain('agents = deny\n');
  });

  it.each(['a]\n[x', 'é', ''])('are refused for a session %j', async (name) => {
    await expect(
      host.extension.call('settings.change', { sessions: [{ session: name, flow: 'pkce' }] }),
    ).rejects.toMatchObject({ code: expect.stringMatching(/^(SETTINGS_INVALID|PROTOCOL_MESSAGE)$/) });
    expect(fs.existsSync(settingsFile(sandbox.paths))).toBe(false);
  });
});

describe('where a sign-in goes', () => {
  it.each([
    ['nothing said', '', 'auto', null],
    ['the way', '[sessions.corp]\nflow = device\n', 'device', null],
    ['the endpoints', '[sessions.corp]\nendpoints = dual-stack\n', 'auto', 'dual-stack'],
    ['of another session', '[sessions.dev]\nflow = pkce\nendpoints = ipv4\n', 'auto', null],
    ['no device codes', 'device_codes = never\n[sessions.corp]\nflow = device\n', 'pkce', null],
  ])('%s', async (_, settings, flow, family) => {
    write(settings);
    expect(await find()).toMatchObject({ flow, family });
  });

  it('an administrator goes before the file, and renewals go there, too', async () => {
    write('[sessions.corp]\nendpoints = ipv4\n');
    expect(await find({ endpoints: 'dual-stack' })).toMatchObject({ family: 'dual-stack' });
    expect(readNotes(sandbox.paths, 'corp').family).toBe('dual-stack');
    expect(await find({ endpoints: 'auto' })).toMatchObject({ family: 'dual-stack' });
  });

  it('the way that worked where the other did not comes first, until that one works', async () => {
    const seconds = Math.floor(Date.now() / 1000);
    const client = { clientId: 'c', clientSecret: 's', expiresAt: seconds + 90 * 86_400 };
    await host.extension.call('registration.save', { ...asked, ...client });
    const token = { target: asked, clientId: 'c', accessToken: 'a', expiresIn: 3_600, writeSection: false };
    const store = (more: object) => host.extension.call('token.store', { ...token, ...more });
    await store({ flow: 'pkce' });
    expect(await find()).toMatchObject({ flow: 'pkce' });
    await store({});
    expect(await find()).toMatchObject({ flow: 'pkce' });
    write('[sessions.corp]\nflow = device\n');
    expect(await find()).toMatchObject({ flow: 'device' });
    write('');
    await store({ flow: 'device' });
    expect(await find()).toMatchObject({ flow: 'auto' });
  });
});
