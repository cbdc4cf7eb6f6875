import * as fs from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ensureSsoSession, type SsoSessionRequest } from '../../../../native-host/base/files/sso-session.ts';
import { makeSandbox, type Sandbox } from './sandbox.ts';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = makeSandbox();
  fs.mkdirSync(sandbox.paths.awsDir);
});
afterEach(() => sandbox.remove());

const corp: SsoSessionRequest = {
  name: 'corp',
  startUrl: 'https://d-123.awsapps.com/start',
  region: 'us-east-1',
};
const write = (text: string): void => fs.writeFileSync(sandbox.paths.configFile, text);
const text = (): string => fs.readFileSync(sandbox.paths.configFile, 'utf8');

describe('ensureSsoSession', () => {
  it('writes a section as the AWS CLI does', async () => {
    await ensureSsoSession(sandbox.paths, corp);
    expect(text()).toBe(
      '[sso-session corp]\nsso_start_url = https://d-123.awsapps.com/start\nsso_region = us-east-1\n' +
        'sso_registration_scopes = sso:account:access\n',
    );
  });

  it.each(['#', '#/', '/#/'])('writes the start URL without a trailing %s', async (end) => {
    await ensureSsoSession(sandbox.paths, { ...corp, startUrl: corp.startUrl + end });
    expect(text()).not.toContain('#');
  });

  it.each(['', '/', '#', '#/', '/#/'])(
    'leaves a section alone that has the URL with %j at its end',
    async (end) => {
      const before = `[sso-session corp]\r\nsso_region=us-east-1\r\nsso_start_url : ${corp.startUrl}${end}`;
      write(before);
      expect(await ensureSsoSession(sandbox.paths, { ...corp, scopes: ['another'] })).toMatchObject({
        changed: false,
      });
      expect(text()).toBe(before);
    },
  );

  it('adds what is missing', async () => {
    write('[sso-session corp]\nsso_region = us-east-1\n');
    await ensureSsoSession(sandbox.paths, corp);
    expect(text()).toBe(
      '[sso-session corp]\nsso_region = us-east-1\nsso_start_url = https://d-123.awsapps.com/start\n',
    );
  });

  it.each([
    ['start URL', { startUrl: 'https://d-999.awsapps.com/start' }],
    ['region', { region: 'eu-west-1' }],
  ])('refuses another %s, and writes it with replace', async (what, other) => {
    write(
      '# mine\n[sso-session corp]\nsso_start_url = https://d-123.awsapps.com/start # x\nsso_region = us-east-1\n',
    );
    const before = text();
    await expect(ensureSsoSession(sandbox.paths, { ...corp, ...other })).rejects.toMatchObject({
      code: 'SESSION_CONFLICT',
      message: expect.stringContaining(`(${sandbox.paths.configFile}, line 2) has the ${what}`),
      hint: expect.stringContaining('--replace'),
    });
    expect(text()).toBe(before);
    await ensureSsoSession(sandbox.paths, { ...corp, ...other, replace: true });
    expect(text()).toContain(`= ${Object.values(other)[0]}\n`);
    expect(text()).toMatch(/^# mine\n/);
  });

  it.each([
    ['start URL', { startUrl: 'https://d-999.awsapps.com/start' }],
    ['region', { region: 'eu-west-1' }],
  ])('keeps the scopes of a section that gets another %s, unless others are named', async (_, other) => {
    const own = 'sso_registration_scopes = sso:account:access, codewhisperer:completions # ours\n';
    write(`[sso-session corp]\nsso_start_url = ${corp.startUrl}\nsso_region = us-east-1\n${own}`);
    await ensureSsoSession(sandbox.paths, { ...corp, ...other, replace: true });
    expect(text()).toContain(`= ${Object.values(other)[0]}\n`);
    expect(text()).toContain(own);
    await ensureSsoSession(sandbox.paths, { ...corp, ...other, scopes: ['another'], replace: true });
    expect(text()).toContain('sso_registration_scopes = another');
  });

  it.each(['my corp', 'a]\n[default', 'é', ''])('refuses the name %j', async (name) => {
    await expect(ensureSsoSession(sandbox.paths, { ...corp, name })).rejects.toMatchObject({
      code: 'NAME_INVALID',
    });
    expect(fs.existsSync(sandbox.paths.configFile)).toBe(false);
  });

  it.each(['x\nrole_arn = evil', 'https://x/ # y', '\u001b]0;x\u0007'])(
    'refuses the start URL %j',
    async (startUrl) => {
      await expect(ensureSsoSession(sandbox.paths, { ...corp, startUrl })).rejects.toMatchObject({
        code: 'NAME_INVALID',
      });
      expect(fs.existsSync(sandbox.paths.configFile)).toBe(false);
    },
  );

  it('uses a section that the AWS CLI wrote with quotes', async () => {
    const before = `[sso-session 'my corp']\nsso_start_url = ${corp.startUrl}\nsso_region = us-east-1\n`;
    write(before);
    await ensureSsoSession(sandbox.paths, { ...corp, name: 'my corp' });
    expect(text()).toBe(before);
  });
});
