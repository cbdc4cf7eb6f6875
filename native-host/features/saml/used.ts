import { join } from 'node:path';
import { ensureOwnFolder, writeFileAtomic } from '../../base/files/atomic-write.ts';
import { nodeCrypto } from '../../base/files/lazy-modules.ts';
import { withLock } from '../../base/files/lock.ts';
import type { Paths } from '../../base/files/paths.ts';
import { readJson } from '../../base/files/read-file.ts';
import type { Assertion } from './assertion.ts';

/**
 * Remembers an assertion as used until it is over anyway, by a hash of issuer and ID: of the response itself nothing is
 * kept. False when it was used before; two commands at once cannot both be first.
 */
export function useAssertion(
  paths: Pick<Paths, 'stateDir' | 'locksDir'>,
  { issuer, id, notOnOrAfter = 0 }: Pick<Assertion, 'issuer' | 'id' | 'notOnOrAfter'>,
  now: number,
): Promise<boolean> {
  const hash = nodeCrypto().createHash('sha256').update(`${issuer}\n${id}`, 'utf8').digest('hex');
  const file = join(paths.stateDir, 'saml-used.json');
  return withLock(paths, 'saml-used', () => {
    const alive = readUsed(file).filter(([, until]) => until > now);
    if (alive.some(([other]) => other === hash)) return false;
    ensureOwnFolder(paths.stateDir);
    // A minute longer than it is taken, so that it is over before it is forgotten.
    writeFileAtomic(file, `${JSON.stringify([...alive, [hash, notOnOrAfter + 120_000]])}\n`);
    return true;
  });
}

type Used = readonly [hash: string, until: number];

function readUsed(file: string): Used[] {
  // AWS itself refuses nothing that is used twice within its minutes; a broken list only loses this extra check.
  const value = readJson(file);
  return Array.isArray(value) ? value.filter(isUsed) : [];
}

function isUsed(item: unknown): item is Used {
  return Array.isArray(item) && typeof item[0] === 'string' && typeof item[1] === 'number';
}
