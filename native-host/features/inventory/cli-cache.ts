import { parseRoleEntry } from '../../aws/roles/role-cache.ts';
import { formatTimestamp } from '../../base/formats/token-dates.ts';
import { isLockName, isTemporaryName } from './foreign-names.ts';
import { type Judgement, judged, SETTLED_MS } from './item.ts';
import type { Look } from './look.ts';
import { LOCK, leftover } from './sso-cache.ts';

/** A file in `~/.aws/cli/cache`. */
export function judgeCliCache({ name, text, ageMs, scene }: Look): Judgement {
  if (/^session\.db/.test(name))
    return judged('cli-session', "the AWS CLI's id of this machine, for its user agent", {
      writer: 'AWS CLI',
      ifDeleted: 'the AWS CLI makes another',
    });
  if (isTemporaryName(name)) return leftover(ageMs);
  if (isLockName(name)) return LOCK;
  if (!/^[0-9a-f]{40}\.json$/.test(name))
    return judged('foreign', 'not written by any known program', { state: 'foreign' });
  const entry = parseRoleEntry(text);
  const profile = scene.names.roles.get(name.slice(0, 40));
  if (entry === undefined && profile === undefined)
    return judged('foreign', 'in a format awsher does not know', { state: 'foreign', ifDeleted: 'unknown' });
  if (entry === undefined)
    return judged('broken', 'credentials of a role that cannot be read', {
      writer: 'AWS CLI, awsher',
      state: 'broken',
      ifDeleted: 'they are requested again',
      clean: ageMs > SETTLED_MS,
    });
  const { expiresAt } = entry.credentials;
  const over = expiresAt !== undefined && expiresAt <= scene.now;
  const orphan = profile === undefined;
  // Programs keep assumed roles here too, in the form of botocore; only the AWS CLI and awsher say of which kind they are.
  const byCli = entry.providerType === 'sso';
  const whose = orphan ? 'a role that no profile names' : `the role of profile ${profile}`;
  return judged('role', `credentials of ${whose}`, {
    writer: orphan && !byCli ? null : 'AWS CLI, awsher',
    state: over ? 'ended' : orphan ? 'orphan' : 'good',
    expiresAt: expiresAt === undefined ? null : formatTimestamp(expiresAt),
    ifDeleted: over ? 'nothing' : 'they are requested again',
    clean: over && (byCli || !orphan),
  });
}
