import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import { samlProcess } from '../../aws/resolver/saml-process.ts';
import type { Credentials } from '../../aws/roles/credentials.ts';
import { applyEdit, type EditPlan } from '../../base/files/config-edit.ts';
import { applyCredentialsEdit } from '../../base/files/credentials-edit.ts';
import type { Paths } from '../../base/files/paths.ts';
import { type IniEdit, setKeys } from '../../base/formats/ini-edit.ts';
import { isSafeEntry } from '../../base/formats/names.ts';
import { readSharedConfig, type SharedConfig, textValue } from '../../base/formats/profiles.ts';
import { formatTimestamp } from '../../base/formats/token-dates.ts';

/** Keys by which a profile gets its credentials somewhere else; beside a credential_process, SDKs disagree or take them. */
const OTHER_SOURCES = [
  'sso_session',
  'sso_start_url',
  'role_arn',
  'web_identity_token_file',
  'login_session',
] as const;

/**
 * Whether a profile may be filled by a SAML sign-in: it is new, or is ours already. Throws PROFILE_UNUSABLE, before any
 * browser opens, for one that gets its credentials elsewhere or whose keys in the credentials file would win.
 */
export function assertFree(
  config: SharedConfig,
  paths: Pick<Paths, 'credentialsFile'>,
  profile: string,
  how: { readonly platform: string; readonly intoCredentials: boolean },
): void {
  const section = config.profiles.get(profile);
  const other = OTHER_SOURCES.find((key) => textValue(section, key) !== undefined);
  const process = textValue(section, 'credential_process');
  const foreign = process !== undefined && samlProcess(process, how.platform) === undefined;
  if (other !== undefined || foreign)
    throw unusable(`Profile ${profile} gets its credentials from ${other ?? 'credential_process'}.`);
  const key = section?.values.get('aws_access_key_id');
  if (key === undefined) return;
  const lasting = textValue(section, 'aws_session_token') === undefined;
  if (how.intoCredentials && !lasting && key.file === paths.credentialsFile) return;
  throw unusable(
    lasting
      ? `Profile ${profile} has keys of its own (${key.file}, line ${key.line}).`
      : `Profile ${profile} has keys in ${key.file}, line ${key.line}, which override every other source.`,
    lasting ? undefined : 'add `--write-credentials` to renew those, or remove them',
  );
}

/** Points a profile at awsher: `credential_process`, and a region if it has none. */
export function writeProcessProfile(
  paths: Pick<Paths, 'configFile' | 'stateDir' | 'locksDir'>,
  { name, profile, region, command }: { name: string; profile: string; region?: string; command: string },
): Promise<EditPlan> {
  const section = { type: 'profile', name: profile } as const;
  return applyEdit(paths, (config): IniEdit[] => {
    const has = textValue(readSharedConfig(config).profiles.get(profile), 'region') !== undefined;
    return setKeys(section, {
      credential_process: `${command} credential-process --saml ${name} --profile ${profile}`,
      ...(has || region === undefined ? {} : { region }),
    });
  });
}

/**
 * Keys into `~/.aws/credentials`, as saml2aws leaves them, for programs that read nothing else. Without its
 * `x_principal_arn`, by which `awsher migrate saml2aws` knows what saml2aws wrote.
 */
export function writeCredentialsProfile(
  paths: Pick<Paths, 'credentialsFile' | 'stateDir' | 'locksDir'>,
  profile: string,
  { accessKeyId, secretAccessKey, sessionToken, expiresAt = 0 }: Credentials,
): Promise<EditPlan> {
  const section = { type: 'profile', name: profile } as const;
  const values = {
    aws_access_key_id: accessKeyId,
    aws_secret_access_key: secretAccessKey.expose(),
    aws_session_token: sessionToken?.expose() ?? '',
    x_security_token_expires: formatTimestamp(expiresAt),
  };
  // The editor's own complaint would show the value.
  if (!Object.entries(values).every(([key, value]) => isSafeEntry(key, value)))
    throw new AwsherError('AWS_ERROR', 'STS returned keys that a config file cannot hold.');
  return applyCredentialsEdit(paths, setKeys(section, values));
}

/** How a profile starts awsher: by its place in PATH, which an update does not move, else by node and script. */
export function processCommand(
  onPath: string | undefined,
  { node, script }: { node: string; script: string },
): string {
  const words = onPath === undefined ? [node, script] : [onPath];
  // Not every SDK takes a quoted program apart alike: then it is left to PATH.
  return words.every((word) => isSafeEntry('word', word) && /^[^\s"'\\]+$/.test(word))
    ? words.join(' ')
    : 'awsher';
}

function unusable(sentence: string, hint?: string): AwsherError {
  return new AwsherError('PROFILE_UNUSABLE', sentence, {
    hint: hint ?? 'name another profile with `--profile NAME`',
  });
}
