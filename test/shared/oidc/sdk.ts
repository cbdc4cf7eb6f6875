import type { OidcSend } from '../../../shared/oidc/client.ts';

/** An error as the SDK throws it. */
export function sdkError(
  name: string,
  more: { status?: number; error?: string; code?: string; error_description?: string; reason?: string } = {},
): Error {
  const { status = 400, ...fields } = more;
  const error = Object.assign(new Error('text of AWS'), fields, { $metadata: { httpStatusCode: status } });
  error.name = name;
  return error;
}

export const noNetwork = (): Error => new TypeError('Failed to fetch');

type Script = { [K in keyof OidcSend]?: (object | Error)[] };

/** An SDK that says what the script says, one answer after the other, and keeps what it was asked. */
export function scripted(script: Script) {
  const asked: [operation: string, input: object][] = [];
  const answer = (operation: keyof OidcSend) => async (input: object) => {
    asked.push([operation, input]);
    const said = script[operation]?.shift();
    if (said === undefined) throw new Error(`nobody expected ${operation}`);
    if (said instanceof Error) throw said;
    return said;
  };
  const send: OidcSend = {
    registerClient: answer('registerClient'),
    startDeviceAuthorization: answer('startDeviceAuthorization'),
    createToken: answer('createToken'),
  };
  return { send, asked };
}

export const REGISTERED = {
  clientId: 'client-1',
  clientSecret: 'secret-1',
  clientSecretExpiresAt: 2_000_000,
};
export const DEVICE = {
  deviceCode: 'device-1',
  userCode: 'ABCD-EFGH',
  verificationUri: 'https://corp.awsapps.com/start/#/device',
  verificationUriComplete: 'https://corp.awsapps.com/start/#/device?user_code=ABCD-EFGH',
  expiresIn: 600,
  interval: 1,
};
export const TOKEN = { accessToken: 'access-1', refreshToken: 'refresh-1', expiresIn: 28_800 };
