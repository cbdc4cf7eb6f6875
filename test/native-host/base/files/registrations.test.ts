import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  findRegistration,
  type RegistrationKey,
  registrationOf,
  saveRegistration,
} from '../../../../native-host/base/files/registrations.ts';
import type { Registration } from '../../../../shared/oidc/client.ts';
import { Secret } from '../../../../shared/secret.ts';
import { makeSandbox, type Sandbox } from './sandbox.ts';

const NOW = Date.UTC(2026, 10, 23);
const MINUTE = 60_000;
const key: RegistrationKey = {
  flow: 'device',
  region: 'us-east-1',
  startUrl: 'https://d-123.awsapps.com/start',
  scopes: ['sso:account:access', 'other'],
};
const registration = (clientId: string, expiresAt = NOW + 90 * 24 * 60 * MINUTE): Registration => ({
  clientId,
  clientSecret: new Secret(`${clientId}-secret`),
  expiresAt,
});

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = makeSandbox();
});
afterEach(() => sandbox.remove());
const save = (clientId: string, at?: number, under = key): Promise<void> =>
  saveRegistration(sandbox.paths, under, registration(clientId, at), NOW);
const found = (under = key, now = NOW): string | undefined =>
  findRegistration(sandbox.paths, under, now)?.clientId;

describe('registrations', () => {
  it('are found again, whatever the order of scopes', async () => {
    expect(found()).toBeUndefined();
    await save('one');
    const turned = { ...key, scopes: [...key.scopes].reverse() };
    expect(found(turned)).toBe('one');
    expect(findRegistration(sandbox.paths, key, NOW)?.clientSecret.expose()).toBe('one-secret');
  });

  it.each([
    ['region', { ...key, region: 'eu-west-1' }],
    ['start URL', { ...key, startUrl: `${key.startUrl}/` }],
    ['scopes', { ...key, scopes: ['other'] }],
    ['flow', { ...key, flow: 'pkce' as const }],
  ])('belong to one %s', async (_what, other) => {
    await save('one');
    expect(found(other)).toBeUndefined();
    await save('two', undefined, other);
    expect([found(), found(other)]).toEqual(['one', 'two']);
  });

  it('are not used in their last 15 minutes, and go when they ended', async () => {
    await save('one', NOW + 15 * MINUTE + 1);
    expect(found()).toBe('one');
    expect(found(key, NOW + 1)).toBeUndefined();
    await save('ended', NOW, { ...key, region: 'eu-west-1' });
    await save('two', undefined, { ...key, region: 'eu-west-2' });
    expect(fs.readFileSync(join(sandbox.paths.stateDir, 'registrations.json'), 'utf8')).not.toContain(
      'ended',
    );
  });

  it('stay beside a newer one of the same key, for the sign-in that began with them', async () => {
    await save('old', NOW + MINUTE);
    await save('new');
    expect(found()).toBe('new');
    expect(registrationOf(sandbox.paths, 'old')?.clientSecret.expose()).toBe('old-secret');
    expect(registrationOf(sandbox.paths, 'nobody')).toBeUndefined();
  });

  it('are five of a key at most: the oldest goes', async () => {
    for (const name of ['one', 'two', 'three', 'four', 'five', 'six']) await save(name);
    expect(registrationOf(sandbox.paths, 'one')).toBeUndefined();
    expect(registrationOf(sandbox.paths, 'two')?.clientId).toBe('two');
    expect(found()).toBe('six');
  });

  it('are kept private, in awsher’s own state', async () => {
    await save('one');
    const file = join(sandbox.paths.stateDir, 'registrations.json');
    expect(fs.statSync(file).mode & 0o777).toBe(0o600);
    expect(fs.existsSync(sandbox.paths.awsDir)).toBe(false);
  });

  it.each(['', '{', '[]', 'null', '{"registrations": [1, null, {"key": 1}]}'])(
    'are none in a file that holds %j, which the next one replaces',
    async (text) => {
      fs.mkdirSync(sandbox.paths.stateDir, { recursive: true });
      fs.writeFileSync(join(sandbox.paths.stateDir, 'registrations.json'), text);
      expect(found()).toBeUndefined();
      await save('one');
      expect(found()).toBe('one');
    },
  );

  it('are all there when many are stored at once', async () => {
    const keys = Array.from({ length: 20 }, (_, n) => ({ ...key, region: `region-${n}` }));
    await Promise.all(keys.map((one, n) => save(`client-${n}`, undefined, one)));
    expect(keys.map((one) => found(one))).toEqual(keys.map((_, n) => `client-${n}`));
  });
});
