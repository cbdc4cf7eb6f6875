import type { ProfileSource } from './sources.ts';

/**
 * Run against prepared homes, rule by rule (test/contract/forty-homes.test.ts). Of the other SDKs the source was read; they
 * were not run.
 */
const RUN = ['AWS CLI', 'boto3', 'JavaScript', 'Go', 'Ruby'];

/** Whether an SDK, perhaps with its version behind the name (`AWS CLI before 2.10.2`), is one that was run. */
export function wasRun(sdk: string): boolean {
  return RUN.some((name) => sdk === name || sdk.startsWith(`${name} before `));
}

export interface SdkOrder {
  readonly sdk: string;
  /** First to last. What is not in it is not known, and nothing is claimed of it. */
  readonly order: readonly ProfileSource[];
  /** Where it was read. */
  readonly source: string;
}

/**
 * Who wins inside one profile, SDK by SDK. The AWS CLI's and boto3's own order is the resolver's (native-host/aws/resolver/),
 * so it is not repeated here.
 */
const SDK_ORDERS: readonly SdkOrder[] = [
  {
    sdk: 'JavaScript',
    order: ['role', 'keys', 'web-identity', 'process', 'sso'],
    source: '@aws-sdk/credential-provider-ini, resolveProfileData',
  },
  {
    sdk: 'Go',
    order: ['role', 'keys', 'web-identity', 'sso', 'process'],
    source: 'aws-sdk-go-v2 config/resolve_credentials.go, resolveCredsFromProfile',
  },
  {
    sdk: 'Rust',
    order: ['role', 'web-identity', 'sso', 'process', 'keys'],
    source: 'aws-config src/profile/credentials/repr.rs, base_provider',
  },
  {
    sdk: 'Java',
    order: ['web-identity', 'sso', 'role', 'process', 'keys'],
    source: 'aws-sdk-java-v2 core/auth ProfileCredentialsUtils',
  },
  {
    sdk: '.NET',
    order: ['sso'],
    source: 'aws-sdk-net CredentialProfileTypeDetector: any SSO key makes it SSO',
  },
  {
    sdk: 'PHP',
    order: ['sso', 'process', 'role', 'keys'],
    source: 'aws-sdk-php CredentialProvider::defaultProvider',
  },
  {
    sdk: 'Ruby',
    order: ['web-identity', 'sso', 'role', 'keys', 'process'],
    source: 'aws-sdk-ruby aws-sdk-core credential_provider_chain.rb',
  },
];

/** The SDKs that take another of these sources than the chosen one, by what they take. */
export function whoTakesAnother(
  present: { has(source: ProfileSource): boolean },
  chosen: ProfileSource,
): Map<ProfileSource, SdkOrder[]> {
  const groups = new Map<ProfileSource, SdkOrder[]>();
  for (const sdk of SDK_ORDERS) {
    const first = sdk.order.find((source) => present.has(source));
    if (first !== undefined && first !== chosen) groups.set(first, [...(groups.get(first) ?? []), sdk]);
  }
  return groups;
}
