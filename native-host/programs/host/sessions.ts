import { parseStartUrl } from '../../../shared/aws/start-url.ts';
import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import type { FoundPortal } from '../../../shared/fields.ts';
import type { FlowChoice } from '../../../shared/flows.ts';
import type { SessionSettings } from '../../../shared/session-settings.ts';
import { createAwsClients } from '../../aws/calls/clients.ts';
import { withAws } from '../../aws/resolver/with-aws.ts';
import { findSession, namedSession } from '../../aws/tokens/known-sessions.ts';
import { renewNow } from '../../aws/tokens/renew-now.ts';
import { readNotes } from '../../aws/tokens/session-notes.ts';
import { signOutSession } from '../../aws/tokens/sign-out.ts';
import { subjectOf } from '../../aws/tokens/token-subject.ts';
import { loadSharedConfig } from '../../base/files/config-file.ts';
import type { Paths } from '../../base/files/paths.ts';
import { ensureSsoSession } from '../../base/files/sso-session.ts';
import { formatTimestamp } from '../../base/formats/token-dates.ts';
import { findPortal } from '../../features/portal/find-portal.ts';
import { readSettings } from '../../features/settings/own-settings.ts';
import type { PartDeps } from './host-options.ts';

/**
 * Signs out the session of this name, as `awsher logout NAME` does. Throws as `namedSession`.
 */
export async function logout(
  { paths, env, now, log }: PartDeps,
  session: string,
): Promise<{ removed: boolean; warning: string | null }> {
  const config = loadSharedConfig(paths);
  const known = namedSession(config, session);
  const warnings: string[] = [];
  const warn = (line: string) => void warnings.push(line);
  const removed = await withAws({ paths, env, now, attempts: 1 }, ({ clients }) =>
    signOutSession({ paths, clients, warn }, config, known),
  );
  log(`signed out of session ${session}`);
  return { removed: removed.length > 0, warning: warnings[0] ?? null };
}

/**
 * Renews the token of the session of this name without a browser; `expiresAt` is `null` when that is not possible,
 * also for a name that is in no config.
 */
export async function renew(
  { paths, env, now, log }: PartDeps,
  session: string,
): Promise<{ expiresAt: string | null }> {
  const config = loadSharedConfig(paths);
  const known = findSession(config, session);
  if (!known) return { expiresAt: null };
  const end = await withAws({ paths, env, now }, (deps) => renewNow(deps, subjectOf(config, known)));
  log(end === null ? 'could not renew a session: it needs a sign-in' : 'renewed a session, as asked');
  return { expiresAt: end === null ? null : formatTimestamp(end) };
}

/**
 * Answers `session.region`: finds the region in which AWS knows the portal of a session of the config, and writes it there. A
 * name that is in no config, and a portal that is where the config says, are errors.
 */
export async function correctRegion(options: PartDeps, name: string): Promise<{ region: string }> {
  const { paths } = options;
  const known = namedSession(loadSharedConfig(paths), name);
  const { startUrl, scopes } = known;
  const { region } = await portal(options, { session: null, startUrl, region: null, scopes });
  if (region === known.region)
    throw new AwsherError('REGION_WRONG', `The portal is in ${region}, as the config says.`, {
      hint: 'compare the start URL with the one in your access portal',
    });
  if (known.legacy)
    throw new AwsherError('REGION_WRONG', `The portal is in ${region}, not in ${known.region}.`, {
      hint: `set sso_region to ${region} in the profile that names the start URL`,
    });
  await ensureSsoSession(paths, { name, startUrl, region, scopes, replace: true });
  return { region };
}

/**
 * Answers `session.edit`: the section of the config gets the portal and the region that the person wrote, or the region in which
 * AWS knows that portal. Its scopes stay. Throws START_URL_INVALID, REGION_INVALID, SESSION_UNKNOWN, and as `findPortal`.
 */
export async function changeSession(
  options: PartDeps,
  {
    session: name,
    startUrl: typed,
    region: wanted,
  }: { session: string; startUrl: string; region: string | null },
): Promise<{ region: string }> {
  const { paths } = options;
  const startUrl = parseStartUrl(typed);
  const { scopes, legacy } = namedSession(loadSharedConfig(paths), name);
  if (legacy)
    throw new AwsherError(
      'SESSION_CONFLICT',
      'No section of the config has this session: its profiles name the portal.',
      {
        hint: 'change sso_start_url and sso_region in those profiles',
      },
    );
  const region = wanted ?? (await portal(options, { session: null, startUrl, region: null, scopes })).region;
  await ensureSsoSession(paths, { name, startUrl, region, scopes, replace: true });
  return { region };
}

/** Answers `portal.find`. */
export async function portal(
  { paths, env, now }: PartDeps,
  asked: {
    session: string | null;
    startUrl: string;
    region: string | null;
    scopes: readonly string[];
    endpoints?: SessionSettings['endpoints'];
  },
): Promise<FoundPortal> {
  const clients = createAwsClients({ env });
  try {
    const { session: key, startUrl, region, scopes, endpoints } = asked;
    const found = await findPortal(
      { paths, env, clients, now, believeNotes: true },
      { key, startUrl, region, scopes, endpoints },
    );
    return { ...found, flow: key === null ? 'auto' : flowOf(paths, key) };
  } finally {
    clients.close();
  }
}

/** The way to a session's tokens: the person's own setting, else what led to one where the other way did not. */
function flowOf(paths: Paths, session: string): FlowChoice {
  const { device_codes, sessions } = readSettings(paths);
  if (device_codes === 'never') return 'pkce';
  const { flow = 'auto' } = sessions?.[session] ?? {};
  return flow === 'auto' ? (readNotes(paths, session).flow ?? flow) : flow;
}
