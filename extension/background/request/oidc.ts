import {
  CreateTokenCommand,
  RegisterClientCommand,
  SSOOIDCClient,
  StartDeviceAuthorizationCommand,
} from '@aws-sdk/client-sso-oidc';
import { serviceOrigin } from '../../../shared/aws/hosts.ts';
import type { FoundPortal } from '../../../shared/fields.ts';
import { type OidcClient, oidcClient } from '../../../shared/oidc/client.ts';
import { limitHandler, retryStrategy } from '../../../shared/transport/limited.ts';
import { LIMITS } from '../../../shared/transport/policy.ts';
import { clockwork } from '../../platform/time.ts';

/** sso-oidc at the endpoint of one portal, by the browser's own network. */
export function oidcOf({ region, family }: Pick<FoundPortal, 'region' | 'family'>): OidcClient {
  const client = new SSOOIDCClient({
    region,
    endpoint: serviceOrigin('oidc', region, family),
    retryStrategy: retryStrategy(clockwork),
    requestHandler: { requestTimeout: LIMITS.firstByteMs },
    // The operations are unsigned; without this the SDK looks for credentials.
    credentials: { accessKeyId: '', secretAccessKey: '' },
  });
  limitHandler(client.config.requestHandler, clockwork);
  return oidcClient(
    {
      registerClient: (input) => client.send(new RegisterClientCommand(input)),
      startDeviceAuthorization: (input) => client.send(new StartDeviceAuthorizationCommand(input)),
      createToken: (input) => client.send(new CreateTokenCommand(input)),
    },
    { region },
  );
}
