import type { VouchedCode } from '../../shared/approval/code-book.ts';
import { AwsherError } from '../../shared/errors/awsher-error.ts';
import { regionWrong } from '../../shared/login/refusals.ts';
import type { FoundPortal, Target } from '../../shared/protocol/fields.ts';
import { now } from '../platform/time.ts';
import type { HostLink } from './host-link.ts';
import { type DeviceAuthorization, oidcClient } from './oidc.ts';
import { findRegistration } from './registration.ts';

/** Registration and StartDeviceAuthorization: the code that the page will ask about. `onRegistered` comes between them. */
export async function requestCode(
  link: HostLink,
  target: Target,
  place: FoundPortal,
  onRegistered: () => void,
): Promise<DeviceAuthorization & { clientId: string }> {
  const client = oidcClient(place);
  const host = await link.host();
  const registration = await findRegistration(host, client, place, target, 'stored or new');
  const { clientId } = registration;
  onRegistered();
  try {
    return { clientId, ...(await client.authorizeDevice(registration, place.portal)) };
  } catch (thrown) {
    if (thrown instanceof AwsherError && thrown.code === 'REGION_WRONG') throw regionWrong(target, thrown);
    if (!(thrown instanceof AwsherError) || thrown.code !== 'SIGN_IN_FAILED') throw thrown;
    // AWS forgot the stored registration before its time: once anew.
    const fresh = await findRegistration(host, client, place, target, 'new');
    return { clientId: fresh.clientId, ...(await client.authorizeDevice(fresh, place.portal)) };
  }
}

/** A code that AWS gave us, as it enters the book. It has no tab yet. */
export function vouchedCode(device: DeviceAuthorization, attempt: string): VouchedCode {
  return {
    userCode: device.userCode,
    pageHostname: new URL(device.verificationUri).hostname,
    page: device.verificationUri,
    attempt,
    tabId: null,
    vouchedAt: now(),
    expiresAt: now() + device.expiresIn * 1000,
    confirmedAt: null,
    allowedAt: null,
    consentContext: null,
    consentLost: false,
  };
}
