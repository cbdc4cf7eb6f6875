import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tokenFiles } from '../support/home-files.ts';
import { keptStage } from '../support/own-stage.ts';
import { sharedStage } from '../support/shared-stage.ts';
import type { Stage } from '../support/stage.ts';

const nextStage = sharedStage(() => keptStage({ byName: true }));

/** Portals of one region: an instance with both of its families, and an alias. */
const portal = ({ idc }: Stage, alias: 'abroad' | 'rival') =>
  idc.directories.find((one) => one.alias === alias);
const config = (stage: Stage) => readFile(join(stage.home, '.aws/config'), 'utf8');
/** Host names of AWS's APIs and portals that were asked, each once. */
const asked = ({ idc }: Stage) =>
  [...new Set(idc.requests.map(({ host }) => host))].filter((host) => !host.includes('signin')).sort();

/** Signs in with the start URL alone, where the company's own sign-in lets the person in, and gives what the command said. */
function loginWith(stage: Stage, startUrl: string, ...more: string[]) {
  stage.idc.options.signIn = 'silent';
  return stage.line('login', 'corp', '--start-url', startUrl, ...more).finished;
}

describe('a sign-in with nothing but a start URL', () => {
  it('under awsapps.com: the region comes from the portal’s page', async (test) => {
    const stage = await nextStage(test);
    const startUrl = portal(stage, 'rival')?.startUrl ?? '';
    const { code, stderr } = await loginWith(stage, `${startUrl}/#/?tab=accounts`);
    expect(stderr).toContain('The portal is in eu-west-1.');
    expect(code).toBe(0);
    expect(await config(stage)).toContain(`sso_start_url = ${startUrl}/\nsso_region = eu-west-1\n`);
    expect(stage.idc.count('RegisterClient')).toBe(1);
    expect(stage.idc.unexpected).toEqual([]);
  });

  for (const [family, suffix, suffixOfPortal] of [
    ['ipv4', 'amazonaws.com', 'eu-west-1.portal.amazonaws.com'],
    ['dual-stack', 'api.aws', 'portal.eu-west-1.app.aws'],
  ] as const) {
    it(`of an instance, ${family}: sign-in, renewal and listing ask one family`, async (test) => {
      const stage = await nextStage(test);
      const { idc } = stage;
      const startUrl = portal(stage, 'abroad')?.portals[family].startUrl ?? '';
      Object.assign(idc.options, { idpFamily: family, accessTokenSeconds: 1200 });
      const { code, stdout } = await loginWith(stage, startUrl);
      expect(stdout).toContain('signed in to corp');
      expect(code).toBe(0);
      const [file] = await tokenFiles(stage.home);
      expect(JSON.parse(file?.text ?? '')).toMatchObject({ startUrl, region: 'eu-west-1' });
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
          `${portal(stage, 'abroad')?.instance}.${suffixOfPortal}`,
        ].sort(),
      );
      expect(idc.unexpected).toEqual([]);
    });
  }

  it("of a company's own, without HEAD", async (test) => {
    const stage = await nextStage(test);
    const { idc } = stage;
    const location = `${portal(stage, 'abroad')?.portals['dual-stack'].startUrl}/#/`;
    idc.options.ownAddresses = { 'aws.corp.example': { head: false, location } };
    const { code, stderr } = await loginWith(stage, 'https://aws.corp.example');
    expect(stderr).toContain('The portal is in eu-west-1.');
    expect(code).toBe(0);
    expect(idc.count('OwnGet')).toBe(1);
    expect(await config(stage)).toContain(
      'sso_start_url = https://aws.corp.example\nsso_region = eu-west-1\n',
    );
    const [file] = await tokenFiles(stage.home);
    expect(JSON.parse(file?.text ?? '')).toMatchObject({
      startUrl: 'https://aws.corp.example',
      region: 'eu-west-1',
    });
    expect(asked(stage).filter((host) => host.includes('amazonaws.com'))).toEqual([]);
    expect(idc.unexpected).toEqual([]);
  });
});
