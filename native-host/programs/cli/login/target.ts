import { isRegionShaped, nearestRegion, partitionOf } from '../../../../shared/aws/regions.ts';
import { comparableStartUrl, parseStartUrl, startUrlFacts } from '../../../../shared/aws/start-url.ts';
import { AwsherError } from '../../../../shared/errors/awsher-error.ts';
import { DEFAULT_SCOPES } from '../../../../shared/fields.ts';
import { type ChosenSession, readSession } from '../../../aws/tokens/known-sessions.ts';
import { assertSafeName } from '../../../base/formats/names.ts';
import { type SharedConfig, textValue } from '../../../base/formats/profiles.ts';
import { shown } from '../../../base/formats/shown.ts';
import { chooseSession } from '../choose-session.ts';
import { plain } from '../output.ts';

export interface LoginRequest {
  /** NAME, or `--session`. */
  name?: string | undefined;
  profile?: string | undefined;
  startUrl?: string | undefined;
  region?: string | undefined;
  /** `--scopes`, separated by commas. */
  scopes?: string | undefined;
  replace: boolean;
}

/** A session to sign in to; its region may be one that has to be found. */
export type LoginTarget = Omit<ChosenSession, 'region'> & { readonly region: string | undefined };

/**
 * The session that a login means, as typed or from the config. With `--start-url` it may be a new one; it is written
 * only after the sign-in succeeded. Throws what is wrong with the words on the command line.
 */
export function loginTarget(
  config: SharedConfig,
  request: LoginRequest,
  env: Readonly<Record<string, string | undefined>>,
): LoginTarget {
  const { name, startUrl, region, scopes } = request;
  const existing = name === undefined ? undefined : config.ssoSessions.get(name);
  if (startUrl === undefined) {
    const chosen = chooseSession({ config, name, profile: request.profile, env });
    if (region !== undefined && region !== chosen.region && !request.replace) {
      throw conflict(chosen.session, `the region ${chosen.region}`);
    }
    return {
      ...chosen,
      ...(region === undefined ? {} : { region: checkRegion(region) }),
      ...(scopes === undefined ? {} : { scopes: parseScopes(scopes) }),
    };
  }
  if (name === undefined || (existing === undefined && name.includes('://'))) {
    throw new AwsherError('USAGE', 'A new session needs a name.', {
      hint: `run \`awsher login NAME --start-url ${plain(startUrl)}\``,
    });
  }
  assertSafeName('session', name);
  const parsed = parseStartUrl(startUrl);
  const known = existing ? textValue(existing, 'sso_region') : undefined;
  const knownUrl = existing ? textValue(existing, 'sso_start_url') : undefined;
  const same = knownUrl !== undefined && comparableStartUrl(knownUrl) === comparableStartUrl(parsed);
  const typed = region === undefined ? undefined : checkRegion(region);
  // What the portal's own host says cannot be wrong.
  const chosenRegion = startUrlFacts(parsed).region ?? typed ?? (same ? known : undefined);
  if (existing && !request.replace) {
    if (knownUrl !== undefined && !same) throw conflict(name, `the start URL ${plain(knownUrl)}`);
    if (known !== undefined && typed !== undefined && known !== chosenRegion)
      throw conflict(name, `the region ${plain(known)}`);
  }
  return {
    session: name,
    // The section keeps the person's own spelling, and the cache belongs to what the section says.
    startUrl: same ? knownUrl : parsed,
    region: chosenRegion,
    scopes:
      scopes !== undefined
        ? parseScopes(scopes)
        : existing && same && known !== undefined
          ? readSession(existing).scopes
          : DEFAULT_SCOPES,
  };
}

function checkRegion(region: string): string {
  if (partitionOf(region)) return region;
  const near = nearestRegion(region);
  if (isRegionShaped(region) && near === undefined) return region;
  throw new AwsherError(
    'REGION_INVALID',
    `${shown(region, (text) => `"${plain(text)}"`, 'A word')} is not an AWS region.`,
    {
      hint: near ? `did you mean \`--region ${near}\`?` : 'it looks like us-east-1',
    },
  );
}

function parseScopes(list: string): string[] {
  const scopes = list
    .split(',')
    .map((scope) => scope.trim())
    .filter((scope) => scope !== '');
  const bad = scopes.find((scope) => !/^[\w:.*/-]{1,200}$/.test(scope));
  if (bad !== undefined || scopes.length === 0) {
    throw new AwsherError('USAGE', 'A scope looks like sso:account:access. Separate several with commas.');
  }
  return scopes;
}

function conflict(name: string, what: string): AwsherError {
  return new AwsherError('SESSION_CONFLICT', `The session ${plain(name)} already exists with ${what}.`, {
    hint: 'choose another name, or add `--replace` to change it',
  });
}
