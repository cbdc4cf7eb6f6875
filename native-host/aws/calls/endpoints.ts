import { type Family, serviceOrigin } from '../../../shared/aws/hosts.ts';
import { partitionOf } from '../../../shared/aws/regions.ts';
import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import { printable } from '../../../shared/printable.ts';

type Env = Readonly<Record<string, string | undefined>>;

export type Service = 'sso-oidc' | 'sso' | 'sts';

const VARIABLES = {
  'sso-oidc': 'AWS_ENDPOINT_URL_SSO_OIDC',
  sso: 'AWS_ENDPOINT_URL_SSO',
  sts: 'AWS_ENDPOINT_URL_STS',
} as const;

/**
 * The address that the environment asks for instead of AWS's own: the service's variable before AWS_ENDPOINT_URL;
 * AWS_IGNORE_CONFIGURED_ENDPOINT_URLS switches both off (AWS SDKs and Tools Reference Guide, "Service-specific endpoints").
 */
export function configuredEndpoint(service: Service, env: Env): string | undefined {
  if (env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS?.toLowerCase() === 'true') return undefined;
  return env[VARIABLES[service]] || env.AWS_ENDPOINT_URL || undefined;
}

/** As `configuredEndpoint`, before it is asked. Throws CONFIG_INVALID for what is no web address. */
export function usableEndpoint(service: Service, env: Env): string | undefined {
  const address = configuredEndpoint(service, env);
  if (address === undefined || (/^https?:\/\/[^/\s]/i.test(address) && URL.canParse(address))) return address;
  throw new AwsherError('CONFIG_INVALID', `The endpoint ${printable(address)} is not http or https.`, {
    hint: `write it as https://HOST:PORT in ${VARIABLES[service]}, AWS_ENDPOINT_URL, or the profile's endpoint_url or services`,
  });
}

/** The service's public address in a region; used to choose the proxy. The SDK's own rules have the last word. */
export function publicEndpoint(service: Service, region: string, family: Family | null = null): string {
  if (service !== 'sts') return serviceOrigin(service === 'sso' ? 'portal' : 'oidc', region, family);
  return `https://sts.${region}.${partitionOf(region)?.dnsSuffix ?? 'amazonaws.com'}`;
}

/** Whether the environment asks for one of AWS's endpoint variants (AWS SDKs and Tools Reference Guide). */
export function wantsVariant(variant: 'FIPS' | 'DUALSTACK', env: Env): boolean {
  return env[`AWS_USE_${variant}_ENDPOINT`]?.toLowerCase() === 'true';
}

/** A region to ask STS in when the profile names none: the main one of the role's partition. */
export function defaultStsRegion(roleArn: string | undefined): string {
  switch (roleArn?.split(':')[1]) {
    case 'aws-cn':
      return 'cn-north-1';
    case 'aws-us-gov':
      return 'us-gov-west-1';
    case 'aws-eusc':
      return 'eusc-de-east-1';
    default:
      return 'us-east-1';
  }
}
