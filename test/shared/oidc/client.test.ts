import { describe, expect, it } from 'vitest';
import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import { oidcClient, type Registration } from '../../../shared/oidc/client.ts';
import { Secret } from '../../../shared/secret.ts';
import { DEVICE, noNetwork, REGISTERED, scripted, sdkError, TOKEN } from './sdk.ts';

const region = 'eu-west-1';
const registration: Registration = {
  clientId: 'client-1',
  clientSecret: new Secret('secret-1'),
  expiresAt: 2_000_000_000,
};
const code = new Secret('device-1');
const client = (script: Parameters<typeof scripted>[0]) => oidcClient(scripted(script).send, { region });

describe('a registration', () => {
  it('is asked for with what it is good for, and comes in milliseconds', async () => {
    const { send, asked } = scripted({ registerClient: [REGISTERED] });
    const got = await oidcClient(send, { region }).register(['sso:account:access']);
    expect([got.clientId, got.clientSecret.expose(), got.expiresAt]).toEqual([
      'client-1',
      'secret-1',
      2_000_000_000,
    ]);
    expect(asked).toEqual([
      [
        'registerClient',
        {
          clientName: 'awsher',
          clientType: 'public',
          grantTypes: ['urn:ietf:params:oauth:grant-type:device_code', 'refresh_token'],
          scopes: ['sso:account:access'],
        },
      ],
    ]);
  });

  it('without a scope asks for none', async () => {
    const { send, asked } = scripted({ registerClient: [REGISTERED] });
    await oidcClient(send, { region }).register([]);
    expect(asked[0]?.[1]).not.toHaveProperty('scopes');
  });

  it('for PKCE names the portal and where the answer goes', async () => {
    const { send, asked } = scripted({ registerClient: [REGISTERED] });
    const portal = 'https://corp.awsapps.com/start';
    await oidcClient(send, { region }).register([], { kind: 'pkce', portal });
    expect(asked[0]?.[1]).toMatchObject({
      grantTypes: ['authorization_code', 'refresh_token'],
      redirectUris: ['http://127.0.0.1/oauth/callback'],
      issuerUrl: portal,
    });
  });

  it.each(['clientId', 'clientSecret', 'clientSecretExpiresAt'])('without %s is none', async (missing) => {
    const asked = client({ registerClient: [{ ...REGISTERED, [missing]: undefined }] }).register([]);
    await expect(asked).rejects.toMatchObject({ code: 'AWS_ERROR' });
  });
});

/** InvalidRequestException as AWS's JSON becomes it: the SDK knows no message. */
const invalid = (error_description: string, reason?: string) =>
  Object.assign(
    sdkError('InvalidRequestException', {
      error: 'invalid_request',
      error_description,
      ...(reason ? { reason } : {}),
    }),
    { message: 'UnknownError' },
  );

