import { AwsherError } from '../../shared/errors/awsher-error.ts';
import { codeExpired, refused, regionWrong } from '../../shared/login/refusals.ts';
import { nextTokenStep } from '../../shared/oidc/token-reply.ts';
import type { Asker, FoundPortal, Target } from '../../shared/protocol/fields.ts';
import type { AwsClients } from '../aws/clients.ts';
import { configuredEndpoint } from '../aws/endpoints.ts';
import { faultOf } from '../aws/errors.ts';
import {
  createTokenByDeviceCode,
  type IssuedToken,
  type Registration,
  registerClient,
  startDeviceAuthorization,
} from '../aws/oidc.ts';
import { findRegistration, removeRegistration, saveRegistration } from '../files/registrations.ts';
import { hashCode, leaveVouch, VOUCH_MS } from '../files/vouches.ts';
import type { Context } from '../platform/context.ts';

const GRANT_TYPES = ['urn:ietf:params:oauth:grant-type:device_code', 'refresh_token'];
/** Lost connections in a row that a wait survives. */
const MAX_NETWORK_FAILURES = 5;

export interface DeviceSignIn {
  context: Context;
  clients: AwsClients;
  target: Target;
  /** Where its start URL leads. */
  found: FoundPortal;
  asker: Asker;
  signal: AbortSignal;
  /** Shows address and code to the person; opens nothing. */
  show(page: {
    userCode: string;
    verificationUri: string;
    verificationUriComplete: string;
    expiresInSeconds: number;
  }): void;
}

export interface DeviceToken {
  registration: Registration;
  token: IssuedToken;
}

/**
 * The device authorization grant (RFC 8628) by the command itself, for when no browser of this computer is connected.
 * The person approves by hand, here or on another device; AWS is asked at its own interval.
 */
export async function deviceSignIn(options: DeviceSignIn): Promise<DeviceToken> {
  const { context, clients, target, found, signal, asker } = options;
  const { paths } = context;
  let registration = await registrationFor(options, false);
  const start = () =>
    startDeviceAuthorization(clients, {
      place: found,
      startUrl: found.portal,
      registration,
      signal,
    });
  const device = await start().catch(async (error: unknown) => {
    const fault = error instanceof AwsherError ? faultOf(error.cause) : undefined;
    if (fault?.kind === 'invalid-request') throw regionWrong(target, error);
    // AWS forgot the stored registration before its time: once anew.
    if (fault?.kind !== 'grant-rejected') throw error;
    await removeRegistration(paths, keyOf(options), registration.clientId);
    registration = await registrationFor(options, true);
    return start();
  });
  // So that awsher in a browser of this computer knows the code when its page comes up. Whose code another endpoint gives,
  // nobody knows.
  const vouch = { codeHash: hashCode(device.userCode), until: context.now() + VOUCH_MS, ...asker };
  if (configuredEndpoint('sso-oidc', context.env) === undefined) {
    await leaveVouch(paths, vouch, context.now()).catch(() => {});
  }
  options.show(device);

  const end = context.now() + device.expiresInSeconds * 1000;
  let seconds = device.intervalSeconds;
  let failures = 0;
  for (;;) {
    await context.sleep(seconds * 1000, signal);
    const reply = await createTokenByDeviceCode(clients, {
      place: found,
      registration,
      deviceCode: device.deviceCode,
      signal,
    });
    if (reply.kind === 'token') return { registration, token: reply.token };
    if (reply.kind === 'failed') {
      if (reply.error.code !== 'NETWORK' || ++failures > MAX_NETWORK_FAILURES) throw reply.error;
    } else {
      failures = 0;
      const step = nextTokenStep(reply, seconds);
      if (step.next === 'fail') throw refused(step.code, target);
      if (step.next === 'wait') seconds = step.intervalSeconds;
    }
    if (context.now() >= end) throw codeExpired(target);
  }
}

/** What a registration for a portal is kept under; the search for a region leaves one there, too. */
export const registrationKey = (scopes: readonly string[], found: { region: string; portal: string }) => ({
  region: found.region,
  startUrl: found.portal,
  scopes,
  grantTypes: GRANT_TYPES,
});
const keyOf = ({ target, found }: DeviceSignIn) => registrationKey(target.scopes, found);

/** The registration that host and command share, or a new one. */
async function registrationFor(options: DeviceSignIn, fresh: boolean): Promise<Registration> {
  const { context, clients, found, target, signal } = options;
  const stored = fresh ? undefined : findRegistration(context.paths, keyOf(options), context.now());
  if (stored) return stored;
  const { scopes } = target;
  const registration = await registerClient(clients, { place: found, clientName: 'awsher', scopes, signal });
  await saveRegistration(context.paths, keyOf(options), registration, context.now());
  return registration;
}
