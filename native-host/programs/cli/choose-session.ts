import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import {
  type ChosenSession,
  configSessions,
  findSession,
  readSession,
  sessionOfPortal,
} from '../../aws/tokens/known-sessions.ts';
import { writeBelow } from '../../base/formats/advice.ts';
import { nearest } from '../../base/formats/nearest.ts';
import { type SharedConfig, textValue } from '../../base/formats/profiles.ts';
import { shown, shownOr } from '../../base/formats/shown.ts';

export interface SessionRequest {
  readonly config: SharedConfig;
  /** NAME or `--session`. */
  readonly name?: string | undefined;
  /** `--profile`. */
  readonly profile?: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Chooses the session: NAME, else that of `--profile` or AWS_PROFILE, else the only one. Throws SESSION_UNKNOWN with the
 * nearest name, PROFILE_UNKNOWN, and SESSION_AMBIGUOUS with all names (a command with a terminal asks then: `configSessions`).
 */
export function chooseSession({ config, name, profile, env }: SessionRequest): ChosenSession {
  if (name !== undefined) return byName(config, name);
  if (profile !== undefined) {
    const found = ofProfile(config, profile);
    if (found !== undefined) return found;
    throw new AwsherError(
      'SESSION_UNKNOWN',
      `The profile ${profile} does not sign in through IAM Identity Center.`,
      {
        hint: config.profiles.get(profile)?.values.has('login_session')
          ? `run \`aws login --profile ${profile}\`: only the AWS CLI signs that one in`
          : 'name the session instead: `awsher login NAME`',
      },
    );
  }
  const fromEnv = env.AWS_PROFILE || env.AWS_DEFAULT_PROFILE;
  const found = fromEnv ? ofProfile(config, fromEnv) : undefined;
  if (found !== undefined) return found;
  const known = configSessions(config);
  const [only] = known;
  if (only === undefined) {
    throw new AwsherError('SESSION_UNKNOWN', 'There is no session yet.', {
      hint: 'run `awsher login NAME --start-url URL`',
    });
  }
  if (known.length === 1) return only;
  const names = known.map(({ session }) => session);
  throw new AwsherError('SESSION_AMBIGUOUS', `There are several sessions: ${listed(names)}.`, {
    hint: 'choose one with `--session NAME`, or set AWS_PROFILE to one of its profiles',
  });
}

function byName(config: SharedConfig, name: string): ChosenSession {
  const section = config.ssoSessions.get(name);
  const found = section ? readSession(section) : findSession(config, name);
  if (found !== undefined) return found;
  const near = nearest(name, config.ssoSessions.keys());
  const kept = name.includes('://') ? 'NAME' : shownOr('NAME', name);
  throw new AwsherError('SESSION_UNKNOWN', `There is no session ${shown(name)}.`, {
    hint:
      near === undefined
        ? `to set it up, run \`awsher login ${kept} --start-url URL\``
        : `did you mean ${near}?`,
  });
}

/** The session of a profile, also of one that assumes a role from a profile of the session. */
function ofProfile(config: SharedConfig, profile: string): ChosenSession | undefined {
  const seen = new Set<string>();
  for (let name: string | undefined = profile; name !== undefined && !seen.has(name); ) {
    seen.add(name);
    const section = config.profiles.get(name);
    if (section === undefined) throw unknownProfile(config, name);
    const session = textValue(section, 'sso_session');
    if (session !== undefined) return byName(config, session);
    const portal = sessionOfPortal(config, section);
    if (portal !== undefined) return portal;
    const lone = section.values.get('sso_start_url');
    if (lone !== undefined) {
      throw new AwsherError('SESSION_UNKNOWN', `The profile ${name} names a portal, but no sso_region.`, {
        hint: writeBelow(lone, 'sso_region = us-east-1'),
      });
    }
    name = textValue(section, 'source_profile');
  }
  return undefined;
}

function unknownProfile(config: SharedConfig, name: string): AwsherError {
  const near = nearest(name, config.profiles.keys());
  return new AwsherError('PROFILE_UNKNOWN', `There is no profile ${shown(name)} in the AWS config.`, {
    hint:
      near === undefined
        ? 'name the session instead, or run `awsher profiles sync`'
        : `did you mean ${near}?`,
  });
}

function listed(names: readonly string[]): string {
  return names.length <= 8
    ? names.join(', ')
    : `${names.slice(0, 8).join(', ')} and ${names.length - 8} more`;
}
