import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assumeRoleCacheKey, writeAssumeRoleEntry } from '../../native-host/aws/roles/role-cache.ts';
import { resolvePaths } from '../../native-host/base/files/paths.ts';
import { writeToken } from '../../native-host/base/files/token-cache.ts';
import type { Story } from '../../native-host/features/explain/story.ts';
import { command as credentialProcess } from '../../native-host/programs/cli/commands/credential-process.ts';
import { command as explain } from '../../native-host/programs/cli/commands/explain.ts';
import { command as whoami } from '../../native-host/programs/cli/commands/whoami.ts';
import { writeEndpointRules } from '../../scripts/demo/aws-models.ts';
import { Secret } from '../../shared/secret.ts';
import { runAwsCli } from '../support/clients/aws-clients.ts';
import { awsOwn } from '../support/clients/run.ts';
import { runCommand } from '../support/credentials/context.ts';
import { corpConfig, type Home, openHome } from '../support/credentials/home.ts';
import { shellEnv } from '../support/shell-env.ts';
import { realClients } from './clients/index.ts';
import { type RealSdk, realSdks } from './homes/sdks.ts';
import { HOMES, type PreparedHome } from './homes/table.ts';

const cli = realClients().find(({ name }) => name === 'AWS CLI v2');
/** `aws configure list` says where keys come from, and gets them for it. */
const label = `explain, and \`aws configure list\` of AWS CLI v2 ${cli?.version ?? '(not installed)'}`;

/** Whether this AWS CLI has what that version mended. */
function isMended(version: string | undefined): boolean {
  const order = new Intl.Collator('en', { numeric: true });
  return version !== undefined && order.compare(cli?.version ?? '', version) >= 0;
}

interface Verdicts {
  readonly ours: string;
  readonly theirs: string;
  readonly story: Story;
}

let stage: Home;
let container: Server;
let temporaryKey: string;
let fill: (text: string, home: string) => string;
const verdicts = new Map<string, Verdicts>();
const envs = new Map<string, Record<string, string>>();

