import { createHash, randomBytes } from 'node:crypto';
import {
  AccessDeniedException,
  AuthorizationPendingException,
  CreateTokenCommand,
  ExpiredTokenException,
  InternalServerException,
  InvalidClientException,
  InvalidGrantException,
  InvalidRequestException,
  RegisterClientCommand,
  SlowDownException,
  SSOOIDCClient,
  StartDeviceAuthorizationCommand,
  UnauthorizedClientException,
  UnsupportedGrantTypeException,
} from '@aws-sdk/client-sso-oidc';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type IdentityCenter, startIdentityCenter } from './index.ts';

const DEVICE_CODE = 'urn:ietf:params:oauth:grant-type:device_code';
const REDIRECT = 'http://127.0.0.1/oauth/callback';

let idc: IdentityCenter;
let oidc: SSOOIDCClient;

beforeEach(async () => {
  idc = await startIdentityCenter();
  oidc = new SSOOIDCClient({ region: 'us-east-1', endpoint: idc.httpUrl, maxAttempts: 1 });
});
afterEach(async () => {
  oidc.destroy();
  await idc.close();
});

async function register(scopes = ['sso:account:access'], more: object = {}) {
  const { clientId, clientSecret } = await oidc.send(
    new RegisterClientCommand({ clientName: 'test client', clientType: 'public', scopes, ...more }),
  );
  return { clientId, clientSecret };
}

async function startDevice(scopes?: string[]) {
  const client = await register(scopes);
  const device = await oidc.send(new StartDeviceAuthorizationCommand({ ...client, startUrl: idc.startUrl }));
  const poll = () =>
    oidc.send(new CreateTokenCommand({ ...client, grantType: DEVICE_CODE, deviceCode: device.deviceCode }));
  return { client, device, poll, userCode: device.userCode ?? '' };
}

