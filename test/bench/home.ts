import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const sha1 = (text: string) => createHash('sha1').update(text).digest('hex');
const inHours = (hours: number) => `${new Date(Date.now() + hours * 3600_000).toISOString().slice(0, 19)}Z`;

/** A home with one signed-in session, one profile and its cached role credentials, all of them made up. */
export function preparedHome(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'awsher-bench-'));
  for (const folder of ['.aws/sso/cache', '.aws/cli/cache'])
    mkdirSync(join(path, folder), { recursive: true });
  writeFileSync(
    join(path, '.aws/config'),
    '[profile bench]\nsso_session = bench\nsso_account_id = 111122223333\nsso_role_name = Admin\nregion = eu-west-1\n\n' +
      '[sso-session bench]\nsso_start_url = https://bench.awsapps.com/start\nsso_region = us-east-1\n' +
      'sso_registration_scopes = sso:account:access\n',
  );
  const token = {
    startUrl: 'https://bench.awsapps.com/start',
    region: 'us-east-1',
    accessToken: 'made-up',
    expiresAt: inHours(5),
    clientId: 'made-up',
    clientSecret: 'made-up',
    registrationExpiresAt: inHours(500),
    refreshToken: 'made-up',
  };
  writeFileSync(join(path, '.aws/sso/cache', `${sha1('bench')}.json`), JSON.stringify(token));
  const key = sha1('{"accountId":"111122223333","roleName":"Admin","sessionName":"bench"}');
  const credentials = {
    AccessKeyId: 'ASIAMADEUP',
    SecretAccessKey: 'made-up',
    SessionToken: 'made-up',
    Expiration: inHours(5),
    AccountId: '111122223333',
  };
  writeFileSync(
    join(path, '.aws/cli/cache', `${key}.json`),
    JSON.stringify({ ProviderType: 'sso', Credentials: credentials }),
  );
  const saml = join(path, '.local/state/awsher/saml');
  mkdirSync(saml, { recursive: true, mode: 0o700 });
  const stored = {
    profile: 'bench-saml',
    accessKeyId: 'ASIAMADEUP',
    secretAccessKey: 'made-up',
    sessionToken: 'made-up',
    expiresAt: inHours(5),
    accountId: '111122223333',
  };
  writeFileSync(join(saml, `${sha1('bench-saml')}.json`), JSON.stringify(stored), { mode: 0o600 });
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