// Skipped only where the AWS CLI is not installed; `npm test` installs it where it may (scripts/test.mjs).
describe.skipIf(cli?.version === undefined)(label, () => {
  beforeAll(async () => {
    stage = await openHome();
    stage.config(corpConfig(stage.idc));
    await stage.signIn();
    const { stdout } = await runCommand(credentialProcess, stage.env, { profile: 'dev' });
    const keys: { AccessKeyId: string; SecretAccessKey: string; SessionToken: string } = JSON.parse(stdout);
    temporaryKey = keys.AccessKeyId;
    container = createServer((_request, response) => response.end(CONTAINER)).listen(0, '127.0.0.1');
    await new Promise((listening) => container.once('listening', listening));
    const address = container.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const { idc } = stage;
    const values = new Map([
      ['START', idc.startUrl],
      ['REGION', idc.region],
      ['ACCOUNT', idc.accounts[0]?.accountId ?? ''],
      ['ROLE', idc.accounts[0]?.roles[0] ?? ''],
      ['ID', keys.AccessKeyId],
      ['SECRET', keys.SecretAccessKey],
      ['TOKEN', keys.SessionToken],
      ['URL', `http://127.0.0.1:${port}/role`],
    ]);
    fill = (text, home) =>
      text.replace(/\{([A-Z]+)\}/g, (_, name: string) => (name === 'HOME' ? home : (values.get(name) ?? '')));
    for (const [at, home] of HOMES.entries())
      envs.set(home.name, await build(home, join(stage.home, `home-${at}`)));
    // Ours first: it writes nothing, so that the AWS CLI meets each home as it was made.
    const stories = new Map<string, Story>();
    for (const { name, profile } of HOMES) stories.set(name, await storyOf(envs.get(name) ?? {}, profile));
    const asked = HOMES.map(({ name, profile }) => ({
      env: envs.get(name) ?? {},
      args: ['configure', 'list', ...(profile === undefined ? [] : ['--profile', profile])],
    }));
    const answers = await Promise.all(asked.map(({ args, env }) => runAwsCli(args, awsOwn(env))));
    for (const [at, [name, story]] of [...stories].entries()) {
      const theirs = theirVerdict(answers[at] ?? { code: null, stdout: '' });
      verdicts.set(name, { ours: ourVerdict(story), theirs, story });
    }
  }, 900_000);
  afterAll(async () => {
    container.close();
    await stage.close();
  });

  it('has forty homes and more, each with a name of its own', () => {
    expect(HOMES.length).toBeGreaterThanOrEqual(40);
    expect(new Set(HOMES.map(({ name }) => name)).size).toBe(HOMES.length);
  });

  it.each(HOMES)('$name: $expected', ({ name, expected, cli: otherwise }) => {
    const { ours, theirs, story } = verdicts.get(name) ?? { ours: '', theirs: '', story: undefined };
    const words = (verdict: string) => (expected.includes(' ') ? verdict : verdict.split(' ')[0]);
    expect(words(ours)).toBe(expected);
    if (otherwise === undefined || isMended(otherwise.before)) expect(theirs).toBe(ours);
    else {
      expect(words(theirs)).toBe(otherwise.says);
      expect(story?.disagreements.map(({ id }) => id)).toContain(otherwise.told);
    }
  });

  it.each([
    'a session',
    'a role from keys',
    'a web identity',
    'a role from a process',
    'a role from the environment',
  ])(
    '%s: both are the same to STS',
    async (name) => {
      const at = HOMES.findIndex((home) => home.name === name);
      const given = HOMES[at];
      if (given === undefined) throw new Error(`no home ${name}`);
      const env = envs.get(name) ?? {};
      const profile = given.profile ?? 'default';
      const asked = await runAwsCli(['sts', 'get-caller-identity', '--profile', profile], awsOwn(env));
      const theirs: { Account: string; Arn: string } = JSON.parse(asked.stdout);
      const ours = await runCommand(whoami, env, { json: true, profile });
      const { accountId, arn }: { accountId: string; arn: string } = JSON.parse(ours.stdout);
      const role = (text: string) => text.split('/').slice(0, 2).join('/');
      expect([theirs.Account, role(theirs.Arn)]).toEqual([accountId, role(arn)]);
    },
    180_000,
  );

  describe.each(realSdks())('$name $version', (sdk) => {
    // Skipped only where this SDK is not installed; `npm test` installs it where it may (scripts/test.mjs).
    it.skipIf(sdk.version === undefined)(
      'decides otherwise exactly where explain says so',
      async () => {
        const asked = HOMES.map(({ name, profile }) => ({ env: envs.get(name) ?? {}, profile }));
        const answers = await sdk.ask(asked);
        const wrong = HOMES.flatMap(({ name }, at) => {
          if (isTooOld(sdk, name)) return [];
          const { story, ours } = verdicts.get(name) ?? { story: undefined, ours: '' };
          const told =
            story?.disagreements.some(({ sdks }) => sdks.some((one) => isMeant(sdk, one))) === true;
          const does = sourceOfKey(answers[at] ?? '');
          return told === agrees(ours, does)
            ? [`${name}: ${ours}, ${sdk.name} ${does}, ${told ? '' : 'not '}told`]
            : [];
        });
        expect(wrong).toEqual([]);
      },
      180_000,
    );
  });

  it('shows no secret of any home', () => {
    const told = JSON.stringify([...verdicts.values()].map(({ story }) => story));
    for (const secret of [...stage.idc.secrets, 'static-secret', 'env-secret', 'AKIAIOSFODNN7EXAMPLE'])
      expect(told).not.toContain(secret);
  });
});

const CONTAINER = JSON.stringify({
  AccessKeyId: 'ASIAIOSFODNN7CONTAIN',
  SecretAccessKey: 'c',
  Token: 't',
  Expiration: '2099-01-01T00:00:00Z',
});

async function build(given: PreparedHome, home: string): Promise<Record<string, string>> {
  const { idc } = stage;
  const files = new Map(Object.entries(given.files ?? {}));
  if (given.config !== undefined) files.set('.aws/config', given.config);
  if (given.credentials !== undefined) files.set('.aws/credentials', given.credentials);
  mkdirSync(home, { recursive: true });
  for (const [name, text] of files) {
    const file = join(home, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, fill(text, home));
    if (text.startsWith('#!')) chmodSync(file, 0o700);
  }
  await writeEndpointRules(home, idc.httpUrl);
  const env = shellEnv(home, {
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_ENDPOINT_URL_SSO: idc.httpUrl,
    AWS_ENDPOINT_URL_SSO_OIDC: idc.httpUrl,
    AWS_ENDPOINT_URL_STS: idc.httpUrl,
  });
  const paths = resolvePaths({ env, platform: 'linux', homedir: () => home });
  const ended = Date.now() - 60_000;
  const { refreshToken, ...bare } = stage.token('corp');
  for (const key of ['corp', idc.startUrl]) {
    if (given.token === 'good') writeToken(paths, key, stage.token('corp'));
    // Renewing spends the refresh token: only one home has it, and only where the session looks.
    if (given.token === 'renewable' && key === 'corp')
      writeToken(paths, key, { ...stage.token('corp'), expiresAt: ended });
    if (given.token === 'ended')
      writeToken(paths, key, { ...bare, refreshToken: undefined, expiresAt: ended });
  }
  if (given.cachedRole !== undefined) {
    const credentials = {
      accessKeyId: 'ASIAIOSFODNN7CACHED2',
      secretAccessKey: new Secret('s'),
      sessionToken: new Secret('t'),
      expiresAt: Date.now() + 3_600_000,
    };
    const about = { arn: given.cachedRole, id: 'AROA:x', requestId: undefined };
    writeAssumeRoleEntry(paths, assumeRoleCacheKey({ roleArn: given.cachedRole }), credentials, about);
  }
  const more = Object.entries(given.env ?? {}).map(([name, value]) => [name, fill(value, home)]);
  return { ...env, ...Object.fromEntries(more) };
}

