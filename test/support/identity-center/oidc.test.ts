import {
  AccessDeniedException,
  AuthorizationPendingException,
  CreateTokenCommand,
  ExpiredTokenException,
  InvalidClientException,
  InvalidGrantException,
  InvalidRequestException,
  SlowDownException,
  SSOOIDCClient,
  StartDeviceAuthorizationCommand,
  UnauthorizedClientException,
  UnsupportedGrantTypeException,
} from '@aws-sdk/client-sso-oidc';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type IdentityCenter, startIdentityCenter } from './index.ts';
import { DEVICE_CODE, oidcClient } from './wire-clients.ts';

let idc: IdentityCenter;
let sdk: ReturnType<typeof oidcClient>;

beforeEach(async () => {
  idc = await startIdentityCenter();
  sdk = oidcClient(idc);
});
afterEach(async () => {
  sdk.oidc.destroy();
  await idc.close();
});

describe('the device flow', () => {
  it('gives addresses and times as AWS does', async () => {
    const { device } = await sdk.startDevice();
    expect(device.userCode).toMatch(/^[A-Z]{4}-[A-Z]{4}$/);
    expect(device).toMatchObject({
      verificationUri: 'https://corp.awsapps.com/start/#/device',
      verificationUriComplete: `https://corp.awsapps.com/start/#/device?user_code=${device.userCode}`,
      expiresIn: 600,
      interval: 1,
    });
    idc.options.verification = 'device-host';
    const old = await sdk.startDevice();
    expect(old.device.verificationUriComplete).toBe(
      `https://device.sso.us-east-1.amazonaws.com/?user_code=${old.userCode}`,
    );
  });

  it('is pending, then approved, then spent', async () => {
    const { poll, userCode } = await sdk.startDevice();
    await expect(poll()).rejects.toBeInstanceOf(AuthorizationPendingException);
    idc.approve(userCode);
    const token = await poll();
    expect(token).toMatchObject({ tokenType: 'Bearer', expiresIn: 3600 });
    expect(token.accessToken).toBeTruthy();
    expect(token.refreshToken).toBeTruthy();
    await expect(poll()).rejects.toBeInstanceOf(InvalidGrantException);
    expect(idc.deviceCodes).toMatchObject([{ userCode, status: 'spent', clientName: 'test client' }]);
    expect(idc.count('CreateToken')).toBe(3);
    expect(idc.count('CreateToken', { status: 200 })).toBe(1);
    expect(idc.unexpected).toEqual([]);
  });

  it('is denied by the person', async () => {
    const { poll, userCode } = await sdk.startDevice();
    idc.deny(userCode);
    await expect(poll()).rejects.toBeInstanceOf(AccessDeniedException);
  });

  it('expires when the clock passes expiresIn, and cannot be approved any more', async () => {
    const { poll, userCode } = await sdk.startDevice();
    idc.clock.advance(601);
    await expect(poll()).rejects.toBeInstanceOf(ExpiredTokenException);
    expect(() => idc.approve(userCode)).toThrow('expired');
  });

  it('slows down a client that polls faster than the interval, when asked to', async () => {
    idc.options.enforceInterval = true;
    const { poll } = await sdk.startDevice();
    await expect(poll()).rejects.toBeInstanceOf(AuthorizationPendingException);
    await expect(poll()).rejects.toBeInstanceOf(SlowDownException);
    idc.clock.advance(5);
    await expect(poll()).rejects.toBeInstanceOf(SlowDownException);
    idc.clock.advance(11);
    await expect(poll()).rejects.toBeInstanceOf(AuthorizationPendingException);
  });

  it('issues no refresh token to a client that did not ask for account access', async () => {
    const { poll, userCode } = await sdk.startDevice([]);
    idc.approve(userCode);
    expect((await poll()).refreshToken).toBeUndefined();
  });

  it('knows a start URL in its own region only', async () => {
    const { client } = await sdk.startDevice();
    const start = (url: string, startUrl: string) => {
      const there = new SSOOIDCClient({ region: 'eu-west-1', endpoint: url, maxAttempts: 1 });
      return there.send(new StartDeviceAuthorizationCommand({ ...client, startUrl }));
    };
    await expect(start(idc.httpUrlIn('eu-west-1'), idc.startUrl)).rejects.toBeInstanceOf(
      InvalidRequestException,
    );
    await expect(start(idc.httpUrlIn('us-east-1'), `${idc.startUrl}/#/`)).resolves.toBeTruthy();
    await expect(start(idc.httpUrl, 'https://other.awsapps.com/start')).rejects.toBeInstanceOf(
      InvalidRequestException,
    );
  });
});

describe('clients and grants', () => {
  it('refuses a wrong secret, an old registration, a grant of another kind', async () => {
    const { client, poll } = await sdk.startDevice();
    const ask = (grantType: string, secret = client.clientSecret) =>
      sdk.oidc.send(new CreateTokenCommand({ ...client, clientSecret: secret, grantType }));
    await expect(ask(DEVICE_CODE, 'wrong')).rejects.toBeInstanceOf(InvalidClientException);
    await expect(ask('authorization_code')).rejects.toBeInstanceOf(UnauthorizedClientException);
    await expect(ask('password')).rejects.toBeInstanceOf(UnsupportedGrantTypeException);
    idc.clock.advance(91 * 24 * 3600);
    await expect(poll()).rejects.toBeInstanceOf(InvalidClientException);
  });

  it('rotates refresh tokens, and refuses an old one and one of an ended portal session', async () => {
    const { client, poll, userCode } = await sdk.startDevice();
    idc.approve(userCode);
    const first = await poll();
    const refresh = (refreshToken: string | undefined) =>
      sdk.oidc.send(new CreateTokenCommand({ ...client, grantType: 'refresh_token', refreshToken }));
    const second = await refresh(first.refreshToken);
    expect(second.refreshToken).not.toBe(first.refreshToken);
    await expect(refresh(first.refreshToken)).rejects.toBeInstanceOf(InvalidGrantException);
    const third = await refresh(second.refreshToken);
    idc.endPortalSessions();
    await expect(refresh(third.refreshToken)).rejects.toBeInstanceOf(InvalidGrantException);
  });

  it('issues no token that outlives the portal session', async () => {
    const { poll, userCode } = await sdk.startDevice();
    idc.approve(userCode);
    idc.clock.advance(7.5 * 3600);
    idc.options.deviceCodeSeconds = 600;
    const { expiresIn } = await poll();
    expect(expiresIn).toBeLessThanOrEqual(1800);
    expect(expiresIn).toBeGreaterThan(1700);
  });

  it('tells times as epoch seconds and by its own clock', async () => {
    idc.clock.advance(86_400);
    const response = await fetch(`${idc.httpUrl}/client/register`, {
      method: 'POST',
      body: JSON.stringify({ clientName: 'c', clientType: 'public' }),
    });
    const tomorrow = Math.floor(Date.now() / 1000) + 86_400;
    const body: unknown = await response.json();
    expect(body).toMatchObject({ authorizationEndpoint: null, tokenEndpoint: null });
    expect(body).toHaveProperty('clientIdIssuedAt', expect.closeTo(tomorrow, -1));
    expect(body).toHaveProperty('clientSecretExpiresAt', expect.closeTo(tomorrow + 90 * 86_400, -1));
    expect(Date.parse(response.headers.get('date') ?? '') / 1000).toBeCloseTo(tomorrow, -1);
  });
});
