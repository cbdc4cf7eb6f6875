import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { renewToken } from '../../../../native-host/aws/tokens/renew-token.ts';
import { readNotes } from '../../../../native-host/aws/tokens/session-notes.ts';
import { resolvePaths } from '../../../../native-host/base/files/paths.ts';
import { Secret } from '../../../../shared/secret.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'awsher-renew-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const TOKEN = {
  startUrl: 'https://corp.awsapps.com/start',
  region: 'eu-west-1',
  accessToken: new Secret('access'),
  expiresAt: 0,
  clientId: 'client',
  clientSecret: new Secret('secret'),
  registrationExpiresAt: 4_000_000_000_000,
  refreshToken: new Secret('refresh'),
};
const SUBJECT = { key: 'corp', login: '', startUrl: TOKEN.startUrl, region: TOKEN.region, legacyUrls: [] };

/** A renewal that AWS never answers; `meanwhile` happens while it is asked. */
async function renew(meanwhile: () => void) {
  const paths = resolvePaths({ env: { HOME: home }, platform: 'linux', homedir: () => home });
  mkdirSync(paths.stateDir, { recursive: true });
  mkdirSync(paths.ssoCacheDir, { recursive: true });
  const createToken = async () => {
    meanwhile();
    throw new TypeError('Failed to fetch');
  };
  const clients = { oidc: async () => ({ createToken }) } as never;
  const clock = { now: () => 1_000, local: () => 1_000 } as never;
  const { kind } = await renewToken({ paths, clients, clock }, SUBJECT, TOKEN);
  return { kind, paths };
}

it('a renewal that failed is noted, for those who waited for it', async () => {
  const { kind, paths } = await renew(() => {});
  expect(kind).toBe('failed');
  expect(readNotes(paths, 'corp')).toMatchObject({
    refreshFailedAt: 1_000,
    refreshFailure: { code: 'NETWORK' },
  });
});

it('a home that went away meanwhile does not come back', async () => {
  const { kind } = await renew(() => rmSync(home, { recursive: true }));
  expect(kind).toBe('failed');
  expect(existsSync(home)).toBe(false);
});
