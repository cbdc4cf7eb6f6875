import { readdirSync, rmSync } from 'node:fs';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { command as credentialProcess } from '../../native-host/programs/cli/commands/credential-process.ts';
import { writeEndpointRules } from '../../scripts/demo/aws-models.ts';
import { awsher } from '../support/awsher.ts';
import { runAwsCli } from '../support/clients/aws-clients.ts';
import { runCommand } from '../support/credentials/context.ts';
import { type Home, openHome } from '../support/credentials/home.ts';
import { realClients } from './clients/index.ts';

const cli = realClients().find(({ name }) => name === 'AWS CLI v2');
const label = `AWS CLI v2 ${cli?.version ?? '(not installed)'}`;
let home: Home;

beforeAll(() => console.info(`contract: ${label}, ~/.aws/cli/cache`));
beforeEach(async () => {
  home = await openHome();
  await writeEndpointRules(home.home, home.idc.httpUrl);
  const { startUrl, region, accounts } = home.idc;
  const portal = `sso_start_url = ${startUrl}\nsso_region = ${region}\n`;
  const role = `sso_account_id = ${accounts[0]?.accountId}\nsso_role_name = ${accounts[0]?.roles[0]}\nregion = us-east-1\n`;
  home.config(
    `[sso-session corp]\n${portal}[profile session]\nsso_session = corp\n${role}[profile legacy]\n${portal}${role}` +
      '[profile up]\nrole_arn = arn:aws:iam::444455556666:role/R\nsource_profile = legacy\nexternal_id = xyz\nduration_seconds = 7200\nregion = us-east-1\n' +
      '[profile web]\nrole_arn = arn:aws:iam::444455556666:role/W\nweb_identity_token_file = ' +
      `${home.write('jwt', 'token')}\nrole_session_name = me\nregion = us-east-1\n`,
  );
  await home.signIn('corp');
});
afterEach(() => home.close());

async function ours(profile: string): Promise<string> {
  const { stdout, error } = await runCommand(credentialProcess, home.env, { profile });
  if (error !== undefined) throw error;
  return JSON.parse(stdout).AccessKeyId;
}

const theirs = async (profile: string) => (await cli?.credentials(home.env, profile)) ?? '';
const issued = () =>
  ['GetRoleCredentials', 'AssumeRole', 'AssumeRoleWithWebIdentity'].map((one) => home.idc.count(one));

// Skipped only where this AWS CLI is not installed; `npm test` installs it where it may (scripts/test.mjs).
describe.skipIf(cli?.version === undefined)(label, () => {
  it.each(['session', 'legacy', 'up', 'web'])(
    'uses what we cached, and we use what it cached: profile %s',
    async (profile) => {
      const first = await ours(profile);
      const after = issued();
      expect(await theirs(profile)).toBe(first);
      expect(issued()).toEqual(after);

      rmSync(home.paths.cliCacheDir, { recursive: true });
      const second = await theirs(profile);
      expect(second).not.toBe(first);
      const before = issued();
      expect(await ours(profile)).toBe(second);
      expect(issued()).toEqual(before);
    },
    180_000,
  );

  it('removes what we cached when it signs out, and finds nothing of ours in its way', async () => {
    await ours('session');
    expect(await runAwsCli(['sso', 'logout'], home.env)).toMatchObject({ code: 0 });
    expect(readdirSync(home.paths.cliCacheDir)).toEqual([]);
    expect((await awsher(['status', '--json'], home.env)).stdout).toContain('"state":"none"');
  }, 180_000);
});
