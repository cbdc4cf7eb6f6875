import type { Paths } from '../../base/files/paths.ts';
import { dropVersionsBefore } from '../../base/files/undo-versions.ts';
import { KEPT_MS, moveToTrash, trashIsOver } from './trash.ts';

/**
 * Copies of files with secrets end by themselves after seven days: what `files --clean` took, and the credentials file as it was
 * before awsher changed it. Best effort: it is nobody's errand, and the next one tries again.
 */
export async function endOldCopies(
  paths: Pick<Paths, 'stateDir' | 'locksDir' | 'ssoCacheDir' | 'cliCacheDir' | 'credentialsFile'>,
  nowMs: number,
): Promise<void> {
  try {
    dropVersionsBefore(paths, paths.credentialsFile, nowMs - KEPT_MS);
    if (trashIsOver(paths, nowMs)) await moveToTrash(paths, [], nowMs, { timeoutMs: 0 });
  } catch {
    // See above.
  }
}
