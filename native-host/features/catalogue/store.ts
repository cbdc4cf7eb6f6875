import { rmSync } from 'node:fs';
import { comparableStartUrl } from '../../../shared/aws/start-url.ts';
import type { Catalogue } from '../../../shared/catalogue/catalogue.ts';
import { writeFileAtomic } from '../../base/files/atomic-write.ts';
import { catalogueFile, progressFile } from '../../base/files/catalogue-files.ts';
import type { Paths } from '../../base/files/paths.ts';
import { readJson } from '../../base/files/read-file.ts';
import { parseCatalogue } from './parse.ts';
import { type Progress, readProgress } from './progress-file.ts';

type StatePaths = Pick<Paths, 'stateDir'>;

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
  const whole = parseCatalogue(readJson(catalogueFile(paths, session)));
  return whole?.session === session ? whole : null;
}

/** Replaces the catalogue of its session, in one step (0600). What an unfinished listing left is part of it, and goes. Throws FILE_WRITE. */
export function writeCatalogue(paths: StatePaths, catalogue: Catalogue): void {
  writeFileAtomic(catalogueFile(paths, catalogue.session), `${JSON.stringify(catalogue)}\n`);
  rmSync(progressFile(paths, catalogue.session), { force: true });
}
