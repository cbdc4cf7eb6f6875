import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../native-host/programs/cli/commands.ts';
import { width } from '../../native-host/programs/cli/width.ts';
import { runLine } from '../support/command-line.ts';
import { corpConfig, type Home, openHome } from '../support/credentials/home.ts';

/** Names as companies have them: long, in three scripts, with pictures; some with many roles. */
const ACCOUNTS = [
  ['111111111111', 'Payments Production Europe (formerly Checkout)', 12],
  ['222222222222', '本番アカウント・決済システム基盤チーム', 3],
  ['333333333333', '개발팀 결제 서비스 운영 계정', 2],
  ['444444444444', '🚀 Launch 👩‍👩‍👧 Family', 1],
  ['555555555555', 'an-account-whose-name-is-one-word-of-forty-nine-letters', 2],
  ['666666666666', 'prod-2', 0],
] as const;
const ROLES = [
  'AdministratorAccess',
  'ReadOnlyAccess',
  'PowerUserAccessWithAVeryLongNameForTheDataPlatformTeam',
  // As wide as a row of forty has room for.
  'DataPlatformEngineersReadOnlyInEurope1',
  ...Array.from({ length: 9 }, (_, at) => `Team-${at + 1}-Billing`),
];

let home: Home;
beforeAll(async () => {
  home = await openHome({
    accounts: ACCOUNTS.map(([accountId, accountName, roles]) => ({
      accountId,
      accountName,
      emailAddress: `aws-${accountId}@a-company-with-a-long-name.example.com`,
      roles: ROLES.slice(0, roles),
    })),
  });
  const other = (name: string): string =>
    `[sso-session ${name}]\nsso_start_url = https://${name}.awsapps.com/start\nsso_region = eu-central-1\n`;
  home.config(
    corpConfig(
      home.idc,
      [
        other('a-customer-with-a-name-of-more-than-forty-letters'),
        '[profile keys]\nrole_arn = arn:aws:iam::111111111111:role/Somewhere\nsource_profile = dev\n',
        '[profile loop]\nrole_arn = arn:aws:iam::111111111111:role/Round\nsource_profile = loop\n',
        '[profile nothing]\nregion = eu-west-1\n',
      ].join('\n'),
    ),
  );
  home.credentials('[dev]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = abc\n');
  home.write(
    'team.toml',
    '[sessions.acme]\nstart_url = "https://acme.awsapps.com/start"\nregion = "eu-central-1"\n',
  );
  await home.signIn('corp');
  const listed = await runLine(['accounts', '--session', 'corp'], home.env);
  expect(listed).toMatchObject({ code: 0, stdout: expect.stringContaining('DataPlatformEngineers') });
  await runLine(['saml', 'add', 'okta', '--url', 'https://corp.okta.com/home/amazon_aws/0oa1/272'], home.env);
});
afterAll(() => home.close());

/** Command lines by command; what programs read (`export`, `completion`) is walked for its errors alone. */
const LINES: Record<string, readonly string[]> = {
  login: [
    'login corp',
    'login nobody',
    'login --flow no',
    'login x --start-url ftp://x',
    'login keys --quiet',
  ],
  logout: ['logout nobody'],
  status: ['status', 'status -v', 'status nobody'],
  whoami: ['whoami --profile dev', 'whoami --profile loop', 'whoami --profile nobody'],
  use: ['use nobody'],
  exec: ['exec', 'exec --profile loop -- true'],
  export: ['export --profile loop', 'export --profile nothing', 'export --format x'],
  console: ['console --profile nobody', 'console --service nothing-that-is --profile dev'],
  accounts: [
    'accounts',
    'accounts --cached',
    'accounts --search read',
    'accounts --search 결제',
    'accounts --search zzz',
  ],
  profiles: [
    'profiles list',
    'profiles sync --dry-run',
    'profiles sync --yes --template {no}',
    'profiles undo --dry-run',
    'profiles undo',
  ],
  import: ['import team.toml', 'import no.toml', 'import http://example.com/a.toml'],
  saml: ['saml list', 'saml add x --url nothing', 'saml login nobody', 'saml remove nobody'],
  explain: ['explain', 'explain dev', 'explain keys', 'explain loop', 'explain nothing', 'explain nobody'],
  doctor: ['doctor'],
  audit: ['audit'],
  files: ['files', 'files --clean --dry-run'],
  history: ['history'],
  help: ['help', 'help saml add', 'help nobody'],
  version: ['version', 'nobody', 'statsu', '--profile'],
  install: ['install --dry-run', 'install --browser nobody', 'install --dry-run --browser chromium'],
  uninstall: ['uninstall --dry-run'],
  'setup-shell': ['setup-shell nobody'],
  completion: ['completion nobody'],
  migrate: ['migrate saml2aws --dry-run', 'migrate nobody'],
  upgrade: ['upgrade --check --registry http://127.0.0.1:1'],
  'credential-process': ['credential-process --profile loop', 'credential-process --profile nobody'],
  prompt: ['prompt --profile dev', 'prompt --profile nobody'],
  'open-url': ['open-url', 'open-url nothing'],
};

/** A line that nobody could break: one word behind its mark. */
const isWhole = (line: string): boolean => /^\s*(?:[→├╰│─•✓✗!+~-]+ )*\S+$/.test(line);
/** What is copied as it is: a line of a config in a difference, a command in an example, a part of a drawing. */
const isCode = (line: string): boolean =>
  /^[+-](?:#? \S|\[|\w+ = )|^ {2,4}(?:\$ )?(?:[A-Z_]+=(?:"[^"]*"|\S+) )?(?:awsher|eval|aws|sudo|curl) /.test(
    line,
  );
const ISO = /\b\d{4}-\d\d-\d\dT\d\d:\d\d/;

function faults(text: string, columns: number): string[] {
  const lines = text.replaceAll(/\x1b\[[\d;?]*[A-Za-z]/g, '').split(/[\r\n]+/);
  return lines.flatMap((line) => [
    ...(width(line) > columns && !isWhole(line) && !isCode(line) ? [`${width(line)}: ${line}`] : []),
    ...(/^\s*[,.;:)\]](?!\S*\w)/.test(line) ? [`begins: ${line}`] : []),
    ...(ISO.test(line) ? [`time: ${line}`] : []),
  ]);
}

describe('what every command says', () => {
  it('is the answer, not an error, where one is meant', async () => {
    for (const line of [
      'status -v',
      'whoami',
      'accounts',
      'profiles sync --dry-run',
      'explain',
      'files',
      'help',
    ])
      expect(await runLine(line.split(' '), { ...home.env, AWS_PROFILE: 'dev' }), line).toMatchObject({
        code: 0,
      });
  });

  it('is walked for every command', () => {
    expect(Object.keys(LINES).sort()).toEqual(Object.keys(COMMANDS).sort());
  });

  describe.each([
    [118, 'xterm'],
    [80, 'xterm'],
    [60, 'xterm'],
    [40, 'xterm'],
    [80, 'dumb'],
    [40, 'dumb'],
  ])('in %i columns of %s', (columns, TERM) => {
    it.each(Object.keys(LINES))('%s', async (name) => {
      const found: Record<string, string[]> = {};
      for (const line of [...(LINES[name] ?? []), `help ${name}`]) {
        const { stdout, stderr } = await runLine(
          line.split(' '),
          { ...home.env, AWS_PROFILE: 'dev', TERM },
          columns,
        );
        const wrong = faults(`${stdout}\n${stderr}`, columns);
        if (wrong.length > 0) found[line] = wrong;
      }
      expect(found).toEqual({});
    });
  });
});
