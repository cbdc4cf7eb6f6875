import { type ConfigSection, type SharedConfig, textValue } from '../formats/profiles.ts';

/** A profile whose source of credentials is not the same for every SDK, or another than one would think. */
export interface Conflict {
  readonly profile: string;
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** One sentence: what stands there and who then uses what. */
  readonly warning: string;
}

/**
 * Profiles that sign in through Identity Center and have another source as well. The usual way there is a same-named
 * section with static keys in `~/.aws/credentials`, whose values are merged in. Who wins was tried with the SDKs:
 * Python, Rust, Java, .NET, PHP and Ruby take the sign-in, JavaScript and Go the keys.
 * `names` limits the look to those profiles, which need not be SSO profiles yet (they are about to be written).
 */
export function findConflicts(config: SharedConfig, names?: readonly string[]): Conflict[] {
  const profiles = names ?? [...config.profiles.values()].filter(isSso).map(({ name }) => name);
  return profiles.flatMap((name) => {
    const profile = config.profiles.get(name);
    return profile === undefined ? [] : conflictsOf(profile);
  });
}

function isSso(profile: ConfigSection): boolean {
  return textValue(profile, 'sso_session') !== undefined || textValue(profile, 'sso_start_url') !== undefined;
}

const SOURCES: readonly (readonly [key: string, what: string, outcome: string])[] = [
  [
    'aws_access_key_id',
    'static keys',
    'the AWS CLI and most SDKs use the sign-in, but the JavaScript and Go SDKs use those keys',
  ],
  [
    'role_arn',
    'a role to assume',
    'the AWS CLI and most SDKs use the role, but the Java, .NET, PHP and Ruby SDKs use the sign-in',
  ],
  [
    'credential_process',
    'a credential_process',
    'the AWS CLI and most SDKs use the sign-in, but the JavaScript SDK runs the process',
  ],
];

function conflictsOf(profile: ConfigSection): Conflict[] {
  return SOURCES.flatMap(([key, what, outcome]) => {
    const value = profile.values.get(key);
    if (value === undefined || value.value === '') return [];
    const { file, line } = value;
    const warning = `The profile ${profile.name} also has ${what} (${file}, line ${line}): ${outcome}.`;
    return [{ profile: profile.name, file, line, warning }];
  });
}
