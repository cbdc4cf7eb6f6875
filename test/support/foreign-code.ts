import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SSOOIDC } from '@aws-sdk/client-sso-oidc';
import type { IdentityCenter } from './identity-center/index.ts';

/** Somebody else's device authorization: the attacker's half of device-code phishing. */
export async function foreignCode(
  idc: IdentityCenter,
): Promise<{ userCode: string; url: string; redeem(): Promise<unknown> }> {
  const oidc = new SSOOIDC({ region: 'us-east-1', endpoint: idc.httpUrl });
  const { clientId, clientSecret } = await oidc.registerClient({
    clientName: 'botocore-client-corp',
    clientType: 'public',
    scopes: ['sso:account:access'],
  });
  const client = { clientId, clientSecret };
  const device = await oidc.startDeviceAuthorization({ ...client, startUrl: idc.startUrl });
  return {
    userCode: device.userCode ?? '',
    url: device.verificationUriComplete ?? device.verificationUri ?? '',
    redeem: () =>
      oidc.createToken({
        ...client,
        grantType: 'urn:ietf:params:oauth:grant-type:device_code',
        deviceCode: device.deviceCode,
      }),
  };
}

/** How many codes the commands of a home have vouched for in its state folder. */
export function vouchesLeft(home: string): number {
  try {
    const list: unknown = JSON.parse(readFileSync(join(home, '.local/state/awsher/vouches.json'), 'utf8'));
    return Array.isArray(list) ? list.length : 0;
  } catch {
    return 0;
  }
}
