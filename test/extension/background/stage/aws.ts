import { OURS } from '../../../shared/approval/scenes.ts';
import type { Answers, Asked } from './host.ts';
import { DEVICE_PAGE } from './pages.ts';

// AWS's OIDC service, as its SDK's client gives it.

export const AWS_ANSWERS: Answers = {
  RegisterClientCommand: () => ({
    clientId: 'client-2',
    clientSecret: 'secret-2',
    clientSecretExpiresAt: 4_000_000_000,
  }),
  StartDeviceAuthorizationCommand: () => ({
    deviceCode: 'device-code',
    userCode: OURS,
    verificationUri: 'https://corp.awsapps.com/start/#/device',
    verificationUriComplete: DEVICE_PAGE,
    expiresIn: 600,
    interval: 1,
  }),
  CreateTokenCommand: () => {
    throw Object.assign(new Error('pending'), { name: 'AuthorizationPendingException' });
  },
};

/** In place of `@aws-sdk/client-sso-oidc`. */
export function oidcModule(answers: Answers, { note }: Asked) {
  class SSOOIDCClient {
    config: object;
    constructor(config: object) {
      this.config = { ...config, requestHandler: { handle: async () => ({}) } };
    }
    async send(command: { input: never }) {
      const { name } = command.constructor;
      note(name, command.input);
      return answers[name]?.(command.input);
    }
  }
  const command = (name: string) =>
    ({
      [name]: class {
        input: unknown;
        constructor(input: unknown) {
          this.input = input;
        }
      },
    })[name];
  const commands = Object.keys(AWS_ANSWERS).map((name) => [name, command(name)]);
  return { SSOOIDCClient, ...Object.fromEntries(commands) };
}
