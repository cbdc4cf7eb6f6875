import { AwsherError } from '../errors/awsher-error.ts';
import type { FoundPortal, Target } from '../fields.ts';
import { noToken, regionWrong } from '../login/endings.ts';
import type { DeviceCode, IssuedToken, OidcClient, Registration, TokenReply } from './client.ts';
import { afterReply, type Poll, pauseMs } from './poll.ts';

/** Where client registrations are kept: in the host's private folder, whoever asks. */
export interface Registrations {
  /** One that is good for a while yet. */
  find(): Promise<Registration | undefined>;
  keep(registration: Registration): Promise<void>;
}

/** A new registration for a flow, which is stored; one for PKCE is for one portal. */
export async function registerAnew(
  oidc: Pick<OidcClient, 'register'>,
  registrations: Registrations,
  ...which: Parameters<OidcClient['register']>
): Promise<Registration> {
  const fresh = await oidc.register(...which);
  await registrations.keep(fresh);
  return fresh;
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
  const fresh = () => registerAnew(oidc, registrations, target.scopes);
  const stored = await registrations.find();
  let registration = stored ?? (await fresh());
  onRegistered();
  let device = await oidc.startDevice(registration, found.portal);
  if (device instanceof AwsherError && stored !== undefined) {
    registration = await fresh();
    device = await oidc.startDevice(registration, found.portal);
  }
  if (device === 'unknown-portal') throw regionWrong(target);
  if (device instanceof AwsherError) throw device;
  return { registration, device };
}

/**
 * Asks for the token until there is one: first after `wait`, then at the interval, all in milliseconds. Throws the true end otherwise;
 * `until` is milliseconds since 1970.
 */
export async function waitForToken(
  ask: () => Promise<TokenReply>,
  options: {
    intervalMs: number;
    wait?: number;
    until?: number;
    target: Target;
    now: () => number;
    sleep: (milliseconds: number) => Promise<void>;
  },
): Promise<IssuedToken> {
  const { intervalMs, until = Number.POSITIVE_INFINITY, target, now, sleep } = options;
  let poll: Poll = { intervalMs, failures: 0 };
  for (let { wait = pauseMs(poll) } = options; ; wait = pauseMs(poll)) {
    await sleep(wait);
    const after = afterReply(poll, await ask());
    if (after.next === 'store') return after.token;
    if (after.next === 'end') throw noToken(after.why, target);
    if (now() >= until) throw noToken('expired', target);
    ({ poll } = after);
  }
}
