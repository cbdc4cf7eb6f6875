import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { isPrintable } from '../../shared/printable.ts';
import { runLine } from '../support/command-line.ts';
import { type Home, openHome } from '../support/credentials/home.ts';

// needs: seconds

/** A direction mark, a character of no width, a terminal's escape sequence that hides what follows, a soft hyphen, a tag. */
const ODD = 'a\u202eb\u200bc\u001b[8md\u00ade\u{e0041}f';

/** What names everything in it that a file, a variable or AWS may name. */
const CONFIG = (startUrl: string, region: string) => `
[sso-session corp]
sso_start_url = ${startUrl}
sso_region = ${region}
sso_registration_scopes = sso:account:access

[sso-session ${ODD}]
sso_start_url = ${startUrl}?${ODD}
sso_region = ${ODD}
sso_registration_scopes = ${ODD}

[sso-session odd-url]
sso_start_url = https://${ODD}.awsapps.com/start
sso_region = eu-west-1

[profile corp]
sso_session = corp
sso_account_id = 111111111111
sso_role_name = Admin
region = ${ODD}
output = ${ODD}

[profile ${ODD}]
sso_session = ${ODD}
sso_account_id = ${ODD}
sso_role_name = ${ODD}
region = ${ODD}

[profile process]
credential_process = /bin/${ODD} ${ODD}

[profile chain]
role_arn = arn:aws:iam::111111111111:role/${ODD}
source_profile = ${ODD}
mfa_serial = ${ODD}
role_session_name = ${ODD}

[profile loop]
role_arn = ${ODD}
source_profile = loop
web_identity_token_file = /${ODD}
services = ${ODD}

[services ${ODD}]
sso_oidc =
  endpoint_url = http://${ODD}

[${ODD}]
${ODD} = ${ODD}
`;

const COMMANDS: readonly (readonly string[])[] = [
  ['status'],
  ['status', '--verbose'],
  ['prompt'],
  ['accounts', '--session', 'corp'],
  ['accounts', '--search', ODD, '--session', 'corp'],
  ['accounts', '--cached', '--session', 'corp'],
  ['profiles'],
  ['profiles', 'list'],
  ['profiles', ODD],
  ['profiles', 'sync', '--dry-run', '--session', 'corp'],
  ['profiles', 'sync', '--yes', '--session', 'corp'],
  ['profiles', 'sync', '--dry-run', '--template', ODD],
  ['profiles', 'sync', '--session', ODD],
  ['profiles', 'undo'],
  ['explain'],
  ['explain', 'corp'],
  ['explain', ODD],
  ['explain', 'process'],
  ['explain', 'chain'],
  ['explain', 'loop'],
  ['doctor'],
  ['doctor', '--verbose'],
  ['audit'],
  ['files'],
  ['files', '--verbose'],
  ['history'],
  ['history', '--browser', ODD],
  ['whoami', '--profile', 'corp'],
  ['whoami', '--profile', ODD],
  ['export', '--profile', ODD],
  ['export', '--profile', 'chain'],
  ['export', '--profile', 'corp', '--format', ODD],
  ['credential-process', '--profile', ODD],
  ['exec', '--profile', ODD, '--', 'true'],
  ['exec', '--profile', 'corp', '--', `/${ODD}`],
  ['console', '--profile', ODD],
  ['console', '--profile', 'corp', '--service', ODD],
  ['console', '--profile', 'corp', '--destination', ODD],
  ['use', ODD],
  ['use', 'corp'],
  ['login', ODD, '--no-browser', '--timeout', '1'],
  ['login', 'odd-url', '--no-browser', '--timeout', '1', '--verbose'],
  ['login', ODD, '--no-browser', '--timeout', '1', '--verbose'],
  ['login', 'new', '--start-url', ODD, '--timeout', '1'],
  ['login', 'corp', '--browser', ODD, '--force', '--timeout', '1'],
  ['login', 'corp', '--flow', ODD],
  ['logout', ODD],
  ['migrate', '--dry-run'],
  ['import', ODD],
  ['import', './team.json'],
  ['saml', 'login', ODD],
  ['saml', ODD],
  ['saml', 'list'],
  ['open-url', ODD],
  ['setup-shell', ODD],
  ['completion', ODD],
  ['install', '--browser', ODD],
  ['install', '--user-data-dir', `/${ODD}`, '--dry-run'],
  ['uninstall', '--user-data-dir', `/${ODD}`, '--dry-run'],
  [ODD],
  [`--${ODD}`],
  ['help', ODD],
  ['status', `--${ODD}`],
];

let home: Home;
beforeEach(async () => {
  home = await openHome({
    accounts: [
      {
        accountId: '111111111111',
        accountName: ODD,
        emailAddress: `${ODD}@example.com`,
        roles: ['Admin', ODD],
      },
      { accountId: '222222222222', accountName: 'Search', emailAddress: 's@example.com', roles: [] },
    ],
  });
  const put = (name: string, text: string) => {
    mkdirSync(dirname(join(home.home, name)), { recursive: true });
    writeFileSync(join(home.home, name), text);
  };
  home.config(CONFIG(home.idc.startUrl, home.idc.region));
  await home.signIn('corp');
  put('.aws/credentials', `[${ODD}]\naws_access_key_id = ${ODD}\naws_secret_access_key = ${ODD}\n`);
  put('.aws/sso/cache/broken.json', `{"startUrl":"${ODD}"`);
  put(`.aws/${ODD}`, ODD);
  put('.saml2aws', `[${ODD}]\nurl = https://${ODD}\nprovider = ${ODD}\naws_profile = ${ODD}\n`);
  put(
    'team.json',
    JSON.stringify({ [ODD]: ODD, name: ODD, sessions: { [ODD]: { startUrl: ODD, region: ODD } } }),
  );
  home.env.AWS_REGION = ODD;
});
afterEach(() => home.close());

it.each(COMMANDS.map((args) => [args]))('%j shows it as what may be shown', async (args) => {
  const { stdout, stderr, code } = await runLine(args, home.env);
  const odd = `${stdout}${stderr}`.split(/[\n\t]/).filter((line) => !isPrintable(line));
  expect({ odd, unexpected: stderr.includes('[INTERNAL]') }).toEqual({ odd: [], unexpected: false });
  expect(code).not.toBeNull();
});
