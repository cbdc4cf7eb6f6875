import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { knownSessions } from '../../../../native-host/aws/tokens/known-sessions.ts';
import { type Paths, resolvePaths } from '../../../../native-host/base/files/paths.ts';
import { tokenFilePath } from '../../../../native-host/base/files/token-cache.ts';

const NOW = Date.parse('2026-11-30T12:00:00Z');
let home: string;
let paths: Paths;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'awsher-known-'));
  paths = resolvePaths({ env: { HOME: home }, platform: 'linux', homedir: () => home });
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

function put(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

const legacy = (name: string, url: string) =>
  `[profile ${name}]\nsso_start_url = ${url}\nsso_region = eu-west-1\nsso_account_id = 111122223333\nsso_role_name = R\n`;
const ACME = 'https://acme.awsapps.com/start';

describe('what command, host and popup call sessions', () => {
  it.each([
    ['a profile that names its portal itself', legacy('dev', ACME), [ACME]],
    [
      'several of one portal, in every spelling',
      `${legacy('a', `${ACME}/`)}${legacy('b', ACME)}${legacy('c', `${ACME}#/`)}`,
      [`${ACME}/`],
    ],
    [
      'two portals',
      legacy('a', ACME) + legacy('b', 'https://other.awsapps.com/start'),
      [ACME, 'https://other.awsapps.com/start'],
    ],
    [
      'a portal that has a session too',
      `${legacy('a', `${ACME}#`)}[sso-session corp]\nsso_start_url = ${ACME}\nsso_region = eu-west-1\n`,
      ['corp'],
    ],
    ['a default profile', legacy('x', ACME).replace('profile x', 'default'), [ACME]],
    ['a profile without a region', legacy('a', ACME).replace('sso_region = eu-west-1\n', ''), []],
  ])('%s', (_what, config, expected) => {
    put(paths.configFile, config);
    expect(knownSessions(paths, NOW).map(({ session }) => session)).toEqual(expected);
  });

  it('a sign-in that the AWS CLI made under one of the spellings counts for the portal', () => {
    put(paths.configFile, legacy('a', `${ACME}/`) + legacy('b', ACME));
    const token = {
      startUrl: ACME,
      region: 'eu-west-1',
      accessToken: 'x',
      expiresAt: '2026-11-30T18:00:00Z',
    };
    put(tokenFilePath(paths, ACME), JSON.stringify(token));
    expect(knownSessions(paths, NOW)).toMatchObject([{ session: `${ACME}/`, state: 'valid' }]);
  });
});