async function storyOf(env: Record<string, string>, profile: string | undefined): Promise<Story> {
  const { stdout } = await runCommand(explain, env, { json: true }, profile === undefined ? [] : [profile]);
  return JSON.parse(stdout);
}

function ourVerdict({ verdict, hops }: Story): string {
  if (verdict.error?.code === 'CREDENTIALS_MISSING') return 'none';
  if (verdict.state !== 'ready' && verdict.state !== 'unknown') return 'error';
  const end = /^key \w{4}…(\w{4}) /.exec(hops[0]?.title ?? '')?.[1];
  return end === undefined ? `${verdict.source}` : `${verdict.source} ${end}`;
}

/** `access_key     ****************MPLE config-file    ` */
function theirVerdict({ code, stdout }: { code: number | null; stdout: string }): string {
  const line = stdout.split('\n').find((one) => one.trim().startsWith('access_key')) ?? '';
  const [, key = '', type = ''] = line.trim().split(/\s+/);
  if (code !== 0 || line === '') return 'error';
  if (key === '<not') return 'none';
  return STATIC.has(type) ? `${type} ${key.slice(-4)}` : type;
}

/** Where a key is from: `sso`, `assume-role`, `temporary` for the ones that the homes hold, else the end of its id. */
function sourceOfKey(id: string): string {
  const owner = stage.idc.ownerOf(id);
  if (id === temporaryKey) return 'temporary';
  if (owner === undefined) return id === 'error' ? id : id.slice(-4);
  return owner.includes(':assumed-role/AWSReservedSSO_') ? 'sso' : 'assume-role';
}

/** Whether a key is from where we say. */
function agrees(ours: string, does: string): boolean {
  const [source = '', end] = ours.split(' ');
  if (source === 'error' || source === 'none') return does === 'error';
  return (end ?? KEY_SOURCES[source] ?? source) === does;
}

/** What these versions of Debian 12 do not have yet; later ones do. */
const TOO_OLD: readonly { sdk: string; before: string; homes: readonly string[] }[] = [
  {
    // sso-session came with its pull request 1903.
    sdk: 'Go',
    before: '1.18',
    homes: [
      'a session',
      'a token that renews itself',
      'Identity Center and a process',
      'Identity Center written in the credentials file',
      'a role from a session',
    ],
  },
  // AWS_CONTAINER_CREDENTIALS_RELATIVE_URI only.
  { sdk: 'Ruby', before: '3.186', homes: ["a container's role"] },
];

/** Whether a name that `explain` says, perhaps with the version that mended it, means this SDK. */
function isMeant({ name, version = '' }: RealSdk, said: string): boolean {
  const [, before] = new RegExp(`^${name} before (?:botocore )?([\\d.]+)$`).exec(said) ?? [];
  const installed = /botocore ([\d.]+)/.exec(version)?.[1] ?? version;
  const order = new Intl.Collator('en', { numeric: true });
  return said === name || (before !== undefined && order.compare(installed, before) < 0);
}

function isTooOld({ name, version = '' }: RealSdk, home: string): boolean {
  const order = new Intl.Collator('en', { numeric: true });
  return TOO_OLD.some(
    ({ sdk, before, homes }) => sdk === name && order.compare(version, before) < 0 && homes.includes(home),
  );
}

const KEY_SOURCES: Readonly<Record<string, string>> = {
  'assume-role-with-web-identity': 'assume-role',
  'custom-process': 'CESS',
  'container-role': 'TAIN',
};

const STATIC = new Set(['env', 'shared-credentials-file', 'config-file']);
