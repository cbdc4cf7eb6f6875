import type { ConfigSection, ConfigValue } from '../../base/formats/profiles.ts';

/** What can give a profile credentials, as every SDK knows it. */
export type ProfileSource = 'role' | 'web-identity' | 'sso' | 'keys' | 'process';

/** What makes a section such a source, for a sentence. */
export const KEYS_OF: Readonly<Record<ProfileSource, string>> = {
  role: 'role_arn and what belongs to it',
  'web-identity': 'web_identity_token_file and role_arn',
  sso: 'the sso_ keys',
  keys: 'aws_access_key_id and aws_secret_access_key',
  process: 'credential_process',
};

/** The sources that a section has, each with the key that makes it one. */
export function sourcesIn({ values }: ConfigSection): Map<ProfileSource, ConfigValue> {
  const found = new Map<ProfileSource, ConfigValue>();
  const add = (source: ProfileSource, value: ConfigValue | undefined) => {
    if (value !== undefined && value.value !== '') found.set(source, value);
  };
  const role = values.get('role_arn');
  const web = values.get('web_identity_token_file');
  if (role !== undefined && web !== undefined) add('web-identity', web);
  else if (values.has('source_profile') || values.has('credential_source')) add('role', role);
  add('sso', values.get('sso_role_name') ?? values.get('sso_account_id'));
  // Keys beside a role that names its own profile are the role's source, not a second one.
  const ownSource = values.get('source_profile');
  if (ownSource === undefined || !found.has('role')) add('keys', values.get('aws_access_key_id'));
  add('process', values.get('credential_process'));
  return found;
}
