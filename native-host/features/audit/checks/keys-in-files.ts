import { isLongTermKeyId, maskKeyId } from '../../../base/formats/mask.ts';
import type { AuditCheck } from '../finding.ts';

/** IAM users' keys in config and credentials: valid until somebody takes them away, readable by every program. */
export const keysInFiles: AuditCheck = {
  id: 'keys-in-files',
  about: 'long-term keys in the AWS files',
  run: ({ config }) =>
    [...config.profiles.values()].flatMap(({ name, values }) => {
      const id = values.get('aws_access_key_id');
      if (id === undefined || !isLongTermKeyId(id.value)) return [];
      return [
        {
          severity: 'high',
          title: `long-term key ${maskKeyId(id.value)} of profile ${name}, in plain text`,
          file: id.file,
          line: id.line,
          fix: 'sign in through Identity Center instead (`awsher login`), then deactivate the key in IAM and delete these lines',
        },
      ];
    }),
};
