import {
  CreateTokenCommand,
  RegisterClientCommand,
  SSOOIDCClient,
  StartDeviceAuthorizationCommand,
} from '@aws-sdk/client-sso-oidc';
import type { IdentityCenter } from './index.ts';

export const DEVICE_CODE = 'urn:ietf:params:oauth:grant-type:device_code';

/** A real client of AWS's SDK against the embedded service, without retries, and the two calls that every flow starts with. */
export function oidcClient(idc: IdentityCenter) {
  const oidc = new SSOOIDCClient({ region: 'us-east-1', endpoint: idc.httpUrl, maxAttempts: 1 });

  async function register(scopes = ['sso:account:access'], more: object = {}) {
    const { clientId, clientSecret } = await oidc.send(
      new RegisterClientCommand({ clientName: 'test client', clientType: 'public', scopes, ...more }),
    );
    return { clientId, clientSecret };
  }

  async function startDevice(scopes?: string[]) {
    const client = await register(scopes);
    const device = await oidc.send(
      new StartDeviceAuthorizationCommand({ ...client, startUrl: idc.startUrl }),
    );
    const poll = () =>
      oidc.send(new CreateTokenCommand({ ...client, grantType: DEVICE_CODE, deviceCode: device.deviceCode }));
    return { client, device, poll, userCode: device.userCode ?? '' };
  }

  return { oidc, register, startDevice };
}
