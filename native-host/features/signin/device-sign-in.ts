import type { Asker, FoundPortal, Target } from '../../../shared/fields.ts';
import type { DeviceCode, IssuedToken, Registration } from '../../../shared/oidc/client.ts';
import { startDeviceFlow, waitForToken } from '../../../shared/oidc/device-flow.ts';
import type { AwsClients } from '../../aws/calls/clients.ts';
import { configuredEndpoint } from '../../aws/calls/endpoints.ts';
import { oidcOf } from '../../aws/calls/oidc.ts';
import { registrationKey, registrationsFor } from '../../base/files/registrations.ts';
import { hashCode, leaveVouch, VOUCH_MS } from '../../base/files/vouches.ts';
import type { Context } from '../../base/platform/context.ts';

export interface DeviceSignIn {
  context: Context;
  clients: AwsClients;
  target: Target;
  /** Where its start URL leads. */
  found: FoundPortal;
  asker: Asker;
  signal: AbortSignal;
  /** Shows address and code to the person; opens nothing. */
  show(device: DeviceCode): void;
}

/**
 * The device authorization grant (RFC 8628) by the command itself, for when no browser of this computer is connected.
 * The person approves by hand, here or on another device; AWS is asked at its own interval.
 */
export async function deviceSignIn({
  context,
  clients,
  target,
  found,
  asker,
  signal,
  show,
}: DeviceSignIn): Promise<{
  registration: Registration;
  token: IssuedToken;
}> {
  const { paths, now } = context;
  const oidc = oidcOf(clients, found, signal);
  const registrations = registrationsFor(paths, registrationKey(target.scopes, found), now);
  const { registration, device } = await startDeviceFlow(oidc, registrations, { target, found });
  // So that awsher in a browser of this computer knows the code when its page comes up. Whose code another endpoint gives,
  // nobody knows.
  if (configuredEndpoint('sso-oidc', context.env) === undefined) {
    const vouch = { codeHash: hashCode(device.userCode), until: now() + VOUCH_MS, ...asker };
    await leaveVouch(paths, vouch, now()).catch(() => {});
  }
  show(device);
  const { intervalMs, livesMs, deviceCode } = device;
  const sleep = (milliseconds: number) => context.sleep(milliseconds, signal);
  const wait = { intervalMs, until: now() + livesMs, target, now, sleep };
  return { registration, token: await waitForToken(() => oidc.askToken(registration, deviceCode), wait) };
}
