import { basename } from 'node:path';
import { isBackupName } from '../../inventory/foreign-names.ts';
import { linesOf } from '../file-lines.ts';
import type { AuditCheck } from '../finding.ts';
import { scanKeys } from '../key-scan.ts';
import { secretFiles } from '../secret-files.ts';

/** Long-term keys in files that are neither config nor credentials: nobody thinks of those when a key is deleted. */
export const otherFiles: AuditCheck = {
  id: 'other-files',
  about: "long-term keys in other programs' files in ~/.aws",
  run: (context) =>
    secretFiles(context).flatMap((file) => {
      const { configFile, credentialsFile } = context.paths;
      if (file === configFile || file === credentialsFile || isBackupName(basename(file))) return [];
      const [key] = scanKeys(linesOf(file)).filter(({ severity }) => severity === 'high');
      if (key === undefined) return [];
      return [
        {
          severity: 'high',
          title: `${key.what} in a file of another program`,
          file,
          line: key.line,
          fix: 'find the program that writes it, and deactivate the key in IAM if nothing needs it',
        },
      ];
    }),
};
