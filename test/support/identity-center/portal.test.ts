import {
  GetRoleCredentialsCommand,
  InvalidRequestException,
  ListAccountRolesCommand,
  ListAccountsCommand,
  LogoutCommand,
  paginateListAccounts,
  ResourceNotFoundException,
  SSOClient,
  TooManyRequestsException,
  UnauthorizedException,
} from '@aws-sdk/client-sso';
import {
  CreateTokenCommand,
  RegisterClientCommand,
  SSOOIDCClient,
  StartDeviceAuthorizationCommand,
} from '@aws-sdk/client-sso-oidc';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterEach, expect, it } from 'vitest';
import { type IdentityCenter, startIdentityCenter } from './index.ts';

let idc: IdentityCenter | undefined;
afterEach(() => idc?.close());

async function signedIn(options: Parameters<typeof startIdentityCenter>[0] = {}) {
  const center = await startIdentityCenter(options);
  idc = center;
  const config = { region: 'us-east-1', endpoint: center.httpUrl, maxAttempts: 1 };
  const oidc = new SSOOIDCClient(config);
  const scopes = ['sso:account:access'];
  const { clientId, clientSecret } = await oidc.send(
    new RegisterClientCommand({ clientName: 'test', clientType: 'public', scopes }),
  );
  const { deviceCode, userCode } = await oidc.send(
    new StartDeviceAuthorizationCommand({ clientId, clientSecret, startUrl: center.startUrl }),
  );
  center.approve(userCode ?? '');
  const grantType = 'urn:ietf:params:oauth:grant-type:device_code';
  const token = await oidc.send(new CreateTokenCommand({ clientId, clientSecret, grantType, deviceCode }));
  return { center, config, sso: new SSOClient(config), accessToken: token.accessToken ?? '' };
}

it('lists 1,300 accounts in pages of at most 100', async () => {
  const { sso, accessToken, center } = await signedIn({ accounts: 1300, rolesPerAccount: 5 });
  const seen: string[] = [];
  for await (const page of paginateListAccounts({ client: sso }, { accessToken, maxResults: 100 })) {
    for (const account of page.accountList ?? []) seen.push(account.accountId ?? '');
  }
  expect(new Set(seen).size).toBe(1300);
  expect(center.count('ListAccounts')).toBe(13);
  const { roleList } = await sso.send(
    new ListAccountRolesCommand({ accessToken, accountId: seen[1299] ?? '' }),
  );
  expect(roleList).toHaveLength(5);
  await expect(sso.send(new ListAccountsCommand({ accessToken, maxResults: 101 }))).rejects.toBeInstanceOf(
    InvalidRequestException,
  );
});

it('gives role credentials that STS knows, until they expire', async () => {
  const accounts = [{ accountId: '123456789012', roles: ['ReadOnlyAccess'] }];
  const { sso, accessToken, config, center } = await signedIn({ accounts });
  const ask = (roleName: string, accountId = '123456789012') =>
    sso.send(new GetRoleCredentialsCommand({ accessToken, accountId, roleName }));
  const { roleCredentials } = await ask('ReadOnlyAccess');
  const { accessKeyId = '', secretAccessKey = '', sessionToken = '', expiration = 0 } = roleCredentials ?? {};
  expect(expiration).toBeGreaterThan(Date.now() + 3_500_000);
  const sts = new STSClient({ ...config, credentials: { accessKeyId, secretAccessKey, sessionToken } });
  const arn =
    /^arn:aws:sts::123456789012:assumed-role\/AWSReservedSSO_ReadOnlyAccess_[0-9a-f]{16}\/ana@example\.com$/;
  expect((await sts.send(new GetCallerIdentityCommand({}))).Arn).toMatch(arn);
  const assumed = await sts.send(
    new AssumeRoleCommand({ RoleArn: 'arn:aws:iam::999988887777:role/ci/deploy', RoleSessionName: 'chain' }),
  );
  expect(assumed.AssumedRoleUser?.Arn).toBe('arn:aws:sts::999988887777:assumed-role/deploy/chain');
  expect(assumed.Credentials?.Expiration?.getTime()).toBeGreaterThan(Date.now());
  center.clock.advance(3601);
  await expect(sts.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({ name: 'ExpiredToken' });
  const fresh = new STSClient({ ...config, credentials: { accessKeyId: 'AKIAX', secretAccessKey: 'x' } });
  await expect(fresh.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
    name: 'InvalidClientTokenId',
  });
});

it('refuses what is not assigned, not there, not signed in', async () => {
  const accounts = [{ accountId: '123456789012', roles: ['Admin', 'Stale'] }];
  const { sso, accessToken, center } = await signedIn({ accounts, forbiddenRoles: ['123456789012/Stale'] });
  const ask = (roleName: string, accountId = '123456789012', token = accessToken) =>
    sso.send(new GetRoleCredentialsCommand({ accessToken: token, accountId, roleName }));
  const forbidden = { name: 'ForbiddenException', $metadata: { httpStatusCode: 403 } };
  await expect(ask('Other')).rejects.toMatchObject(forbidden);
  await expect(ask('Stale')).rejects.toMatchObject(forbidden);
  await expect(ask('Admin', '210987654321')).rejects.toBeInstanceOf(ResourceNotFoundException);
  await expect(ask('Admin', 'x')).rejects.toBeInstanceOf(InvalidRequestException);
  await expect(ask('Admin', '123456789012', 'no such token')).rejects.toBeInstanceOf(UnauthorizedException);
  await sso.send(new LogoutCommand({ accessToken }));
  await expect(ask('Admin')).rejects.toBeInstanceOf(UnauthorizedException);
  expect(center.unexpected).toEqual([]);
});

it('refuses an expired token', async () => {
  const { sso, accessToken, center } = await signedIn();
  await expect(sso.send(new ListAccountsCommand({ accessToken }))).resolves.toBeTruthy();
  center.clock.advance(3601);
  await expect(sso.send(new ListAccountsCommand({ accessToken }))).rejects.toBeInstanceOf(
    UnauthorizedException,
  );
});

it('throttles above the rate and lets calls through again later', async () => {
  const { sso, accessToken, center } = await signedIn({ portalRatePerSecond: 4, portalBurst: 5 });
  const results = await Promise.allSettled(
    Array.from({ length: 10 }, () => sso.send(new ListAccountsCommand({ accessToken }))),
  );
  const refused = results.filter((one) => one.status === 'rejected').map((one) => one.reason);
  expect(refused.length).toBeGreaterThanOrEqual(3);
  expect(refused[0]).toBeInstanceOf(TooManyRequestsException);
  expect(refused[0].$response.headers['retry-after']).toBe('1');
  await new Promise((resolve) => setTimeout(resolve, 400));
  await expect(sso.send(new ListAccountsCommand({ accessToken }))).resolves.toBeTruthy();
  expect(center.count('ListAccounts', { status: 429 })).toBe(refused.length);
});
