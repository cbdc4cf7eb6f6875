import { type OidcClient, oidcClient } from '../../../shared/oidc/client.ts';
import type { AwsClients, Place } from './clients.ts';

/** sso-oidc at one place, through this computer's proxy and certificates. The SDK is loaded with the first call. */
export function oidcOf(clients: AwsClients, place: Place, signal?: AbortSignal): OidcClient {
  const options = signal === undefined ? {} : { abortSignal: signal };
  return oidcClient(
    {
      registerClient: async (input) => (await clients.oidc(place)).registerClient(input, options),
      startDeviceAuthorization: async (input) =>
        (await clients.oidc(place)).startDeviceAuthorization(input, options),
      createToken: async (input) => (await clients.oidc(place)).createToken(input, options),
    },
    { region: place.region, ...(signal === undefined ? {} : { signal }) },
  );
}
