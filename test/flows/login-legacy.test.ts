import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tokenFileName } from '../../native-host/base/files/token-cache.ts';
import { HELLO, startHost } from '../native-host/programs/host/real-host.ts';
import { HURRIED, runLine, startLine } from '../support/command-line.ts';
import { tokenFiles } from '../support/home-files.ts';
import { type IdentityCenter, startIdentityCenter } from '../support/identity-center/index.ts';
import { shellEnv } from '../support/shell-env.ts';

let home: string;
let idc: IdentityCenter;
let env: Record<string, string>;
const config = () => join(home, '.aws/config');

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'awsher-legacy-'));
  idc = await startIdentityCenter();
  env = shellEnv(home, idc.endpoints);
  await mkdir(join(home, '.aws'));
});
afterEach(async () => {
  await idc.close();
  await rm(home, { recursive: true, force: true });
});

const profile = (name: string, url: string, more = '') =>
  `[${name}]\nsso_start_url = ${url}\nsso_region = us-east-1\n${more}`;
const ROLE = 'sso_account_id = 111122223333\nsso_role_name = ReadOnly\nregion = eu-west-1\noutput = json\n';

async function signInByHand(args: readonly string[]): Promise<{ code: number | null; stdout: string }> {
  const running = startLine(['login', ...args, '--no-browser', '--json'], env, undefined, HURRIED);
  await running.until(/Code {3}[A-Z0-9]{4}-[A-Z0-9]{4}/);
  idc.approve(idc.deviceCodes.at(-1)?.userCode ?? '');
  const { code, stdout } = await running.finished;
  return { code, stdout };
}

/** As READMEs show them; the last two are of one portal. */
const HOMES: readonly (readonly [string, (url: string) => string, readonly string[]])[] = [
  ['of the default profile', (url) => profile('default', url, ROLE), []],
  ['with a slash', (url) => profile('profile dev', `${url}/`, ROLE), ['--profile', 'dev']],
  ['with `#/`', (url) => profile('profile dev', `${url}#/`, ROLE), ['--profile', 'dev']],
  ['with `/#/`', (url) => profile('profile dev', `${url}/#/`, ROLE), []],
  ['with `#`', (url) => profile('profile dev', `${url}#`, ROLE), []],
  ['without a role', (url) => profile('profile portal', url), ['--profile', 'portal']],
  [
    'of a source profile',
    (url) =>
      `${profile('profile base', `${url}#/`, ROLE)}[profile up]\nrole_arn = arn:aws:iam::1:role/R\nsource_profile = base\n`,
    ['--profile', 'up'],
  ],
  [
    'in two spellings',
    (url) => profile('profile one', url, ROLE) + profile('profile two', `${url}/#/`, ROLE),
    ['--profile', 'two'],
  ],
];

describe('login to a portal that only profiles name', () => {
  it.each(HOMES)('%s: signs in, and writes nothing into the config', async (_what, text, args) => {
    const before = text(idc.startUrl);
    await writeFile(config(), before, { mode: 0o644 });
    const { mtimeMs } = await stat(config());
    const { code, stdout } = await signInByHand(args);
    expect(code).toBe(0);
    const { session, cacheFile } = JSON.parse(stdout);
    // The AWS CLI looks for the token under the text of the config, as it is.
    const spelled = before.match(/(?<=sso_start_url = ).*/g) ?? [];
    expect((await tokenFiles(home)).map(({ name }) => name).sort()).toEqual(
      spelled.map(tokenFileName).sort(),
    );
    expect(cacheFile).toContain(tokenFileName(session));
    expect(await readFile(config(), 'utf8')).toBe(before);
    expect((await stat(config())).mtimeMs).toBe(mtimeMs);

    const again = await runLine(['login', ...args, '--json'], env);
    expect({ code: again.code, how: JSON.parse(again.stdout).how }).toEqual({ code: 0, how: 'cached' });
    const byAddress = await runLine(['login', session, '--json'], env);
    expect({ code: byAddress.code, how: JSON.parse(byAddress.stdout).how }).toEqual({
      code: 0,
      how: 'cached',
    });
    expect(await readFile(config(), 'utf8')).toBe(before);
  });

  it('command and host list the same sessions, and the host renews and signs out such a one', async () => {
    const before =
      profile('profile one', `${idc.startUrl}#/`, ROLE) + profile('profile two', idc.startUrl, ROLE);
    await writeFile(config(), before);
    await signInByHand(['--profile', 'two']);
    const host = startHost({ home, env });
    try {
      await host.extension.call('hello', HELLO);
      const { stdout } = await runLine(['status', '--json'], env);
      const { sessions } = await host.extension.call('sessions.list', {});
      expect(sessions).toEqual(JSON.parse(stdout));
      expect(sessions).toMatchObject([{ session: `${idc.startUrl}#/`, state: 'valid' }]);
      const session = sessions[0]?.session ?? '';
      const where = { startUrl: session, region: 'us-east-1', scopes: ['sso:account:access'] };
      const end = Math.floor(Date.now() / 1000) + 86_400;
      const client = { clientId: 'id', clientSecret: 'secret', expiresAt: end };
      await host.extension.call('registration.save', { ...where, ...client });
      await host.extension.call('token.store', {
        target: { session, ...where },
        clientId: 'id',
        accessToken: 'new',
        expiresIn: 3600,
        writeSection: true,
      });
      expect(await readFile(config(), 'utf8')).toBe(before);
      expect(await host.extension.call('session.logout', { session })).toMatchObject({ removed: true });
      expect(await tokenFiles(home)).toEqual([]);
    } finally {
      host.child.kill('SIGKILL');
      await host.ended;
    }
  });

  it('an address is no name for a new session', async () => {
    const { code, stderr } = await runLine(
      ['login', idc.startUrl, '--start-url', idc.startUrl, '--region', 'us-east-1'],
      env,
    );
    expect(code).toBe(2);
    expect(stderr).toMatch(/needs a name.*\n.*awsher login NAME --start-url/);
  });
});