describe('the device flow', () => {
  it('gives addresses and times as AWS does', async () => {
    const { device } = await startDevice();
    expect(device.userCode).toMatch(/^[A-Z]{4}-[A-Z]{4}$/);
    expect(device).toMatchObject({
      verificationUri: 'https://corp.awsapps.com/start/#/device',
      verificationUriComplete: `https://corp.awsapps.com/start/#/device?user_code=${device.userCode}`,
      expiresIn: 600,
      interval: 1,
    });
    idc.options.verification = 'device-host';
    const old = await startDevice();
    expect(old.device.verificationUriComplete).toBe(
      `https://device.sso.us-east-1.amazonaws.com/?user_code=${old.userCode}`,
    );
  });

  it('is pending, then approved, then spent', async () => {
    const { poll, userCode } = await startDevice();
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
    const { poll, userCode } = await startDevice();
    idc.deny(userCode);
    await expect(poll()).rejects.toBeInstanceOf(AccessDeniedException);
  });

  it('expires when the clock passes expiresIn, and cannot be approved any more', async () => {
    const { poll, userCode } = await startDevice();
    idc.clock.advance(601);
    await expect(poll()).rejects.toBeInstanceOf(ExpiredTokenException);
    expect(() => idc.approve(userCode)).toThrow('expired');
  });

  it('slows down a client that polls faster than the interval, when asked to', async () => {
    idc.options.enforceInterval = true;
    const { poll } = await startDevice();
    await expect(poll()).rejects.toBeInstanceOf(AuthorizationPendingException);
    await expect(poll()).rejects.toBeInstanceOf(SlowDownException);
    idc.clock.advance(5);
    await expect(poll()).rejects.toBeInstanceOf(SlowDownException);
    idc.clock.advance(11);
    await expect(poll()).rejects.toBeInstanceOf(AuthorizationPendingException);
  });

  it('issues no refresh token to a client that did not ask for account access', async () => {
    const { poll, userCode } = await startDevice([]);
    idc.approve(userCode);
    expect((await poll()).refreshToken).toBeUndefined();
  });

  it('knows a start URL in its own region only', async () => {
    const { client } = await startDevice();
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
    const { client, poll } = await startDevice();
    const ask = (grantType: string, secret = client.clientSecret) =>
      oidc.send(new CreateTokenCommand({ ...client, clientSecret: secret, grantType }));
    await expect(ask(DEVICE_CODE, 'wrong')).rejects.toBeInstanceOf(InvalidClientException);
    await expect(ask('authorization_code')).rejects.toBeInstanceOf(UnauthorizedClientException);
    await expect(ask('password')).rejects.toBeInstanceOf(UnsupportedGrantTypeException);
    idc.clock.advance(91 * 24 * 3600);
    await expect(poll()).rejects.toBeInstanceOf(InvalidClientException);
  });

  it('rotates refresh tokens, and refuses an old one and one of an ended portal session', async () => {
    const { client, poll, userCode } = await startDevice();
    idc.approve(userCode);
    const first = await poll();
    const refresh = (refreshToken: string | undefined) =>
      oidc.send(new CreateTokenCommand({ ...client, grantType: 'refresh_token', refreshToken }));
    const second = await refresh(first.refreshToken);
    expect(second.refreshToken).not.toBe(first.refreshToken);
    await expect(refresh(first.refreshToken)).rejects.toBeInstanceOf(InvalidGrantException);
    const third = await refresh(second.refreshToken);
    idc.endPortalSessions();
    await expect(refresh(third.refreshToken)).rejects.toBeInstanceOf(InvalidGrantException);
  });

  it('issues no token that outlives the portal session', async () => {
    const { poll, userCode } = await startDevice();
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

describe('the authorization code flow', () => {
  async function open(verifier: string) {
    const client = await register(['sso:account:access'], {
      grantTypes: ['authorization_code', 'refresh_token'],
      redirectUris: [REDIRECT],
      issuerUrl: idc.startUrl,
    });
    const redirectUri = 'http://127.0.0.1:39077/oauth/callback';
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: client.clientId ?? '',
      redirect_uri: redirectUri,
      state: 'state-1',
      code_challenge_method: 'S256',
      scopes: 'sso:account:access',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    });
    const response = await fetch(`${idc.httpUrl}/authorize?${query}`, { redirect: 'manual' });
    const exchange = (code: string, codeVerifier: string, uri = redirectUri) =>
      oidc.send(
        new CreateTokenCommand({
          ...client,
          grantType: 'authorization_code',
          code,
          codeVerifier,
          redirectUri: uri,
        }),
      );
    return { response, exchange };
  }

  it('redirects to the portal, then to the loopback address, and checks the verifier', async () => {
    const verifier = randomBytes(48).toString('base64url');
    const { response, exchange } = await open(verifier);
    expect(response.status).toBe(302);
    expect(response.headers.get('location')).toMatch(
      /^https:\/\/corp\.awsapps\.com\/start\/\?orchestrator_id=/,
    );
    const back = new URL(idc.settleAuthorization());
    expect(back.host).toBe('127.0.0.1:39077');
    expect(back.searchParams.get('state')).toBe('state-1');
    const code = back.searchParams.get('code') ?? '';
    await expect(exchange(code, 'another verifier')).rejects.toBeInstanceOf(InvalidGrantException);
    await expect(exchange(code, verifier, REDIRECT)).rejects.toBeInstanceOf(InvalidGrantException);
    expect((await exchange(code, verifier)).refreshToken).toBeTruthy();
    await expect(exchange(code, verifier)).rejects.toBeInstanceOf(InvalidGrantException);
  });

  it('tells the client when the person denies', async () => {
    await open('verifier');
    const back = new URL(idc.settleAuthorization('deny'));
    expect(back.searchParams.get('error')).toBe('access_denied');
    expect(back.searchParams.get('state')).toBe('state-1');
  });

  it('never redirects to an address that is not registered', async () => {
    const client = await register();
    const query = new URLSearchParams({
      client_id: client.clientId ?? '',
      redirect_uri: 'https://evil.example/',
    });
    const response = await fetch(`${idc.httpUrl}/authorize?${query}`, { redirect: 'manual' });
    expect(response.status).toBe(400);
  });
});

describe('faults', () => {
  it('fails as often as asked, in the words of the service', async () => {
    idc.faults.add({ operation: 'RegisterClient', status: 503, times: 2 });
    await expect(register()).rejects.toBeInstanceOf(InternalServerException);
    await expect(register()).rejects.toBeInstanceOf(InternalServerException);
    await expect(register()).resolves.toBeTruthy();
  });

  it('cuts the connection after the operation took effect', async () => {
    const { poll, userCode } = await startDevice();
    idc.approve(userCode);
    idc.faults.add({ operation: 'CreateToken', cut: 'after', times: 1 });
    await expect(poll()).rejects.toThrow();
    await expect(poll()).rejects.toBeInstanceOf(InvalidGrantException);
  });

  it('refuses and records what is not modelled', async () => {
    const response = await fetch(`${idc.httpUrl}/token?aws_iam=t`, { method: 'PUT' });
    expect(response.status).toBe(500);
    expect(idc.unexpected).toMatchObject([{ operation: 'PUT 127.0.0.1/token' }]);
  });

  it('keeps no secret in its journal', async () => {
    const { poll, userCode } = await startDevice();
    idc.approve(userCode);
    await poll();
    const journal = JSON.stringify(idc.requests);
    expect(idc.secrets.length).toBeGreaterThanOrEqual(4);
    for (const secret of idc.secrets) expect(journal).not.toContain(secret);
  });
});
