import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { keptFirefox } from '../../support/kept-firefox.ts';
import { sharedStage } from '../../support/shared-stage.ts';

export function startUrls(): void {
  describe('a sign-in with nothing but a start URL, in Firefox', () => {
    const nextStage = sharedStage(() => keptFirefox());

    it.for([
      ['awsapps', 'alias', 'amazonaws.com'],
      ['instance', 'instance', 'amazonaws.com'],
      ['instance-dual-stack', 'dual', 'api.aws'],
    ] as const)('of the form %s', async ([, alias, suffix], test) => {
      const stage = await nextStage(test);
      const { idc, home } = stage;
      const portal = idc.directories.find((one) => one.alias === alias);
      await stage.signedInToPortal();
      const login = stage.line('login', 'corp', '--start-url', portal?.startUrl ?? '');
      const { code, stderr } = await login.finished;
      expect({ code, stderr }).toMatchObject({ code: 0 });
      expect(await readFile(join(home, '.aws/config'), 'utf8')).toContain('sso_region = eu-central-1\n');
      const apis = idc.requests.map(({ host }) => host).filter((host) => /^(oidc|portal\.sso)\./.test(host));
      expect(new Set(apis)).toEqual(
        new Set([`oidc.eu-central-1.${suffix}`, `portal.sso.eu-central-1.${suffix}`]),
      );
      expect(idc.unexpected).toEqual([]);
    });
  });
}