describe('a device code', () => {
  it('that AWS refuses for another reason than the portal: its words', async () => {
    const said = invalid('The device grant is\u001b[2J turned off for this instance.');
    const asked = client({ startDeviceAuthorization: [said] }).startDevice(registration, 'https://x');
    await expect(asked).rejects.toMatchObject({
      code: 'AWS_ERROR',
      message: expect.stringMatching(/refused: The device grant is�\[2J turned off for this instance\.$/),
    });
  });

  it('comes in milliseconds', async () => {
    const got = await client({ startDeviceAuthorization: [DEVICE] }).startDevice(registration, 'https://x');
    expect(got).toMatchObject({ userCode: 'ABCD-EFGH', livesMs: 600_000, intervalMs: 1_000 });
  });

  it('without a complete address or an interval has the plain one, and five seconds', async () => {
    const { verificationUriComplete: _, interval: __, ...rest } = DEVICE;
    const got = await client({ startDeviceAuthorization: [rest] }).startDevice(registration, 'https://x');
    expect(got).toMatchObject({ verificationUriComplete: DEVICE.verificationUri, intervalMs: 5_000 });
  });

  it.each<[string, Error | object, unknown]>([
    ['registration forgotten', sdkError('InvalidClientException', { status: 401 }), 'returned AWS_ERROR'],
    ['no such portal', invalid('Invalid start url provided'), 'unknown-portal'],
    ['no words at all', invalid(''), 'unknown-portal'],
    ['no such portal, with a reason', invalid('Invalid request', 'KMS_NotFoundException'), 'AWS_ERROR'],
    ['a client that may not', sdkError('UnauthorizedClientException'), 'AWS_ERROR'],
    ['half an answer', { ...DEVICE, deviceCode: undefined }, 'AWS_ERROR'],
    ['ill', sdkError('InternalServerException', { status: 500 }), 'AWS_ERROR'],
    ['no network', noNetwork(), 'NETWORK'],
  ])('%s: %s', async (_what, said, expected) => {
    const asked = client({ startDeviceAuthorization: [said] }).startDevice(registration, 'https://x');
    const got: unknown = await asked.catch((thrown: { code: string }) => thrown.code);
    expect(got instanceof AwsherError ? `returned ${got.code}` : got).toBe(expected);
  });
});

describe('one question for the token', () => {
  it.each<[string, Error | object, string]>([
    ['a token', TOKEN, 'token'],
    ['half a token', { ...TOKEN, accessToken: '' }, 'failed AWS_ERROR'],
    ['pending', sdkError('AuthorizationPendingException'), 'pending'],
    ['pending, by a proxy without headers', sdkError('Error', { error: 'authorization_pending' }), 'pending'],
    ['slow down', sdkError('SlowDownException'), 'slow-down'],
    ['expired', sdkError('ExpiredTokenException'), 'expired'],
    ['denied', sdkError('AccessDeniedException'), 'denied'],
    ['used up', sdkError('InvalidGrantException'), 'lost'],
    ['used up, by a proxy', sdkError('Error', { error: 'invalid_grant' }), 'lost'],
    ['another client', sdkError('InvalidClientException', { status: 401 }), 'failed AWS_ERROR'],
    ['too many', sdkError('TooManyRequestsException', { status: 429 }), 'failed THROTTLED'],
    ['no network', noNetwork(), 'failed NETWORK'],
  ])('%s: %s', async (_what, said, expected) => {
    const reply = await client({ createToken: [said] }).askToken(registration, code);
    expect(reply.kind === 'failed' ? `failed ${reply.error.code}` : reply.kind).toBe(expected);
  });

  it('tells nothing of what AWS or the request said', async () => {
    const reply = await client({ createToken: [sdkError('Odd')] }).askToken(registration, code);
    expect(JSON.stringify(reply)).not.toMatch(/device-1|secret-1/);
  });

  it('rejects with the reason of whoever gave up', async () => {
    const stop = new AbortController();
    const reason = new Error('enough');
    stop.abort(reason);
    const { send } = scripted({ createToken: [sdkError('AbortError')] });
    const asked = oidcClient(send, { region, signal: stop.signal }).askToken(registration, code);
    await expect(asked).rejects.toBe(reason);
  });
});

it.each<[string, Error | object, string]>([
  ['a new token', TOKEN, 'token'],
  ['the portal session is over', sdkError('InvalidGrantException'), 'rejected InvalidGrantException'],
  [
    'the client is over',
    sdkError('InvalidClientException', { status: 401 }),
    'rejected InvalidClientException',
  ],
  ['denied', sdkError('AccessDeniedException'), 'rejected access-denied'],
  ['ill', sdkError('InternalServerException', { status: 500 }), 'failed AWS_ERROR'],
  ['too many', sdkError('TooManyRequestsException', { status: 429 }), 'failed THROTTLED'],
])('a renewal: %s: %s', async (_what, said, expected) => {
  const reply = await client({ createToken: [said] }).refresh(registration, new Secret('refresh-1'));
  const more =
    reply.kind === 'failed' ? ` ${reply.error.code}` : reply.kind === 'rejected' ? ` ${reply.code}` : '';
  expect(reply.kind + more).toBe(expected);
});

describe('half an answer is none', () => {
  it.each(['deviceCode', 'userCode', 'verificationUri', 'expiresIn'])(
    'a device code without %s',
    async (missing) => {
      const asked = client({ startDeviceAuthorization: [{ ...DEVICE, [missing]: undefined }] });
      await expect(asked.startDevice(registration, 'https://x')).rejects.toMatchObject({ code: 'AWS_ERROR' });
    },
  );

  it.each([
    { accessToken: undefined },
    { accessToken: 'a b' },
    { refreshToken: '' },
    { refreshToken: 'a\nb' },
    { expiresIn: undefined },
    { expiresIn: -1 },
  ])('a token with %o', async (wrong) => {
    const reply = await client({ createToken: [{ ...TOKEN, ...wrong }] }).askToken(registration, code);
    expect(reply).toMatchObject({ kind: 'failed', error: { code: 'AWS_ERROR' } });
  });

  it.each([
    ['refresh-1', 'refresh-1'],
    [undefined, undefined],
  ])('a refresh token of %s is the one that there is', async (refreshToken, got) => {
    const reply = await client({ createToken: [{ ...TOKEN, refreshToken }] }).askToken(registration, code);
    expect(reply.kind === 'token' && reply.token.refreshToken?.expose()).toBe(got);
  });
});
