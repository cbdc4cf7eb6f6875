import { describe, expect, it } from 'vitest';
import {
  assumeRoleCacheKey,
  parseRoleEntry,
  ssoCacheKey,
} from '../../../../native-host/aws/roles/role-cache.ts';

const role = { accountId: '111122223333', roleName: 'Admin', startUrl: 'https://d-123.awsapps.com/start' };

describe('cache keys', () => {
  // The names of files that the AWS CLI v2 made.
  it('of a role of a session, and of a profile that names the portal', () => {
    expect(ssoCacheKey({ ...role, session: 'corp' })).toBe('0cdbf32b99792a73981dd3f142bc63ab50240b44');
    expect(ssoCacheKey({ ...role, session: null })).toBe('93bde919392f1c09c75e6dfef97167e69f9f0a8a');
  });

  it('of an assumed role', () => {
    expect(assumeRoleCacheKey({ roleArn: 'arn:aws:iam::444455556666:role/R' })).toBe(
      'f615370b9916033a7b935851c0f861126a0947c9',
    );
  });

  it('differ by everything that the config says about the role', () => {
    const roleArn = 'arn:aws:iam::444455556666:role/R';
    const keys = [
      assumeRoleCacheKey({ roleArn }),
      assumeRoleCacheKey({ roleArn, externalId: 'x' }),
      assumeRoleCacheKey({ roleArn, durationSeconds: 900 }),
      assumeRoleCacheKey({ roleArn, roleSessionName: 'x' }),
      assumeRoleCacheKey({ roleArn, mfaSerial: 'x' }),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe('an entry of the shared cache', () => {
  const keys = { AccessKeyId: 'ASIA1', SecretAccessKey: 's', SessionToken: 't' };
  it.each([
    [
      'of CLI 2.9 without account',
      { ProviderType: 'sso', Credentials: { ...keys, Expiration: '2026-11-23T02:47:20Z' } },
    ],
    ['of STS', { Credentials: { ...keys, Expiration: '2026-11-23T02:47:20+00:00' }, ResponseMetadata: {} }],
    ['with the zone of old CLIs', { Credentials: { ...keys, Expiration: '2026-11-23T02:47:20UTC' } }],
  ])('%s is read', (_of, entry) => {
    const read = parseRoleEntry(JSON.stringify(entry));
    expect(read?.credentials.expiresAt).toBe(Date.UTC(2026, 10, 23, 2, 47, 20));
    expect(read?.credentials.accessKeyId).toBe('ASIA1');
  });

  it.each([
    '',
    'null',
    '[]',
    '{"Credentials": null}',
    '{"Credentials": {"AccessKeyId": 1}}',
    '{"Credentials"',
  ])('that is broken (%s) is as good as none', (text) => {
    expect(parseRoleEntry(text)).toBeUndefined();
  });
});
