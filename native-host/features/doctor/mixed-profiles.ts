import { comparableStartUrl } from '../../../shared/aws/start-url.ts';
import { type ConfigSection, type SharedConfig, textValue } from '../../base/formats/profiles.ts';
import { type Finding, fail, inline, shortPath } from './check.ts';

const PORTAL_KEYS = ['sso_start_url', 'sso_region'] as const;
const MOST = 5;

/**
 * Profiles that name their portal twice: `sso_session`, and the portal's own keys beside it. Where the two differ the AWS
 * CLI and most SDKs refuse the profile; the SDK for Rust does so even where they are the same.
 */
export function mixedProfiles(config: SharedConfig, home: string): Finding[] {
  return [...config.profiles.values()]
    .flatMap((profile) => {
      const name = textValue(profile, 'sso_session');
      const session = name === undefined ? undefined : config.ssoSessions.get(name);
      return session === undefined ? [] : PORTAL_KEYS.flatMap((key) => twice(profile, session, key, home));
    })
    .slice(0, MOST);
}

function twice(
  profile: ConfigSection,
  session: ConfigSection,
  key: (typeof PORTAL_KEYS)[number],
  home: string,
): Finding[] {
  const own = profile.values.get(key);
  if (own === undefined) return [];
  const theirs = textValue(session, key) ?? '';
  const same = comparable(own.value) === comparable(theirs);
  const who = same ? 'the AWS SDK for Rust refuses' : 'the AWS CLI and most SDKs refuse';
  const difference = same ? '' : ', with another value';
  return [
    fail(
      `${shortPath(own.file, home)}, line ${own.line}: ${inline(`the profile ${profile.name} says ${key}, which its sso-session ${session.name} says too${difference}`)}: ${who} it`,
      `remove line ${own.line} of ${shortPath(own.file, home)}`,
    ),
  ];
}

function comparable(value: string): string {
  return value.startsWith('https:') ? comparableStartUrl(value) : value;
}
