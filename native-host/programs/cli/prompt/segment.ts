import { openServerClock } from '../../../aws/calls/server-clock.ts';
import { neededConfig } from '../../../aws/resolver/needed-config.ts';
import { sessionStatus } from '../../../aws/tokens/session-status.ts';
import type { Paths } from '../../../base/files/paths.ts';
import { type SharedConfig, textValue } from '../../../base/formats/profiles.ts';
import { parseTimestamp } from '../../../base/formats/token-dates.ts';
import { plain } from '../output.ts';

type Env = Readonly<Record<string, string | undefined>>;

/**
 * What a shell's prompt says: the profile in use, and how long its token lasts. `dev 47m`, `dev 7h`; `dev` alone when that has
 * ended and the next command renews it, or it is no matter of a sign-in; `dev signed out`; empty when no profile is chosen. Reads files only, and
 * never throws: a prompt is no place for errors.
 */
export function promptSegment(env: Env, paths: Paths, now: () => number): string {
  const chosen = env.AWS_PROFILE || env.AWS_DEFAULT_PROFILE;
  // Inside `awsher exec` its keys win over a profile that a start-up file names, as they do for every command.
  const isInside = Boolean(env.AWSHER_PROFILE && (env.AWS_ACCESS_KEY_ID || !chosen));
  const profile = isInside ? env.AWSHER_PROFILE : chosen;
  if (!profile) return '';
  const name = plain(profile).slice(0, 100);
  if (isInside) return insideExec(name, env.AWS_CREDENTIAL_EXPIRATION, now());
  try {
    const config = neededConfig(paths, profile);
    if (config === null) return name;
    if (!config.profiles.has(profile)) return `${name} unknown`;
    const portal = portalOf(config, profile);
    const left = portal === null ? '' : leftOf(paths, portal, openServerClock(paths, now).now());
    return left === '' ? name : `${name} ${left}`;
  } catch {
    return name;
  }
}

function insideExec(name: string, end: string | undefined, now: number): string {
  const at = end === undefined ? undefined : parseTimestamp(end);
  if (at === undefined) return name;
  return at > now ? `${name} ${shortTime(at - now)}` : `${name} ended`;
}

interface Portal {
  readonly session: string;
  readonly startUrl: string;
  readonly region: string;
}

/** The sign-in that a profile lives on, its own or that of its source profile. */
function portalOf(config: SharedConfig, profile: string): Portal | null {
  const seen = new Set<string>();
  for (let name: string | undefined = profile; name !== undefined && !seen.has(name); ) {
    seen.add(name);
    const section = config.profiles.get(name);
    const session = textValue(section, 'sso_session');
    const home = session === undefined ? section : config.ssoSessions.get(session);
    const startUrl = textValue(home, 'sso_start_url');
    const region = textValue(home, 'sso_region');
    if (startUrl !== undefined && region !== undefined)
      return { session: session ?? startUrl, startUrl, region };
    name = textValue(section, 'source_profile');
  }
  return null;
}

function leftOf(paths: Paths, portal: Portal, now: number): string {
  const { state, expiresAt } = sessionStatus(paths, portal, now);
  if ((state === 'valid' || state === 'expiring') && expiresAt !== null)
    return shortTime(Date.parse(expiresAt) - now);
  return state === 'refreshable' ? '' : 'signed out';
}

/** `47m`, `7h`, `2d`: as short as it can be. */
export function shortTime(milliseconds: number): string {
  const minutes = Math.max(0, Math.floor(milliseconds / 60_000));
  if (minutes < 1) return '<1m';
  if (minutes < 100) return `${minutes}m`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours}h` : `${Math.round(hours / 24)}d`;
}
