import { join } from 'node:path';
import type { FoundPortal } from '../../../shared/fields.ts';
import type { Flow } from '../../../shared/flows.ts';
import type { Registration } from '../../../shared/oidc/client.ts';
import type { Registrations } from '../../../shared/oidc/device-flow.ts';
import { GRANT_TYPES } from '../../../shared/oidc/flow.ts';
import { Secret } from '../../../shared/secret.ts';
import { fieldsOf, parseJson } from '../formats/json.ts';
import { ensureOwnFolder, writeFileAtomic } from './atomic-write.ts';
import { withLock } from './lock.ts';
import type { Paths } from './paths.ts';
import { readRegularFile } from './read-file.ts';

/** What a registration is good for: one flow to a portal as the config writes it, in its region, and scopes in any order. */
export interface RegistrationKey {
  readonly flow: Flow;
  readonly region: string;
  readonly startUrl: string;
  readonly scopes: readonly string[];
}

type Stored = Registration & { readonly key: string };
type RegistrationPaths = Pick<Paths, 'stateDir' | 'locksDir'>;

/** A registration is not used for a new sign-in in its last 15 minutes, as in the AWS CLI. */
const REGISTRATION_MARGIN_MS = 15 * 60_000;
/** Two browsers that sign in for the first time at once each get one, and each needs its own to the end. */
const MAX_PER_KEY = 5;

/** The newest stored registration for a key, undefined when there is none that lasts another 15 minutes. */
export function findRegistration(
  paths: Pick<Paths, 'stateDir'>,
  key: RegistrationKey,
  nowMs: number,
): Registration | undefined {
  const text = keyText(key);
  return readAll(paths).findLast((one) => one.key === text && one.expiresAt - nowMs > REGISTRATION_MARGIN_MS);
}

/** The registration that a sign-in under way began with, however little is left of it. */
export function registrationOf(paths: Pick<Paths, 'stateDir'>, clientId: string): Registration | undefined {
  return readAll(paths).find((one) => one.clientId === clientId);
}

/** Stores a registration, and drops those that ended. */
export async function saveRegistration(
  paths: RegistrationPaths,
  key: RegistrationKey,
  { clientId, clientSecret, expiresAt }: Registration,
  nowMs: number,
): Promise<void> {
  const fresh = { key: keyText(key), clientId, clientSecret, expiresAt };
  const work = (): void => {
    const all = readAll(paths);
    const kept = all.filter((one) => one.expiresAt > nowMs && one.clientId !== clientId);
    const ofKey = kept.filter((one) => one.key === fresh.key);
    const tooOld = new Set(ofKey.slice(0, Math.max(0, ofKey.length - MAX_PER_KEY + 1)));
    const after = format([...kept.filter((one) => !tooOld.has(one)), fresh]);
    if (after === format(all)) return;
    ensureOwnFolder(paths.stateDir);
    writeFileAtomic(fileOf(paths), after);
  };
  await withLock(paths, 'registrations', work);
}

/** What a registration for a portal is kept under; the search for a region leaves one there, too. */
export const registrationKey = (
  scopes: readonly string[],
  { region, portal }: Pick<FoundPortal, 'region' | 'portal'>,
  flow: Flow = 'device',
): RegistrationKey => ({ flow, region, startUrl: portal, scopes });

/** The stored registrations under one key, for a flow. `now` is milliseconds since 1970. */
export function registrationsFor(
  paths: RegistrationPaths,
  key: RegistrationKey,
  now: () => number,
): Registrations {
  return {
    find: async () => findRegistration(paths, key, now()),
    keep: (registration) => saveRegistration(paths, key, registration, now()),
  };
}

function keyText({ flow, region, startUrl, scopes }: RegistrationKey): string {
  return JSON.stringify([region, startUrl, [...new Set(scopes)].sort(), [...GRANT_TYPES[flow]].sort()]);
}

function fileOf(paths: Pick<Paths, 'stateDir'>): string {
  return join(paths.stateDir, 'registrations.json');
}

function format(all: readonly Stored[]): string {
  const registrations = all.map(({ key, clientId, clientSecret, expiresAt }) => ({
    key,
    clientId,
    clientSecret: clientSecret.expose(),
    expiresAt,
  }));
  return JSON.stringify({ version: 1, registrations });
}

/** All stored registrations. A file that is not ours to read as such is as good as none: registering again costs nothing. */
function readAll(paths: Pick<Paths, 'stateDir'>): Stored[] {
  const stored = fieldsOf(parseJson(readRegularFile(fileOf(paths))?.toString('utf8') ?? ''));
  const items: unknown = stored.get('registrations');
  return (Array.isArray(items) ? items : []).flatMap((item: unknown) => {
    const fields = fieldsOf(item);
    const [key, clientId] = [fields.get('key'), fields.get('clientId')];
    const [clientSecret, expiresAt] = [fields.get('clientSecret'), fields.get('expiresAt')];
    if (typeof key !== 'string' || typeof clientId !== 'string') return [];
    if (typeof clientSecret !== 'string' || typeof expiresAt !== 'number') return [];
    return [{ key, clientId, clientSecret: new Secret(clientSecret), expiresAt }];
  });
}
