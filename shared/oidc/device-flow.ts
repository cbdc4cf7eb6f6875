import type { FoundPortal, Target } from '../fields.ts';
import { noToken, regionWrong } from '../login/endings.ts';
import type { DeviceCode, IssuedToken, OidcClient, Registration } from './client.ts';
import { afterReply, type Poll, pauseMs } from './poll.ts';

/** Where client registrations are kept: in the host's private folder, whoever asks. */
export interface Registrations {
  /** One that is good for a while yet. */
  find(): Promise<Registration | undefined>;
  keep(registration: Registration): Promise<void>;
}

/**
 * The beginning of the device flow (RFC 8628 §3.1) with a stored registration, or with a new one that is stored then; once more
 * with a new one when AWS has forgotten the stored one. `onRegistered` is called before the code is asked for.
 */
export async function startDeviceFlow(
  oidc: OidcClient,
  registrations: Registrations,
  { target, found }: { target: Target; found: Pick<FoundPortal, 'portal'> },
  onRegistered: () => void = () => {},
): Promise<{ registration: Registration; device: DeviceCode }> {
  const fresh = async () => {
    const registration = await oidc.register(target.scopes);
    await registrations.keep(registration);
    return registration;
  };
  const stored = await registrations.find();
  let registration = stored ?? (await fresh());
  onRegistered();
  let device = await oidc.startDevice(registration, found.portal);
  if (device === 'unknown-client' && stored !== undefined) {
    registration = await fresh();
    device = await oidc.startDevice(registration, found.portal);
  }
  if (device === 'unknown-portal') throw regionWrong(target);
  if (device === 'unknown-client') throw noToken('forgotten', target);
  return { registration, device };
}

/** Asks for the token at AWS's interval until there is one. `now` is milliseconds since 1970. Throws the true end otherwise. */
export async function waitForToken(options: {
  oidc: OidcClient;
  registration: Registration;
  device: DeviceCode;
  target: Target;
  now: () => number;
  sleep: (milliseconds: number) => Promise<void>;
}): Promise<IssuedToken> {
  const { oidc, registration, device, target, now, sleep } = options;
  const end = now() + device.livesMs;
  let poll: Poll = { intervalMs: device.intervalMs, failures: 0 };
  for (;;) {
    await sleep(pauseMs(poll));
    const after = afterReply(poll, await oidc.askToken(registration, device.deviceCode));
    if (after.next === 'store') return after.token;
    if (after.next === 'end') throw noToken(after.why, target);
    if (now() >= end) throw noToken('expired', target);
    ({ poll } = after);
  }
}
