import { createHash, randomBytes } from 'node:crypto';
import { CreateTokenCommand, InvalidGrantException } from '@aws-sdk/client-sso-oidc';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type IdentityCenter, startIdentityCenter } from './index.ts';
import { oidcClient } from './wire-clients.ts';

const REDIRECT = 'http://127.0.0.1/oauth/callback';

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

describe('the authorization code flow', () => {
  async function open(verifier: string) {
    const client = await sdk.register(['sso:account:access'], {
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
      sdk.oidc.send(
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
    const client = await sdk.register();
    const query = new URLSearchParams({
      client_id: client.clientId ?? '',
      redirect_uri: 'https://evil.example/',
    });
    const response = await fetch(`${idc.httpUrl}/authorize?${query}`, { redirect: 'manual' });
    expect(response.status).toBe(400);
  });
});
