import type { Credentials } from '../../../aws/roles/credentials.ts';
import type { Variables } from '../../../base/formats/exports.ts';
import { formatTimestamp } from '../../../base/formats/token-dates.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** Everything by which an SDK would find other credentials than ours. */
const CREDENTIAL_VARIABLES = [
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_SECURITY_TOKEN',
  'AWS_CREDENTIAL_EXPIRATION',
  'AWS_ACCOUNT_ID',
  'AWS_CREDENTIAL_FILE',
  'AWS_PROFILE',
  'AWS_DEFAULT_PROFILE',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_ROLE_ARN',
  'AWS_ROLE_SESSION_NAME',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
  'AWS_CONTAINER_AUTHORIZATION_TOKEN',
  'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE',
];

/** By which other tools tell a prompt of a profile that the child does not have: some prompts look at these first. */
const PROMPT_VARIABLES = ['AWSU_PROFILE', 'AWSUME_PROFILE', 'AWS_SSO_PROFILE'];

/** Where a child gets its credentials from. */
export type CredentialSource =
  | { readonly kind: 'keys'; readonly credentials: Credentials }
  | {
      readonly kind: 'endpoint';
      readonly url: string;
      readonly token: string;
      /** Set when a profile of the person's would win over the endpoint: both files are then out of sight. */
      readonly hideFiles: string | undefined;
    };

/**
 * The environment of a child: ours without any other way to credentials, with the given one, and with the profile's region
 * if it has one. Pure.
 */
export function childEnvironment(
  env: Env,
  source: CredentialSource,
  { profile, region }: { readonly profile: string; readonly region: string | undefined },
): Env {
  const clean: Record<string, string | undefined> = { ...env };
  for (const name of [...CREDENTIAL_VARIABLES, ...PROMPT_VARIABLES]) delete clean[name];
  // No SDK reads these two: prompts do (starship and spaceship the first, `awsher prompt` the other).
  Object.assign(clean, { AWS_VAULT: profile, AWSHER_PROFILE: profile });
  const where = region ?? (env.AWS_REGION || env.AWS_DEFAULT_REGION);
  if (where) Object.assign(clean, { AWS_REGION: where, AWS_DEFAULT_REGION: where });
  if (source.kind === 'keys')
    return { ...clean, ...Object.fromEntries(credentialVariables(source.credentials)) };
  const { url, token, hideFiles } = source;
  return {
    ...clean,
    AWS_CONTAINER_CREDENTIALS_FULL_URI: url,
    AWS_CONTAINER_AUTHORIZATION_TOKEN: token,
    ...(hideFiles === undefined
      ? {}
      : { AWS_CONFIG_FILE: hideFiles, AWS_SHARED_CREDENTIALS_FILE: hideFiles }),
  };
}

/** The variables that every SDK reads, in the order of `aws configure export-credentials`. */
export function credentialVariables(credentials: Credentials): Variables {
  const { accessKeyId, secretAccessKey, sessionToken, expiresAt } = credentials;
  return [
    ['AWS_ACCESS_KEY_ID', accessKeyId],
    ['AWS_SECRET_ACCESS_KEY', secretAccessKey.expose()],
    ['AWS_SESSION_TOKEN', sessionToken?.expose()],
    ['AWS_CREDENTIAL_EXPIRATION', expiresAt === undefined ? undefined : formatTimestamp(expiresAt)],
  ];
}
