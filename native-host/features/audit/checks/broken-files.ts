import { inspectConfigFile } from '../../../base/files/config-file.ts';
import type { AuditCheck } from '../finding.ts';

/** A file that the AWS CLI refuses; the other checks see only what can be read of it. */
export const brokenFiles: AuditCheck = {
  id: 'broken-files',
  about: 'AWS files that cannot be read',
  run: ({ paths }) =>
    [paths.configFile, paths.credentialsFile].flatMap((file) =>
      inspectConfigFile(file)
        .problems.slice(0, 1)
        .map(({ line, message }) => ({
          severity: 'medium',
          title: `${message}, so the AWS CLI refuses the whole file`,
          file,
          line,
          fix: `run \`awsher doctor --fix\`, or edit line ${line}`,
        })),
    ),
};
