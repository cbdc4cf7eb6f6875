import * as fs from 'node:fs';
import { join } from 'node:path';
import { comparableStartUrl } from '../../shared/aws/start-url.ts';
import type { Catalogue } from '../../shared/catalogue/catalogue.ts';
import { writeFileAtomic } from '../files/atomic-write.ts';
import type { Paths } from '../files/paths.ts';
import { readText } from '../files/read-file.ts';
import { sha1Hex } from '../files/sha1.ts';
import { parseCatalogue } from './parse.ts';
import { type Progress, readProgress } from './progress-file.ts';

type StatePaths = Pick<Paths, 'stateDir'>;

/** The file of a session's catalogue. `session` is what its token file is named after too. */
export function catalogueFile(paths: StatePaths, session: string): string {
  return join(paths.stateDir, 'catalogue', `${sha1Hex(session)}.json`);
}

/** Holds what a running or interrupted listing has found so far, one account a line. */
export function progressFile(paths: StatePaths, session: string): string {
  return join(paths.stateDir, 'catalogue', `${sha1Hex(session)}.part`);
}

/**
 * What is known about a session's accounts, an unfinished listing included; `null` when nothing is. A file that cannot
 * be read as a catalogue counts as none: it holds only what AWS says again when asked.
 */
export function readCatalogue(paths: StatePaths, session: string): Catalogue | null {
  return listingUnderWay(paths, session)?.catalogue ?? savedCatalogue(paths, session);
}

/** As `readCatalogue`, but `null` for what was listed at another portal than the session's section names now. */
export function readCatalogueOf(
  paths: StatePaths,
  { key, startUrl, region }: { key: string; startUrl: string; region: string },
): Catalogue | null {
  const known = readCatalogue(paths, key);
  const same =
    known !== null &&
    comparableStartUrl(known.startUrl) === comparableStartUrl(startUrl) &&
    known.region === region;
  return same ? { ...known, startUrl } : null;
}

/** A listing that runs now or was interrupted, with everything that it found; `null` when there is none. */
export function listingUnderWay(paths: StatePaths, session: string): Progress | null {
  return readProgress(progressFile(paths, session), session, savedCatalogue(paths, session));
}

function savedCatalogue(paths: StatePaths, session: string): Catalogue | null {
  const whole = parseCatalogue(jsonOf(catalogueFile(paths, session)));
  return whole?.session === session ? whole : null;
}

/** Replaces the catalogue of its session, in one step (0600). What an unfinished listing left is part of it, and goes. Throws FILE_WRITE. */
export function writeCatalogue(paths: StatePaths, catalogue: Catalogue): void {
  writeFileAtomic(catalogueFile(paths, catalogue.session), `${JSON.stringify(catalogue)}\n`);
  fs.rmSync(progressFile(paths, catalogue.session), { force: true });
}

/** Forgets a session's catalogue: after a sign-out the next person may be another one. Best effort. */
export function forgetCatalogue(paths: StatePaths, session: string): void {
  for (const file of [catalogueFile(paths, session), progressFile(paths, session)]) {
    try {
      fs.rmSync(file, { force: true });
    } catch {
      // It holds no secret, and the next listing puts it right.
    }
  }
}

function jsonOf(file: string): unknown {
  try {
    return JSON.parse(readText(file));
  } catch {
    return null;
  }
}
