import {
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  assumeRoleCacheKey,
  ssoCacheKey,
  writeSsoEntry,
} from '../../../../native-host/aws/roles/role-cache.ts';
import { cliRegistrationFile } from '../../../../native-host/base/files/cli-registration.ts';
import { tokenFileName } from '../../../../native-host/base/files/token-cache.ts';
import { takeInventory } from '../../../../native-host/features/inventory/inventory.ts';
import { moveToTrash } from '../../../../native-host/features/inventory/trash.ts';
import { command } from '../../../../native-host/programs/cli/commands/files.ts';
import { Secret } from '../../../../shared/secret.ts';
import { runCommand } from '../../../support/credentials/context.ts';
import { corpConfig, type Home, openHome } from '../../../support/credentials/home.ts';

const HOUR = 3_600_000;
const ROLE = 'arn:aws:iam::444455556666:role/Deploy';
let home: Home;
/** What each file is called here, by its path. */
let names: Map<string, string>;

beforeEach(async () => {
  home = await openHome();
  names = new Map();
  home.config(
    corpConfig(
      home.idc,
      `[profile up]\nrole_arn = ${ROLE}\nsource_profile = dev\n[profile other]\nsso_session = corp\nsso_account_id = ${home.idc.accounts[0]?.accountId}\nsso_role_name = Other\n${['labs', 'now', 'over'].map((one) => `[sso-session ${one}]\nsso_start_url = https://${one}.awsapps.com/start\nsso_region = us-east-1\n`).join('')}`,
    ),
  );
  home.credentials('[x]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = plain-secret\n');
  await home.signIn();
  name('token', home.tokenFile('corp'));
  put('ended token', `sso/cache/${tokenFileName('over')}`, token('2026-01-01T00:00:00Z'));
  put('ended orphan', `sso/cache/${tokenFileName('gone')}`, token('2026-01-01T00:00:00Z'));
  put('IDE token', 'sso/cache/kiro-auth-token.json', token('2026-01-01T00:00:00Z', { refreshToken: 'r' }));
  put('orphan token', `sso/cache/${tokenFileName('other')}`, token('2099-01-01T00:00:00Z'));
  put('broken', `sso/cache/${tokenFileName('labs')}`, '{"accessTok', 2 * HOUR);
  put('half-written', `sso/cache/${tokenFileName('now')}`, '{"accessTok');
  put('foreign broken', `sso/cache/${tokenFileName('nobody')}`, '{"accessTok', 2 * HOUR);
  put('set aside', `sso/cache/${tokenFileName('corp')}.broken-20261101T101010Z`, '{');
  put('old temporary', 'sso/cache/tmpabc12_34.tmp', 'x', 2 * HOUR);
  put('new temporary', 'sso/cache/.x.json.12-0123456789ab.tmp', 'x');
  put(
    'old registration',
    'sso/cache/botocore-client-id-us-east-1.json',
    registration('2026-01-01T00:00:00Z'),
  );
  const portal = { region: home.idc.region, startUrl: home.idc.startUrl, session: 'corp' };
  const own = cliRegistrationFile(home.paths, { ...portal, scopes: ['sso:account:access'] });
  put('registration', own.slice(home.paths.awsDir.length + 1), registration('2099-01-01T00:00:00Z'));
  role('role', ssoCacheKey(devRole()), 1);
  role('assumed role', assumeRoleCacheKey({ roleArn: ROLE }), 1);
  role('orphan role', 'a'.repeat(40), 1);
  role('ended role', ssoCacheKey({ ...devRole(), roleName: 'Other' }), -1);
  put('backup', 'credentials.bak', 'x');
  put('strange', 'whatever', 'x');
  put('lock', 'config.lock', '');
});
afterEach(() => home.close());

function name(what: string, path: string): void {
  names.set(path, what);
}
function put(what: string, path: string, text: string, age = 0): void {
  const file = home.write(`.aws/${path}`, text);
  if (age > 0) utimesSync(file, (Date.now() - age) / 1000, (Date.now() - age) / 1000);
  name(what, file);
}
function role(what: string, key: string, hours: number): void {
  const credentials = {
    accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
    secretAccessKey: new Secret('role-secret'),
    sessionToken: new Secret('t'),
  };
  writeSsoEntry(home.paths, key, { ...credentials, expiresAt: Date.now() + hours * HOUR });
  name(what, join(home.paths.cliCacheDir, `${key}.json`));
}
function devRole() {
  const [account] = home.idc.accounts;
  return {
    accountId: account?.accountId ?? '',
    roleName: account?.roles[0] ?? '',
    session: 'corp',
    startUrl: home.idc.startUrl,
  };
}
const token = (expiresAt: string, more = {}) =>
  JSON.stringify({ accessToken: 'token-secret', expiresAt, region: 'us-east-1', ...more });
const registration = (expiresAt: string) =>
  JSON.stringify({ clientId: 'c', clientSecret: 'client-secret', expiresAt });

const look = () =>
  takeInventory({ paths: home.paths, platform: 'linux', now: Date.now() }).flatMap(({ items }) => items);
const run = (options: Record<string, true>) => runCommand(command, home.env, options);
const CLEANED = ['broken', 'ended role', 'ended token', 'old registration', 'old temporary', 'set aside'];

