import { join } from 'node:path';
import { Secret } from '../../shared/secret.ts';
import { ensureOwnFolder, writeFileAtomic } from './atomic-write.ts';
import { type LockOptions, withLock } from './lock.ts';
import type { Paths } from './paths.ts';
import { readRegularFile } from './read-file.ts';

/** What a client registration is good for. Order and repetition of scopes and grant types do not matter. */
export interface RegistrationKey {
  /** The region of Identity Center. */
  readonly region: string;
  /** As the config writes it. */
  readonly startUrl: string;
  readonly scopes: readonly string[];
  readonly grantTypes: readonly string[];
}

/** A client that Identity Center knows. `expiresAt` is milliseconds since the epoch. */
export interface Registration {
  readonly clientId: string;
  readonly clientSecret: Secret;
  readonly expiresAt: number;
}

type RegistrationPaths = Pick<Paths, 'stateDir' | 'locksDir'>;

/** A registration is not used in its last 15 minutes, as in the AWS CLI. */
export const REGISTRATION_MARGIN_MS = 15 * 60_000;

const LOCK = 'registrations';

/** The stored registration for a key, undefined when there is none that lasts another 15 minutes. */
export function findRegistration(
  paths: Pick<Paths, 'stateDir'>,
  key: RegistrationKey,
  nowMs: number,
): Registration | undefined {
  const found = readAll(paths).get(keyText(key));
  return found !== undefined && found.expiresAt - nowMs > REGISTRATION_MARGIN_MS ? found : undefined;
}

/** Stores a registration, and drops those that ended. */
export async function saveRegistration(
  paths: RegistrationPaths,
  key: RegistrationKey,
  registration: Registration,
  nowMs: number,
  options: LockOptions = {},
): Promise<void> {
  await change(paths, options, (all) => {
    for (const [text, { expiresAt }] of all) if (expiresAt <= nowMs) all.delete(text);
    all.set(keyText(key), registration);
  });
}

/** Forgets a client that AWS does not accept any more. Another one stored meanwhile under the key stays. */
export async function removeRegistration(
  paths: RegistrationPaths,
  key: RegistrationKey,
  clientId: string,
  options: LockOptions = {},
): Promise<void> {
  await change(paths, options, (all) => {
    if (all.get(keyText(key))?.clientId === clientId) all.delete(keyText(key));
  });
}

async function change(
  paths: RegistrationPaths,
  options: LockOptions,
  edit: (all: Map<string, Registration>) => void,
): Promise<void> {
  const work = (): void => {
    const all = readAll(paths);
    const before = format(all);
    edit(all);
    const after = format(all);
    if (after === before) return;
    ensureOwnFolder(paths.stateDir);
    writeFileAtomic(fileOf(paths), after);
  };
  await withLock(paths, LOCK, work, options);
}

function keyText({ region, startUrl, scopes, grantTypes }: RegistrationKey): string {
  return JSON.stringify([region, startUrl, [...new Set(scopes)].sort(), [...new Set(grantTypes)].sort()]);
}

function fileOf(paths: Pick<Paths, 'stateDir'>): string {
  return join(paths.stateDir, 'registrations.json');
}

function format(all: ReadonlyMap<string, Registration>): string {
  const registrations = [...all].map(([key, { clientId, clientSecret, expiresAt }]) => ({
    key,
    clientId,
    clientSecret: clientSecret.expose(),
    expiresAt,
  }));
  return JSON.stringify({ version: 1, registrations });
}

/** All stored registrations. A file that is not ours to read as such is as good as none: registering again costs nothing. */
function readAll(paths: Pick<Paths, 'stateDir'>): Map<string, Registration> {
  const all = new Map<string, Registration>();
  for (const item of itemsOf(readRegularFile(fileOf(paths))?.toString('utf8') ?? '')) {
    if (typeof item !== 'object' || item === null) continue;
    if (!('key' in item && 'clientId' in item && 'clientSecret' in item && 'expiresAt' in item)) continue;
    const { key, clientId, clientSecret, expiresAt } = item;
    if (typeof key !== 'string' || typeof clientId !== 'string') continue;
    if (typeof clientSecret !== 'string' || typeof expiresAt !== 'number') continue;
    all.set(key, { clientId, clientSecret: new Secret(clientSecret), expiresAt });
  }
  return all;
}

function itemsOf(text: string): unknown[] {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || !('registrations' in value)) return [];
    return Array.isArray(value.registrations) ? value.registrations : [];
  } catch {
    return [];
  }
}
