import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Command, CommandGroup } from '../../native-host/programs/cli/command.ts';
import { COMMANDS } from '../../native-host/programs/cli/commands.ts';
import { HELLO, startHost } from '../native-host/programs/host/real-host.ts';
import { runLine } from '../support/command-line.ts';
import { corpConfig, openHome } from '../support/credentials/home.ts';

/** The keys that the table of docs/commands.md names, by command. */
const documented = new Map(
  readFileSync(join(import.meta.dirname, '../../docs/commands.md'), 'utf8')
    .split('\n')
    .flatMap((line): [string, Set<string>][] => {
      const [, name, keys] = /^\| `awsher ([a-z -]+) --json` \| (.*) \|$/.exec(line) ?? [];
      if (name === undefined || keys === undefined) return [];
      return [[name, new Set([...keys.matchAll(/`(\w+)`/g)].map(([, key = '']) => key))]];
    }),
);

/** Every key of a value, at any depth. */
function keysOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(keysOf);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...keysOf(inner)]);
}

/** The commands that have --json, `profiles sync` by both words. */
async function withJson(): Promise<string[]> {
  const loaded = await Promise.all(
    Object.entries(COMMANDS).map(
      async ([name, load]): Promise<[string, Command | CommandGroup]> => [name, await load()],
    ),
  );
  return loaded.flatMap(([name, one]) => {
    if ('commands' in one) return one.commands.map(({ declaration }) => `${name} ${declaration.name}`);
    return one.declaration.noJson ? [] : [name];
  });
}

it('--json of every command has the keys that docs/commands.md names, and no other', async ({
  onTestFinished,
}) => {
  const home = await openHome();
  onTestFinished(() => home.close());
  home.config(
    corpConfig(
      home.idc,
      `[profile old]
credential_process = aws-vault exec x --json
[profile legacy]
sso_start_url = ${home.idc.startUrl}
sso_region = us-east-1
sso_account_id = 111122223333
sso_role_name = Admin
[profile by-saml]
credential_process = saml2aws login --credential-process --role arn:aws:iam::111122223333:role/Admin
[profile role]
role_arn = arn:aws:iam::111122223333:role/R
source_profile = dev
[profile broken]
role_arn = arn:aws:iam::111122223333:role/R
source_profile = nobody
`,
    ),
  );
  await home.signIn('corp');
  home.write('.saml2aws', '[default]\nurl = https://idp.example.com/app\nprovider = Browser\n');
  const team = home.write(
    'team.ini',
    `[sessions.team]\nstart_url = ${home.idc.startUrl}\nregion = us-east-1\n`,
  );
  const host = startHost({
    home: home.home,
    env: home.env,
    handlers: {
      'history.list': () => ({
        decisions: [
          {
            id: 1,
            at: 0,
            kind: 'sign-in',
            session: 'corp',
            codeEnd: 'GH',
            command: null,
            host: null,
            act: 'pressed-confirm',
            reason: 'all-good',
          },
        ],
      }),
      'saml.start': () => ({
        response: home.idc.issueSamlResponse(),
        postedTo: 'https://signin.aws.amazon.com/saml',
        browser: 'chromium',
      }),
    },
  });
  onTestFinished(async () => {
    host.closeStdin();
    await host.ended;
  });
  await host.extension.call('hello', HELLO);
  const lines = [
    ['login', 'corp'],
    ['status'],
    ['whoami', '--profile', 'dev'],
    ['export', '--profile', 'dev'],
    ['credential-process', '--profile', 'dev'],
    ['accounts'],
    ['profiles', 'sync', '--yes', '--session', 'corp'],
    ['profiles', 'list'],
    ['profiles', 'undo', '--dry-run'],
    ['import', team, '--yes'],
    [
      'saml',
      'add',
      'corp',
      '--url',
      'https://idp.example.com/start',
      '--role',
      'Admin',
      '--duration',
      '3600',
    ],
    ['saml', 'add', 'corp', '--region', 'us-east-1', '--profile', 'from-saml'],
    ['saml', 'login', 'corp', '--role', 'Admin'],
    ['saml', 'list'],
    ['saml', 'remove', 'corp'],
    ['explain', '--profile', 'dev'],
    ['explain', '--profile', 'role'],
    ['explain', '--profile', 'broken'],
    ['export', '--profile', 'role'],
    ['doctor'],
    ['audit'],
    ['files'],
    ['files', '--clean', '--dry-run'],
    ['history'],
    ['version'],
    ['install', '--dry-run', '--browser', 'chromium'],
    ['install', '--browser', 'chromium'],
    ['uninstall', '--dry-run'],
    ['migrate', 'aws-vault', '--dry-run'],
    ['migrate', 'legacy-sso', '--dry-run'],
    ['migrate', 'saml2aws', '--dry-run'],
    ['upgrade'],
    ['prompt', '--profile', 'dev'],
    ['logout', 'corp'],
  ];
  const seen = new Map<string, Set<string>>();
  for (const line of lines) {
    const { stdout, stderr } = await runLine([...line, '--json'], home.env);
    const name = ['profiles', 'saml'].includes(line[0] ?? '') ? line.slice(0, 2).join(' ') : (line[0] ?? '');
    expect(stdout, `${line.join(' ')}: ${stderr}`).toMatch(/^[[{]/);
    seen.set(name, new Set([...(seen.get(name) ?? []), ...keysOf(JSON.parse(stdout))]));
  }
  expect([...seen.keys()].sort()).toEqual((await withJson()).sort());
  for (const [name, keys] of seen)
    for (const key of keys) expect(documented.get(name)?.has(key), `${name}: ${key}`).toBe(true);
});
