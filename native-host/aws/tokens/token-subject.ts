import { comparableStartUrl } from '../../../shared/aws/start-url.ts';
import type { Paths } from '../../base/files/paths.ts';
import { readToken } from '../../base/files/token-cache.ts';
import type { SsoToken } from '../../base/files/token-format.ts';
import {
  type ConfigSection,
  legacyStartUrls,
  type SharedConfig,
  textValue,
} from '../../base/formats/profiles.ts';
import { type ChosenSession, fromLegacy, fromSection } from './known-sessions.ts';

/** Whose token a sign-in uses. */
export function subjectOf(config: SharedConfig, one: Omit<ChosenSession, 'scopes'>): TokenSubject {
  const { session, legacy, startUrl, region } = one;
  const profile = legacy && [...config.profiles.values()].find((it) => fromLegacy(it)?.startUrl === startUrl);
  return {
    key: session,
    login: profile ? `awsher login --profile ${profile.name}` : `awsher login ${session}`,
    startUrl,
    region,
    legacyUrls: legacyStartUrls(config, startUrl),
  };
}

/** The token of an sso-session; undefined when its section lacks start URL or region. */
export function sessionSubject(config: SharedConfig, section: ConfigSection): TokenSubject | undefined {
  const one = fromSection(section);
  return one && subjectOf(config, one);
}

/** A profile that names the portal itself. `profile` is for the hint. */
export interface LegacyPortal {
  readonly startUrl: string;
  readonly region: string;
  readonly profile: string;
}

/**
 * The token of a profile that names its portal itself. When a session of the same portal holds the token, the file under
 * the start URL is only its twin, and the session is who renews it: a refresh token works once, under one lock.
 * A token there that another client got stays in use as long as it is good.
 */
export function legacySubject(
  paths: Pick<Paths, 'ssoCacheDir'>,
  config: SharedConfig,
  portal: LegacyPortal,
  nowMs: number,
): TokenSubject {
  const { startUrl, region, profile } = portal;
  const own: TokenSubject = {
    key: startUrl,
    login: `awsher login --profile ${profile}`,
    startUrl,
    region,
    legacyUrls: [startUrl],
  };
  const twin = tokenAt(paths, startUrl);
  for (const section of config.ssoSessions.values()) {
    const url = textValue(section, 'sso_start_url');
    const owner =
      url !== undefined && samePortal(url, startUrl) ? sessionSubject(config, section) : undefined;
    const token = owner === undefined ? undefined : tokenAt(paths, owner.key);
    if (owner === undefined || token === undefined) continue;
    const foreign = twin !== undefined && twin.clientId !== token.clientId && twin.expiresAt > nowMs;
    if (!foreign) return owner;
  }
  return own;
}

function tokenAt(paths: Pick<Paths, 'ssoCacheDir'>, key: string): SsoToken | undefined {
  const file = readToken(paths, key);
  return file.kind === 'token' ? file.token : undefined;
}

function samePortal(one: string, other: string): boolean {
  return comparableStartUrl(one) === comparableStartUrl(other);
}

/** Whose token: a session, or a profile that names the start URL itself. */
export interface TokenSubject {
  /** What the file is named after: the session's name, or the start URL as written. */
  readonly key: string;
  /** The command that signs in, for hints: `awsher login corp`. */
  readonly login: string;
  readonly startUrl: string;
  /** Region of Identity Center. */
  readonly region: string;
  /** Start URLs under which SDKs look for the same token (`legacyStartUrls`). */
  readonly legacyUrls: readonly string[];
}
