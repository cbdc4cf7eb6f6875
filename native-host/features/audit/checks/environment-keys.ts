import { isLongTermKeyId, maskKeyId } from '../../../base/formats/mask.ts';
import type { AuditCheck } from '../finding.ts';

/** Keys in the environment: every program that is started has them, and crash reports like to. */
export const environmentKeys: AuditCheck = {
  id: 'environment-keys',
  about: 'keys in the environment',
  run({ env }) {
    const id = env.AWS_ACCESS_KEY_ID;
    if (!id || !env.AWS_SECRET_ACCESS_KEY || !isLongTermKeyId(id)) return [];
    return [
      {
        severity: 'high',
        title: `long-term key ${maskKeyId(id)} in the environment`,
        file: null,
        line: null,
        fix: 'run `unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY`, find what sets them, and start programs with `awsher exec -- COMMAND`',
      },
    ];
  },
};
