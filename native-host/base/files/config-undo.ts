import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import { unifiedDiff } from '../formats/unified-diff.ts';
import { resolveTarget, writeFileAtomic } from './atomic-write.ts';
import { type ConfigPaths, configLockName, type EditOptions, writerOptions } from './config-edit.ts';
import { inspectConfigFile } from './config-file.ts';
import { writeError } from './file-errors.ts';
import { withLock } from './lock.ts';
import { dropVersion, listVersions, sha256 } from './undo-versions.ts';

export type UndoResult =
  | { readonly kind: 'restored'; readonly file: string; readonly diff: string }
  /** A dry run: what would be restored. */
  | { readonly kind: 'planned'; readonly file: string; readonly diff: string }
  /** Nothing was written: the file is not what awsher last wrote. `diff` is what a forced undo would do. */
  | { readonly kind: 'changed'; readonly file: string; readonly diff: string; readonly error: AwsherError };

/**
 * Brings back the config as it was before awsher's last change, and then the one before that. Throws NOTHING_TO_UNDO;
 * a file that somebody edited since is left alone unless `force` is given.
 */
export async function undoConfig(
  paths: ConfigPaths,
  options: EditOptions & { readonly force?: boolean; readonly dryRun?: boolean } = {},
): Promise<UndoResult> {
  const shown = paths.configFile;
  const file = resolveTarget(shown);
  return withLock(
    paths,
    configLockName(file),
    () => {
      const { exists, text: now } = inspectConfigFile(file);
      for (const { id, before, afterSha256 } of listVersions(paths, file)) {
        // Kept, but never followed by its write: the file is still as it was before.
        if (exists ? now === before : before === null) {
          if (options.dryRun !== true) dropVersion(paths, file, id);
          continue;
        }
        const diff = unifiedDiff(shown, now, before ?? '');
        if (sha256(now) !== afterSha256 && options.force !== true) {
          return { kind: 'changed', file: shown, diff, error: changedError(shown) };
        }
        if (options.dryRun === true) return { kind: 'planned', file: shown, diff };
        if (before === null) removeFile(file);
        else writeFileAtomic(file, before, writerOptions(options));
        dropVersion(paths, file, id);
        return { kind: 'restored', file: shown, diff };
      }
      throw new AwsherError('NOTHING_TO_UNDO', `awsher has no earlier version of ${shown}.`, {
        hint: 'awsher saves one each time it changes the file, and it has not changed this one yet',
      });
    },
    options,
  );
}

/** There was no file before awsher wrote the first one. */
function removeFile(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch (thrown) {
    throw writeError(file, dirname(file), thrown);
  }
}

function changedError(file: string): AwsherError {
  return new AwsherError('CONFIG_CHANGED', `${file} has been edited since awsher last wrote it.`, {
    hint: 'run `awsher profiles undo --force` to discard those edits',
  });
}