describe('awsher files', () => {
  it('says of each file what it is and whether it may go', () => {
    const items = look();
    const told = items.flatMap(({ path, state, clean }) => {
      const what = names.get(path);
      return what === undefined ? [] : [`${what}: ${state}${clean ? ', may go' : ''}`];
    });
    expect(told.sort()).toEqual([
      'IDE token: orphan',
      'assumed role: good',
      'backup: leftover',
      'broken: broken, may go',
      'ended orphan: orphan',
      'ended role: ended, may go',
      'ended token: ended, may go',
      'foreign broken: foreign',
      'half-written: broken',
      'lock: foreign',
      'new temporary: good',
      'old registration: ended, may go',
      'old temporary: leftover, may go',
      'orphan role: orphan',
      'orphan token: orphan',
      'registration: good',
      'role: good',
      'set aside: leftover, may go',
      'strange: foreign',
      'token: good',
    ]);
    const by = new Map(items.map(({ path, what }) => [names.get(path), what]));
    expect(by.get('assumed role')).toContain('profile up');
    expect(by.get('registration')).toContain('corp');
  });

  it('tells lasting keys from temporary ones, and which of those have ended', () => {
    const temporary = 'aws_access_key_id = ASIAIOSFODNN7EXAMPLE\naws_session_token = t\n';
    home.credentials(
      `[x]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n[y]\n${temporary}[z]\n${temporary}x_security_token_expires = 2026-01-01T00:00:00+01:00\n`,
    );
    expect(look().find(({ kind }) => kind === 'credentials')?.what).toBe(
      'keys in plain text: 1 long-term key, 2 temporary keys, 1 of them ended',
    );
  });

  it('shows no secret, and reads on when the config is broken', async () => {
    for (const options of [{}, { json: true }] as const) {
      const { code, stdout } = await run(options);
      expect(code).toBe(0);
      for (const secret of [
        ...home.idc.secrets,
        'plain-secret',
        'token-secret',
        'client-secret',
        'role-secret',
      ])
        expect(stdout).not.toContain(secret);
    }
    home.config('[profile x]\nnonsense\n');
    expect((await run({})).code).toBe(0);
  });

  it('moves what may go to a private trash, and brings it back byte for byte', async () => {
    const paths = [...names].filter(([, what]) => CLEANED.includes(what)).map(([path]) => path);
    // Of a whole second: what Node.js sets of a smaller part is off by less than a millisecond, and may round otherwise.
    for (const path of paths) {
      const seconds = Math.floor(lstatSync(path).mtimeMs / 1000);
      utimesSync(path, seconds, seconds);
    }
    const before = paths.map((path) => [
      path,
      readFileSync(path, 'utf8'),
      lstatSync(path).mode,
      Math.round(lstatSync(path).mtimeMs),
    ]);
    const others = [...names.keys()].filter((path) => !paths.includes(path));
    const { code, stdout } = await run({ clean: true, yes: true, json: true });
    expect(code).toBe(0);
    expect(
      JSON.parse(stdout)
        .removed.map((path: string) => names.get(path))
        .sort(),
    ).toEqual(CLEANED);
    expect(paths.filter((path) => existsSync(path))).toEqual([]);
    expect(others.filter((path) => !existsSync(path))).toEqual([]);

    const trash = join(home.paths.stateDir, 'trash');
    const [batch = ''] = readdirSync(trash);
    expect(statSync(trash).mode & 0o777).toBe(0o700);
    for (const file of readdirSync(join(trash, batch)))
      expect(statSync(join(trash, batch, file)).mode & 0o777).toBe(0o600);

    expect((await run({ undo: true })).code).toBe(0);
    const after = paths.map((path) => [
      path,
      readFileSync(path, 'utf8'),
      lstatSync(path).mode,
      Math.round(lstatSync(path).mtimeMs),
    ]);
    expect(after).toEqual(before);
    expect(readdirSync(trash)).toEqual([]);
    expect((await run({ undo: true })).error?.code).toBe('NOTHING_TO_UNDO');
  });

  it('asks first: without a terminal and without --yes nothing goes, nor with --dry-run', async () => {
    expect(await run({ clean: true })).toMatchObject({ code: 2, error: { code: 'USAGE' } });
    expect((await run({ clean: true, dryRun: true })).stderr).toContain('dry run');
    expect([...names.keys()].filter((path) => !existsSync(path))).toEqual([]);
  });

  it('leaves a file that changed since it was looked at', async () => {
    const items = look().filter(({ clean }) => clean);
    const [busy] = items;
    writeFileSync(busy?.path ?? '', 'somebody writes here now');
    const taken = await moveToTrash(home.paths, items, Date.now());
    expect(taken).not.toContain(busy?.path);
    expect(taken).toHaveLength(CLEANED.length - 1);
  });

  it('does not write over what came anew since', async () => {
    await run({ clean: true, yes: true });
    const [path = ''] = [...names].find(([, what]) => what === 'ended token') ?? [];
    writeFileSync(path, 'new');
    const { code, stderr } = await run({ undo: true });
    expect(code).toBe(1);
    expect(stderr).toContain('rewritten in the meantime');
    expect(readFileSync(path, 'utf8')).toBe('new');
  });
});
