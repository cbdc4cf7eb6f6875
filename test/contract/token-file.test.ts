import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { command as credentialProcess } from '../../native-host/programs/cli/commands/credential-process.ts';
import { writeEndpointRules } from '../../scripts/demo/aws-models.ts';
import { runCommand } from '../support/credentials/context.ts';
import { type Home, openHome } from '../support/credentials/home.ts';
import { realClients } from './clients/index.ts';

let home: Home;

beforeEach(async () => {
  home = await openHome();
  await writeEndpointRules(home.home, home.idc.httpUrl);
});
afterEach(() => home.close());

/** One profile per form of the config, each with its own role, so that no cache answers for another. */
function config(form: 'session' | 'legacy'): string {
  const { startUrl, region, accounts } = home.idc;
  const portal = `sso_start_url = ${startUrl}\nsso_region = ${region}\n`;
  const role = `sso_account_id = ${accounts[0]?.accountId}\nsso_role_name = ${accounts[0]?.roles[0]}\nregion = us-east-1\n`;
  const session = `[sso-session corp]\n${portal}sso_registration_scopes = sso:account:access\n`;
  return form === 'session'
    ? `${session}[profile dev]\nsso_session = corp\n${role}`
    : `${session}[profile dev]\n${portal}${role}`;
}

/** We ourselves, with the role cache out of the way. */
async function weGetCredentials(): Promise<string> {
  const { code, stdout, error } = await runCommand(credentialProcess, home.env, { profile: 'dev' });
  if (code !== 0) throw error ?? new Error(`exit code ${code}`);
  return JSON.parse(stdout).AccessKeyId;
}

describe.each(
  realClients().map((client) => ({ client, label: `${client.name} ${client.version ?? '(not installed)'}` })),
)('$label', ({ client, label }) => {
  const there = it.skipIf(client.version === undefined);
  beforeAll(() => console.info(`contract: ${label}`));

  for (const form of client.forms) {
    there(
      `gets role credentials with the token that we wrote (${form} profile)`,
      async () => {
        home.config(config(form));
        await home.signIn('corp');
        expect(await client.credentials(home.env, 'dev')).toMatch(/^ASIA/);
        expect(home.idc.count('GetRoleCredentials', { status: 200 })).toBe(1);
        expect(home.idc.count('CreateToken')).toBe(1);
      },
      180_000,
    );

    there(
      `gets them with the token that we renewed (${form} profile)`,
      async () => {
        home.config(config(form));
        await home.signIn('corp');
        home.changeToken('corp', { expiresAt: Date.now() - 60_000 });
        await weGetCredentials();
        expect(home.idc.count('CreateToken', { status: 200 })).toBe(2);
        expect(await client.credentials(home.env, 'dev')).toMatch(/^ASIA/);
        expect(home.idc.count('CreateToken')).toBe(2);
      },
      180_000,
    );
  }

  there.each(['device', 'pkce'] as const)(
    'renews our token of the %s flow, and we go on with the file as it rewrote it',
    async (flow) => {
      home.config(config('session'));
      const before = await home.signIn('corp', home.idc.startUrl, flow);
      home.changeToken('corp', { expiresAt: Date.now() - 60_000 });
      await client.refresh(home.env, 'dev', home.tokenFile('corp'));
      expect(home.idc.count('CreateToken', { status: 200 })).toBe(2);
      const theirs = home.token('corp');
      expect(theirs.accessToken.expose()).not.toBe(before.accessToken.expose());
      expect(theirs.refreshToken?.expose()).not.toBe(before.refreshToken?.expose());
      expect(theirs.expiresAt).toBeGreaterThan(Date.now() + 30 * 60_000);
      expect(theirs.clientSecret?.expose()).toBe(before.clientSecret?.expose());

      expect(await weGetCredentials()).toMatch(/^ASIA/);
      expect(home.idc.count('CreateToken')).toBe(2);

      // And renew it ourselves, from what is left in the file.
      home.changeToken('corp', { expiresAt: Date.now() - 60_000 });
      home.config(
        config('session').replace(/sso_role_name = .*/, `sso_role_name = ${home.idc.accounts[0]?.roles[1]}`),
      );
      expect(await weGetCredentials()).toMatch(/^ASIA/);
      expect(home.idc.count('CreateToken', { status: 200 })).toBe(3);
    },
    180_000,
  );
});
