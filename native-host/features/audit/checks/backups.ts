import { basename, dirname } from 'node:path';
import { shellPath } from '../../../base/formats/shell-path.ts';
import { isBackupName } from '../../inventory/foreign-names.ts';
import { filesIn, linesOf } from '../file-lines.ts';
import type { AuditCheck, AuditContext } from '../finding.ts';
import { scanKeys } from '../key-scan.ts';

/** Copies of the AWS files that no program reads, and that nobody thinks of when a key is deleted. */
export const backups: AuditCheck = {
  id: 'backups',
  about: 'old copies of the AWS files',
  run: (context) =>
    foldersOf(context).flatMap((folder) =>
      filesIn(folder, /./)
        .filter((file) => isBackupName(basename(file)) && !isRead(file, context))
        .map((file) => {
          const keys = scanKeys(linesOf(file));
          const worst = keys.find(({ severity }) => severity === 'high');
          return {
            severity: worst === undefined ? 'low' : 'high',
            title:
              worst === undefined
                ? 'an old copy of an AWS file'
                : `${worst.what} in an old copy of an AWS file`,
            file,
            line: worst?.line ?? null,
            fix: `check it, then delete it (\`rm ${shellPath(file, context.paths.home)}\`)`,
          };
        }),
    ),
};

function foldersOf({ paths }: AuditContext): string[] {
  return [...new Set([paths.awsDir, dirname(paths.configFile), dirname(paths.credentialsFile)])];
}

function isRead(file: string, { paths }: AuditContext): boolean {
  return file === paths.configFile || file === paths.credentialsFile;
}
