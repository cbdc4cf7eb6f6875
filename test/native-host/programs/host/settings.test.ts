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
    const token = { target: asked, client, accessToken: 'a', expiresIn: 3_600, writeSection: false };
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
