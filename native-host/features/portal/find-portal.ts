import type { Family } from '../../../shared/aws/hosts.ts';
import { comparableStartUrl, startUrlFacts } from '../../../shared/aws/start-url.ts';
import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import type { FoundPortal } from '../../../shared/fields.ts';
import type { Registration } from '../../../shared/oidc/client.ts';
import type { SessionSettings } from '../../../shared/session-settings.ts';
import type { AwsClients } from '../../aws/calls/clients.ts';
import { wantsVariant } from '../../aws/calls/endpoints.ts';
import { addNotes, readNotes, type SessionNotes } from '../../aws/tokens/session-notes.ts';
import type { Paths } from '../../base/files/paths.ts';
import { registrationKey, saveRegistration } from '../../base/files/registrations.ts';
import { readSettings } from '../settings/own-settings.ts';
import { resolveOwnAddress } from './own-address.ts';
import { findRegion } from './region.ts';

export interface PortalRequest {
  /** What the session's token file is named after, when it has a name already. */
  key: string | null;
  startUrl: string;
  /** `null`: to be found. */
  region: string | null;
  scopes: readonly string[];
  /** Regions to ask first. */
  hints?: readonly string[];
  /** What an administrator says of its endpoints. */
  endpoints?: SessionSettings['endpoints'];
}

export interface PortalDeps {
  paths: Pick<Paths, 'stateDir' | 'configDir' | 'locksDir'>;
  env: Readonly<Record<string, string | undefined>>;
  clients: AwsClients;
  now: () => number;
  /** Whether what another process has just noted counts: the host serves a command that has asked already. */
  believeNotes: boolean;
  signal?: AbortSignal;
}

/** How long what one process has found is believed by the next: for one sign-in the command asks, then the host. */
const FRESH_MS = 10 * 60_000;

/**
 * Finds out everything about a start URL that it does not tell by itself, and notes it with the session for renewals.
 * Asks nobody when there is nothing to ask. Throws START_URL_INVALID, REGION_WRONG when no region knows it, NETWORK,
 * SETTINGS_INVALID.
 */
export async function findPortal(deps: PortalDeps, request: PortalRequest): Promise<FoundPortal> {
  const { startUrl } = request;
  const noted = deps.believeNotes ? freshNotes(deps, request) : undefined;
  const itself = startUrlFacts(startUrl).portal;
  const portal = itself ?? noted?.portal ?? (await resolveOwnAddress(startUrl, deps));
  const facts = startUrlFacts(portal);
  const family =
    facts.family ??
    familyIn(request.endpoints) ??
    (noted === undefined ? chosenFamily(deps, request) : (noted.family ?? null));
  const region = facts.region ?? request.region ?? (await regionOf(deps, request, { portal, family }));
  if (noted === undefined || family !== (noted.family ?? null))
    note(deps, request, { portal, region, family });
  return { portal, region, family };
}

/** What another process has just noted about the same start URL. */
function freshNotes({ paths, now }: PortalDeps, { key, startUrl }: PortalRequest): SessionNotes | undefined {
  const notes = key === null ? {} : readNotes(paths, key);
  const age = now() - (notes.portalAt ?? Number.NEGATIVE_INFINITY);
  const fresh = age >= 0 && age < FRESH_MS && notes.portalOf === comparableStartUrl(startUrl);
  return fresh ? notes : undefined;
}

const familyIn = (endpoints: SessionSettings['endpoints'] = 'auto'): Family | null =>
  endpoints === 'auto' ? null : endpoints;

/** For a portal whose host tells no family: the person's own setting of the session, else that of the environment. */
function chosenFamily({ paths, env }: PortalDeps, { key }: PortalRequest): Family | null {
  const set = key === null ? undefined : readSettings(paths).sessions?.[key]?.endpoints;
  return familyIn(set) ?? (wantsVariant('DUALSTACK', env) ? 'dual-stack' : null);
}

async function regionOf(
  deps: PortalDeps,
  { scopes, hints = [] }: PortalRequest,
  { portal, family }: { portal: string; family: Family | null },
): Promise<string> {
  const { paths, now } = deps;
  const onRegistered = (place: string, registration: Registration) =>
    saveRegistration(paths, registrationKey(scopes, { portal, region: place }), registration, now());
  const region = await findRegion({ ...deps, portal, family, scopes, hints, onRegistered });
  if (region !== null) return region;
  throw new AwsherError('REGION_WRONG', `AWS has no portal ${portal} in any region.`, {
    hint: 'compare the start URL with the one in your access portal',
  });
}

function note(
  { paths, now }: PortalDeps,
  { key, startUrl }: PortalRequest,
  { portal, family }: FoundPortal,
): void {
  if (key === null) return;
  const before = readNotes(paths, key);
  // Renewals need it only where the start URL itself does not tell.
  const told = startUrlFacts(startUrl);
  if (told.portal !== null && (told.family ?? before.family ?? null) === family) return;
  const portalOf = comparableStartUrl(startUrl);
  addNotes(paths, key, { portal, portalOf, portalAt: now(), family: family ?? undefined });
}
