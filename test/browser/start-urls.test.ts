import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { signIn } from '../support/browsers/person.ts';
import { tokenFiles } from '../support/home-files.ts';
import { type OwnStage, ownStage } from '../support/own-stage.ts';

const config = (stage: OwnStage) => readFile(join(stage.home, '.aws/config'), 'utf8');
/** Host names of AWS's APIs and portals that were asked, each once. */
const asked = ({ idc }: OwnStage) =>
  [...new Set(idc.requests.map(({ host }) => host))].filter((host) => !host.includes('signin')).sort();

/** Signs in with the start URL alone, with a passkey, and gives what the command said. */
async function loginWith(stage: OwnStage, startUrl: string, ...more: string[]) {
  const opened = stage.browser.nextPage();
  const login = stage.start('login', 'corp', '--start-url', startUrl, ...more);
  const page = await Promise.race([opened, login.finished.then(() => null)]);
  if (page !== null) await signIn(page, stage.passkey);
  return login.finished;
}

describe.concurrent('a sign-in with nothing but a start URL', () => {
  it('under awsapps.com: the region comes from the portal’s page', async (test) => {
    const stage = await ownStage(test, { passkey: true, byName: true, center: { region: 'eu-central-1' } });
    const { code, stderr } = await loginWith(stage, `${stage.idc.startUrl}/#/?tab=accounts`);
    expect(stderr).toContain('The portal is in eu-central-1.');
    expect(code).toBe(0);
    expect(await config(stage)).toContain(
      `sso_start_url = ${stage.idc.startUrl}/\nsso_region = eu-central-1\n`,
    );
    expect(stage.idc.count('RegisterClient')).toBe(1);
    expect(stage.idc.unexpected).toEqual([]);
  });

  for (const [portalForm, suffix, portal] of [
    ['instance', 'amazonaws.com', 'eu-west-1.portal.amazonaws.com'],
    ['instance-dual-stack', 'api.aws', 'portal.eu-west-1.app.aws'],
  ] as const) {
    it(`of an ${portalForm}: sign-in, renewal and listing ask one family`, async (test) => {
      const idpFamily = portalForm === 'instance' ? 'ipv4' : 'dual-stack';
      const center = { region: 'eu-west-1', portalForm, idpFamily, accessTokenSeconds: 1200 } as const;
      const stage = await ownStage(test, { passkey: true, byName: true, center });
      const { idc } = stage;
      const { code, stdout } = await loginWith(stage, idc.startUrl);
      expect(stdout).toContain('signed in to corp');
      expect(code).toBe(0);
      const [file] = await tokenFiles(stage.home);
      expect(JSON.parse(file?.text ?? '')).toMatchObject({ startUrl: idc.startUrl, region: 'eu-west-1' });
      // The portal refuses the old token: renewed, then listed.
      idc.clock.advance(1300);
      const listed = await stage.awsher('accounts', '--refresh', '--json');
      expect(listed.stderr).toBe('');
      expect(idc.count('ListAccounts')).toBeGreaterThan(0);
      expect(idc.count('CreateToken', { status: 200 })).toBe(2);
      expect(asked(stage)).toEqual(
        [
          `oidc.eu-west-1.${suffix}`,
          `portal.sso.eu-west-1.${suffix}`,
          `${idc.directories[0]?.instance}.${portal}`,
        ].sort(),
      );
      expect(idc.unexpected).toEqual([]);
    });
  }

  for (const head of [true, false]) {
    it(`of a company's own, ${head ? 'with' : 'without'} HEAD`, async (test) => {
      const stage = await ownStage(test, {
        passkey: true,
        byName: true,
        center: { region: 'ap-southeast-2', portalForm: 'instance-dual-stack' },
      });
      const { idc } = stage;
      idc.options.ownAddresses = { 'aws.corp.example': { head, location: `${idc.startUrl}/#/` } };
      const { code, stderr } = await loginWith(stage, 'https://aws.corp.example');
      expect(stderr).toContain('The portal is in ap-southeast-2.');
      expect(code).toBe(0);
      expect(idc.count('OwnGet')).toBe(head ? 0 : 1);
      expect(await config(stage)).toContain(
        'sso_start_url = https://aws.corp.example\nsso_region = ap-southeast-2\n',
      );
      const [file] = await tokenFiles(stage.home);
      expect(JSON.parse(file?.text ?? '')).toMatchObject({
        startUrl: 'https://aws.corp.example',
        region: 'ap-southeast-2',
      });
      expect(asked(stage).filter((host) => host.includes('amazonaws.com'))).toEqual([]);
      expect(idc.unexpected).toEqual([]);
    });
  }
});
