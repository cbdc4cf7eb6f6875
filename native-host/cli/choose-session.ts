import { comparableStartUrl } from '../../shared/aws/start-url.ts';
import { AwsherError } from '../../shared/errors/awsher-error.ts';
import { nearest } from '../formats/nearest.ts';
import { type ConfigSection, type SharedConfig, textValue } from '../formats/profiles.ts';
import { shown, shownOr } from '../formats/shown.ts';

export interface SessionRequest {
  readonly config: SharedConfig;
  /** NAME or `--session`. */
  readonly name?: string | undefined;
  /** `--profile`. */
  readonly profile?: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The sign-in that a command is about. */
export interface ChosenSession {
  /** The sso-session's name, which names its token file. For a portal that only profiles name: the start URL as written. */
  readonly session: string;
  /** Set for such a portal, which has no section of its own. */
  readonly legacy?: true;
  readonly startUrl: string;
  /** Region of Identity Center. */
  readonly region: string;
  readonly scopes: readonly string[];
}

/**
 * Chooses the session: NAME, else that of `--profile` or AWS_PROFILE, else the only one. Throws SESSION_UNKNOWN with the
 * nearest name, PROFILE_UNKNOWN, and SESSION_AMBIGUOUS with all names (a command with a terminal asks then: `knownSessions`).
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
        hint: 'name the session itself: `awsher login NAME`',
      },
    );
  }
  const fromEnv = env.AWS_PROFILE || env.AWS_DEFAULT_PROFILE;
  const found = fromEnv ? ofProfile(config, fromEnv) : undefined;
  if (found !== undefined) return found;
  const known = knownSessions(config);
  const [only] = known;
  if (only === undefined) {
    throw new AwsherError('SESSION_UNKNOWN', 'There is no sso-session in the AWS config yet.', {
      hint: 'run `awsher login NAME --start-url URL --region REGION`',
    });
  }
  if (known.length === 1) return only;
  const names = known.map(({ session }) => session);
  throw new AwsherError('SESSION_AMBIGUOUS', `Several sessions are set up: ${listed(names)}.`, {
    hint: 'name one, or set AWS_PROFILE to a profile of one',
  });
}

/** All sign-ins that the config knows: sso-sessions in its order, then portals that only profiles name. */
export function knownSessions(config: SharedConfig): ChosenSession[] {
  const sessions = [...config.ssoSessions.values()].flatMap((section) => fromSection(section) ?? []);
  const portals = new Set(sessions.map(({ startUrl }) => comparableStartUrl(startUrl)));
  const legacy = new Map<string, ChosenSession>();
  for (const section of config.profiles.values()) {
    const one = fromLegacy(section);
    if (one !== undefined && !portals.has(comparableStartUrl(one.startUrl))) legacy.set(one.session, one);
  }
  return [...sessions, ...legacy.values()];
}

function byName(config: SharedConfig, name: string): ChosenSession {
  const section = config.ssoSessions.get(name);
  if (section !== undefined) return readSession(section);
  const legacy = knownSessions(config).find((one) => one.legacy && one.session === name);
  if (legacy !== undefined) return legacy;
  const near = nearest(name, config.ssoSessions.keys());
  throw new AwsherError('SESSION_UNKNOWN', `There is no sso-session ${shown(name)} in the AWS config.`, {
    hint:
      near === undefined
        ? `to set it up, run \`awsher login ${shownOr('NAME', name)} --start-url URL --region REGION\``
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
    const legacy = fromLegacy(section);
    if (legacy !== undefined) {
      return (
        knownSessions(config).find(
          (one) => comparableStartUrl(one.startUrl) === comparableStartUrl(legacy.startUrl),
        ) ?? legacy
      );
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
        ? 'name the session itself, or add the profile to ~/.aws/config (docs/install.md, step 5)'
        : `did you mean ${near}?`,
  });
}

/** An sso-session's settings. Throws CONFIG_INVALID when one is missing. */
export function readSession(section: ConfigSection): ChosenSession {
  const found = fromSection(section);
  if (found !== undefined) return found;
  const gone = ['sso_start_url', 'sso_region']
    .filter((key) => textValue(section, key) === undefined)
    .join(' and no ');
  throw new AwsherError(
    'CONFIG_INVALID',
    `[sso-session ${section.name}] has no ${gone} (${section.file}, line ${section.line}).`,
    { hint: 'add it there' },
  );
}

/** What buys the refresh token, and so what is asked for when the config names no scopes. */
const DEFAULT_SCOPES = ['sso:account:access'];

function fromSection(section: ConfigSection): ChosenSession | undefined {
  const startUrl = textValue(section, 'sso_start_url');
  const region = textValue(section, 'sso_region');
  if (startUrl === undefined || region === undefined) return undefined;
  const scopes = (textValue(section, 'sso_registration_scopes') ?? '')
    .split(',')
    .map((scope) => scope.trim())
    .filter((scope) => scope !== '');
  return { session: section.name, startUrl, region, scopes: scopes.length === 0 ? DEFAULT_SCOPES : scopes };
}

function fromLegacy(section: ConfigSection): ChosenSession | undefined {
  const startUrl = textValue(section, 'sso_start_url');
  const region = textValue(section, 'sso_region');
  if (startUrl === undefined || region === undefined || textValue(section, 'sso_session') !== undefined)
    return undefined;
  return { session: startUrl, legacy: true, startUrl, region, scopes: DEFAULT_SCOPES };
}

function listed(names: readonly string[]): string {
  return names.length <= 8
    ? names.join(', ')
    : `${names.slice(0, 8).join(', ')} and ${names.length - 8} more`;
}
