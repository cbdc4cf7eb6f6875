import { describe, expect, it } from 'vitest';
import { oidcClient, type Registration } from '../../../shared/oidc/client.ts';
import { startDeviceFlow, waitForToken } from '../../../shared/oidc/device-flow.ts';
import { Secret } from '../../../shared/secret.ts';
import { DEVICE, noNetwork, REGISTERED, scripted, sdkError, TOKEN } from './sdk.ts';

const target = {
  session: 'corp',
  startUrl: 'https://corp.awsapps.com/start',
  region: 'eu-west-1',
  scopes: ['sso:account:access'],
};
const stored: Registration = { clientId: 'old', clientSecret: new Secret('old-secret'), expiresAt: 1 };

async function start(script: Parameters<typeof scripted>[0], found?: Registration) {
  const { send, asked } = scripted(script);
  const kept: string[] = [];
  const registrations = {
    find: async () => found,
    keep: async ({ clientId }: Registration) => void kept.push(clientId),
  };
  const flow = startDeviceFlow(oidcClient(send, target), registrations, {
    target,
    found: { portal: target.startUrl },
  });
  const end = await flow.then(
    ({ registration, device }) => `${registration.clientId} ${device.userCode}`,
    ({ code, hint, message }) => [code, hint, message],
  );
  return { end, kept, calls: asked.map(([operation]) => operation) };
}

describe('the beginning', () => {
  it('registers once and keeps what it got', async () => {
    const script = { registerClient: [REGISTERED], startDeviceAuthorization: [DEVICE] };
    expect(await start(script)).toEqual({
      end: 'client-1 ABCD-EFGH',
      kept: ['client-1'],
      calls: ['registerClient', 'startDeviceAuthorization'],
    });
  });

  it('takes the stored registration', async () => {
    expect(await start({ startDeviceAuthorization: [DEVICE] }, stored)).toEqual({
      end: 'old ABCD-EFGH',
      kept: [],
      calls: ['startDeviceAuthorization'],
    });
  });

  const forgotten = () => sdkError('InvalidClientException', { status: 401 });
  it('registers anew when AWS has forgotten the stored one, once', async () => {
    const script = { registerClient: [REGISTERED], startDeviceAuthorization: [forgotten(), DEVICE] };
    expect(await start(script, stored)).toMatchObject({ end: 'client-1 ABCD-EFGH', kept: ['client-1'] });
  });

  it.each([
    ['just registered', undefined],
    ['registered anew', stored],
  ])("tells in AWS's words that it refuses a client that awsher has %s", async (_, found) => {
    const refused = () => sdkError('InvalidClientException', { error_description: 'Client is not enabled' });
    const startDeviceAuthorization = found ? [forgotten(), refused()] : [refused()];
    const { end, kept } = await start({ registerClient: [REGISTERED], startDeviceAuthorization }, found);
    expect(end).toEqual([
      'AWS_ERROR',
      expect.any(String),
      expect.stringMatching(/refused: Client is not enabled/),
    ]);
    expect(kept).toEqual(['client-1']);
  });

  it('says what to compare when AWS does not know the portal', async () => {
    const said = sdkError('InvalidRequestException', { error_description: 'Invalid start url provided' });
    const { end } = await start({ startDeviceAuthorization: [said] }, stored);
    expect(end).toEqual(['REGION_WRONG', expect.stringContaining('--replace'), expect.any(String)]);
  });
});

/** Runs the wait with a clock that the sleeps alone move; tells what it came to and when AWS was asked. */
async function wait(answers: (object | Error)[], more: { until?: number; wait?: number } = {}) {
  const { send } = scripted({ createToken: [...answers] });
  const oidc = oidcClient(send, target);
  const at: number[] = [];
  let clock = 0;
  const ask = () => {
    at.push(clock);
    return oidc.askToken(stored, new Secret('device-1'));
  };
  const sleep = async (milliseconds: number) => {
    clock += milliseconds;
  };
  const end = await waitForToken(ask, { intervalMs: 1_000, ...more, target, now: () => clock, sleep }).then(
    ({ accessToken }) => accessToken.expose(),
    ({ code }) => code,
  );
  return { end, at };
}

describe('the wait', () => {
  const pending = () => sdkError('AuthorizationPendingException');
  it.each<[string, (object | Error)[], unknown, number[]]>([
    ['a token at once', [TOKEN], 'access-1', [1_200]],
    ['pending', [pending(), pending(), TOKEN], 'access-1', [1_200, 2_400, 3_600]],
    ['slower', [sdkError('SlowDownException'), pending(), TOKEN], 'access-1', [1_200, 8_400, 15_600]],
    ['denied', [pending(), sdkError('AccessDeniedException')], 'SIGN_IN_DENIED', [1_200, 2_400]],
    ['expired', [sdkError('ExpiredTokenException')], 'CODE_EXPIRED', [1_200]],
    ['lost', [sdkError('InvalidGrantException')], 'SIGN_IN_FAILED', [1_200]],
    ['no network for a moment', [noNetwork(), noNetwork(), TOKEN], 'access-1', [1_200, 2_400, 3_600]],
    ['no network', Array.from({ length: 6 }, noNetwork), 'NETWORK', [1, 2, 3, 4, 5, 6].map((n) => n * 1_200)],
  ])('%s: %s', async (_what, answers, end, at) => {
    expect(await wait(answers)).toEqual({ end, at });
  });

  it('ends with the code, whatever AWS goes on to say', async () => {
    expect(await wait([pending(), pending(), pending()], { until: 2_400 })).toEqual({
      end: 'CODE_EXPIRED',
      at: [1_200, 2_400],
    });
  });

  it('asks at once where there is nothing to wait for', async () => {
    expect(await wait([noNetwork(), TOKEN], { wait: 0 })).toEqual({ end: 'access-1', at: [0, 1_200] });
  });
});
