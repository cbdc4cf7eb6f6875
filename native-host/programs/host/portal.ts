import { parseStartUrl } from '../../../shared/aws/start-url.ts';
import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import type { FoundPortal } from '../../../shared/fields.ts';
import type { FlowChoice } from '../../../shared/flows.ts';
import type { SessionSettings } from '../../../shared/session-settings.ts';
import { createAwsClients } from '../../aws/calls/clients.ts';
import { namedSession } from '../../aws/tokens/known-sessions.ts';
import { readNotes } from '../../aws/tokens/session-notes.ts';
import { loadSharedConfig } from '../../base/files/config-file.ts';
import type { Paths } from '../../base/files/paths.ts';
import { ensureSsoSession } from '../../base/files/sso-session.ts';
import { findPortal } from '../../features/portal/find-portal.ts';
import { readSettings } from '../../features/settings/own-settings.ts';
import type { PartDeps } from './host-options.ts';

/**
 * Answers `session.region`: finds the region in which AWS knows the portal of a session of the config, and writes it there. A
 * name that is in no config, and a portal that is where the config says, are errors.
 */
export async function correctRegion(
  options: Omit<PartDeps, 'log'>,
  name: string,
): Promise<{ region: string }> {
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
  options: Omit<PartDeps, 'log'>,
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

/** Answers `portal.find`. A part of its own, which the host loads when it is asked for the first time. */
export async function portal(
  { paths, env, now }: Omit<PartDeps, 'log'>,
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
