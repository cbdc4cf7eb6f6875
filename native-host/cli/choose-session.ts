import { AwsherError } from '../../shared/errors/awsher-error.ts';
import { type ConfigSection, type SharedConfig, textValue } from '../formats/profiles.ts';
import { plain } from './output.ts';

export interface ChosenSession {
  session: string;
  startUrl: string;
  /** Region of Identity Center. */
  region: string;
  scopes: readonly string[];
}

export interface ChoiceInputs {
  config: SharedConfig;
  /** NAME or `--session`. */
  name?: string | undefined;
  /** `--profile`. */
  profile?: string | undefined;
  env: Readonly<Record<string, string | undefined>>;
}

/**
 * Which sso-session a command means: the one named; else that of `--profile` or AWS_PROFILE; else the only one.
 * Throws SESSION_UNKNOWN with the nearest name, PROFILE_UNKNOWN, PROFILE_UNUSABLE, or SESSION_AMBIGUOUS with all names.
 */
export function chooseSession({ config, name, profile, env }: ChoiceInputs): ChosenSession {
  const wanted = name ?? sessionOfProfile(config, profile, env);
  if (wanted !== undefined) {
    const section = config.ssoSessions.get(wanted);
    if (!section) throw unknownSession(config, wanted);
    return readSession(section);
  }
  const [only, ...more] = config.ssoSessions.values();
  if (only && more.length === 0) return readSession(only);
  if (!only) {
    throw new AwsherError('SESSION_UNKNOWN', 'The AWS config has no sso-session yet.', {
      hint: 'run `awsher login NAME --start-url https://d-1234567890.awsapps.com/start --region us-east-1` with yours',
    });
  }
  const names = [...config.ssoSessions.keys()].map(plain).join(', ');
  throw new AwsherError('SESSION_AMBIGUOUS', `Which session? There are ${names}.`, {
    hint: `name one: \`awsher login ${plain(only.name)}\``,
  });
}

/** An sso-session's settings. Throws CONFIG_INVALID when one is missing. */
export function readSession(section: ConfigSection): ChosenSession {
  const startUrl = textValue(section, 'sso_start_url');
  const region = textValue(section, 'sso_region');
  if (startUrl === undefined || region === undefined) {
    const missing = startUrl === undefined ? 'sso_start_url' : 'sso_region';
    throw new AwsherError(
      'CONFIG_INVALID',
      `[sso-session ${plain(section.name)}] has no ${missing} (${section.file}, line ${section.line}).`,
      {
        hint: 'add it there',
      },
    );
  }
  const scopes = textValue(section, 'sso_registration_scopes')
    ?.split(',')
    .map((scope) => scope.trim());
  return {
    session: section.name,
    startUrl,
    region,
    scopes: scopes?.filter((scope) => scope !== '') ?? ['sso:account:access'],
  };
}

function sessionOfProfile(
  config: SharedConfig,
  option: string | undefined,
  env: ChoiceInputs['env'],
): string | undefined {
  const named = option ?? (env.AWS_PROFILE || env.AWS_DEFAULT_PROFILE);
  if (named === undefined || named === '') return undefined;
  const profile = config.profiles.get(named);
  if (!profile) {
    const near = nearest(named, config.profiles.keys());
    throw new AwsherError('PROFILE_UNKNOWN', `The AWS config has no profile "${plain(named)}".`, {
      hint: near ? `did you mean \`--profile ${plain(near)}\`?` : 'run `awsher status` to see what there is',
    });
  }
  const session = textValue(profile, 'sso_session');
  if (session !== undefined) return session;
  if (option === undefined) return undefined;
  throw new AwsherError('PROFILE_UNUSABLE', `The profile "${plain(named)}" names no sso_session.`, {
    hint: 'name the session itself: `awsher login NAME`',
  });
}

function unknownSession(config: SharedConfig, wanted: string): AwsherError {
  const near = nearest(wanted, config.ssoSessions.keys());
  return new AwsherError('SESSION_UNKNOWN', `The AWS config has no sso-session "${plain(wanted)}".`, {
    hint: near
      ? `did you mean \`awsher login ${plain(near)}\`?`
      : `to add it, run \`awsher login ${plain(wanted)} --start-url URL --region REGION\``,
  });
}

/** The known name that a mistyped one most likely means: the same letters in another case, a beginning, one letter off. */
export function nearest(typed: string, known: Iterable<string>): string | undefined {
  const lower = typed.toLowerCase();
  const names = [...known];
  return (
    names.find((name) => name.toLowerCase() === lower) ??
    names.find((name) => lower.length > 1 && name.toLowerCase().startsWith(lower)) ??
    names.find((name) => oneOff(lower, name.toLowerCase()))
  );
}

/** Whether two words differ by one letter more, less, other, or by two neighbours swapped. */
function oneOff(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  const [restA, restB] = [a.slice(start), b.slice(start)];
  const swapped = restA.length > 1 && restA[1] === restB[0] && restA[0] === restB[1];
  return (
    restA.slice(1) === restB.slice(1) ||
    restA.slice(1) === restB ||
    restA === restB.slice(1) ||
    (swapped && restA.slice(2) === restB.slice(2))
  );
}
