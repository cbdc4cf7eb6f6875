import { type Stats, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { AwsherError } from '../../../shared/errors/awsher-error.ts';

/**
 * Throws ROOT_REFUSED when root is about to write where another user lives (`sudo awsher ...` with HOME kept):
 * the files would become root's, and the person's own tools could not read them any more.
 */
export function assertNotForeignHome(path: string): void {
  if (process.geteuid?.() !== 0) return;
  const owner = nearestOwner(path);
  if (owner === 0) return;
  throw new AwsherError('ROOT_REFUSED', `${path} belongs to user ${owner}, and awsher is running as root.`, {
    hint: 'run the same command without sudo',
  });
}

/** The owner of a path or, as long as it does not exist, of the folder that will hold it. */
function nearestOwner(path: string): number {
  for (let place = path; ; place = dirname(place)) {
    const stats = statOf(place);
    if (stats !== undefined) return stats.uid;
    if (place === dirname(place)) return 0;
  }
}

function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined; // A file where a folder should be: the write itself will say so.
  }
}
