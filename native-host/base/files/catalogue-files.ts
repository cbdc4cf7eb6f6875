import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Paths } from './paths.ts';
import { sha1Hex } from './sha1.ts';

type StatePaths = Pick<Paths, 'stateDir'>;

/** The file of a session's catalogue. `session` is what its token file is named after too. */
export function catalogueFile(paths: StatePaths, session: string): string {
  return join(paths.stateDir, 'catalogue', `${sha1Hex(session)}.json`);
}

/** Holds what a running or interrupted listing has found so far, one account a line. */
export function progressFile(paths: StatePaths, session: string): string {
  return join(paths.stateDir, 'catalogue', `${sha1Hex(session)}.part`);
}

/** Forgets a session's catalogue: after a sign-out the next person may be another one. Best effort. */
export function forgetCatalogue(paths: StatePaths, session: string): void {
  for (const file of [catalogueFile(paths, session), progressFile(paths, session)]) {
    try {
      rmSync(file, { force: true });
    } catch {
      // It holds no secret, and the next listing puts it right.
    }
  }
}
