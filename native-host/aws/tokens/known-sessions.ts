import { comparableStartUrl } from '../../../shared/aws/start-url.ts';
import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import { DEFAULT_SCOPES, type SessionStatus } from '../../../shared/fields.ts';
import type { KnownSession } from '../../../shared/protocol/native.ts';
import { loadSharedConfig } from '../../base/files/config-file.ts';
import type { Paths } from '../../base/files/paths.ts';
import {
  type ConfigSection,
  legacyStartUrls,
  type SharedConfig,
  textValue,
} from '../../base/formats/profiles.ts';
import { readNotes } from './session-notes.ts';
import { sessionStatus } from './session-status.ts';

/** A sign-in that the config knows. */
export interface ChosenSession {
  /** The sso-session's name, which names its token file. For a portal that only profiles name: the start URL as written. */
  readonly session: string;
  /** Set for such a portal, which has no section of its own and never gets one. */
  readonly legacy?: true;
  readonly startUrl: string;
  /** Region of Identity Center. */
  readonly region: string;
  readonly scopes: readonly string[];
}

/**
 * All sign-ins that the config knows, for command, host and popup alike: sso-sessions in its order, then portals that only
 * profiles name, each once however often and in however many spellings they do.
 */
export function configSessions(config: SharedConfig): ChosenSession[] {
  const sessions = [...config.ssoSessions.values()].flatMap((section) => fromSection(section) ?? []);
  const named = [...config.profiles.values()].flatMap((section) => fromLegacy(section) ?? []);
  if (named.length === 0) return sessions;
  const portals = new Set(sessions.map(({ startUrl }) => comparableStartUrl(startUrl)));
  const legacy = named.filter(({ startUrl }) => {
    const portal = comparableStartUrl(startUrl);
    return !portals.has(portal) && portals.add(portal);
  });
  return [...sessions, ...legacy];
}

/** The sign-in of this name; a portal without one also goes by its start URL in any spelling. Undefined for a section that lacks its settings. */
export function findSession(config: SharedConfig, name: string): ChosenSession | undefined {
  const section = config.ssoSessions.get(name);
  if (section !== undefined) return fromSection(section);
  if (!name.includes('://')) return undefined;
  const profile = [...config.profiles.values()].find((one) => fromLegacy(one)?.startUrl === name);
  return profile ? sessionOfPortal(config, profile) : ofPortal(config, name);
}

/** `findSession` for the browser, to which no message names a file. Throws SESSION_UNKNOWN. */
export function namedSession(config: SharedConfig, name: string): ChosenSession {
  const found = findSession(config, name);
  if (found !== undefined) return found;
  throw new AwsherError('SESSION_UNKNOWN', 'That session is no longer in the AWS config.', {
    hint: 'run `awsher status`',
  });
}

/**
 * The sign-in of a profile that names its portal itself: the sso-session of that portal if there is one, else the portal
 * in the profile's own spelling, after which the AWS CLI names its token. Undefined for other profiles.
 */
export function sessionOfPortal(config: SharedConfig, profile: ConfigSection): ChosenSession | undefined {
  const own = fromLegacy(profile);
  const known = own && ofPortal(config, own.startUrl);
  return known?.legacy ? own : known;
}

function ofPortal(config: SharedConfig, url: string): ChosenSession | undefined {
  const portal = comparableStartUrl(url);
  return configSessions(config).find(({ startUrl }) => comparableStartUrl(startUrl) === portal);
}

/** The status of a sign-in. Of a portal that profiles spell in several ways, that of the spelling whose token is good. */
export function statusOf(
  paths: Pick<Paths, 'ssoCacheDir' | 'stateDir'>,
  config: SharedConfig,
  one: ChosenSession,
  now: number,
): SessionStatus {
  const first = sessionStatus(paths, one, now);
  if (one.legacy !== true || isGood(first)) return first;
  const others = legacyStartUrls(config, one.startUrl).map((session) =>
    sessionStatus(paths, { ...one, session }, now),
  );
  const good = others.find(isGood);
  return good === undefined ? first : { ...good, session: one.session };
}

function isGood({ state }: SessionStatus): boolean {
  return state === 'valid' || state === 'expiring' || state === 'refreshable';
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

/** `configSessions` for the browser: each with its status, and the person's name at AWS once a command saw it. */
export function knownSessions(
  paths: Pick<Paths, 'configFile' | 'credentialsFile' | 'ssoCacheDir' | 'stateDir'>,
  now: number,
): KnownSession[] {
  const config = loadSharedConfig(paths);
  return configSessions(config).map((one) => {
    const status = statusOf(paths, config, one, now);
    const { who } = readNotes(paths, status.session);
    return who === undefined ? status : { ...status, who };
  });
}

/** The sign-in of an sso-session; undefined when its section lacks start URL or region. */
export function fromSection(section: ConfigSection): ChosenSession | undefined {
  const startUrl = textValue(section, 'sso_start_url');
  const region = textValue(section, 'sso_region');
  if (startUrl === undefined || region === undefined) return undefined;
  const scopes = (textValue(section, 'sso_registration_scopes') ?? '')
    .split(',')
    .map((scope) => scope.trim())
    .filter((scope) => scope !== '');
  return { session: section.name, startUrl, region, scopes: scopes.length === 0 ? DEFAULT_SCOPES : scopes };
}

/** The sign-in of a profile that names its portal itself; undefined for other profiles. */
export function fromLegacy(section: ConfigSection): ChosenSession | undefined {
  const startUrl = textValue(section, 'sso_start_url');
  const region = textValue(section, 'sso_region');
  if (startUrl === undefined || region === undefined || textValue(section, 'sso_session') !== undefined)
    return undefined;
  return { session: startUrl, legacy: true, startUrl, region, scopes: DEFAULT_SCOPES };
}
