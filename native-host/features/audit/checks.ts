import { backups } from './checks/backups.ts';
import { brokenFiles } from './checks/broken-files.ts';
import { couldBeSso } from './checks/could-be-sso.ts';
import { credentialProcess } from './checks/credential-process.ts';
import { dotenv } from './checks/dotenv.ts';
import { endpoints } from './checks/endpoints.ts';
import { environmentKeys } from './checks/environment-keys.ts';
import { keysInFiles } from './checks/keys-in-files.ts';
import { modes } from './checks/modes.ts';
import { otherFiles } from './checks/other-files.ts';
import { shellFiles } from './checks/shell-files.ts';
import { withoutEnd } from './checks/without-end.ts';
import type { AuditCheck } from './finding.ts';

/** Every check of `awsher audit`. */
export const AUDIT_CHECKS: readonly AuditCheck[] = [
  brokenFiles,
  keysInFiles,
  environmentKeys,
  shellFiles,
  dotenv,
  backups,
  otherFiles,
  modes,
  credentialProcess,
  endpoints,
  couldBeSso,
  withoutEnd,
];
