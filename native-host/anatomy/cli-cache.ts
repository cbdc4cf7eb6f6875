import { parseRoleEntry } from '../aws/role-cache.ts';
import { formatTimestamp } from '../files/token-dates.ts';
import { type Judgement, judged, SETTLED_MS } from './item.ts';
import type { Look } from './look.ts';
import { leftover } from './sso-cache.ts';

/** A file in `~/.aws/cli/cache`. */
export function judgeCliCache({ name, text, ageMs, scene }: Look): Judgement {
  if (/^session\.db/.test(name))
    return judged('cli-session', "the AWS CLI's id of this machine, for its user agent", {
      writer: 'AWS CLI',
      ifDeleted: 'the AWS CLI makes another',
    });
  if (name.endsWith('.tmp')) return leftover(ageMs);
  if (!/^[0-9a-f]{40}\.json$/.test(name))
    return judged('foreign', 'nothing that a known program writes', { state: 'foreign' });
  const entry = parseRoleEntry(text);
  if (entry === undefined)
    return judged('broken', 'credentials of a role that cannot be read', {
      writer: 'AWS CLI, awsher',
      state: 'broken',
      ifDeleted: 'they are asked for anew',
      clean: ageMs > SETTLED_MS,
    });
  const profile = scene.names.roles.get(name.slice(0, 40));
  const { expiresAt } = entry.credentials;
  const over = expiresAt !== undefined && expiresAt <= scene.now;
  const orphan = profile === undefined;
  const whose = orphan ? 'a role that no profile names' : `the role of profile ${profile}`;
  return judged('role', `credentials of ${whose}`, {
    writer: 'AWS CLI, awsher',
    state: over ? 'ended' : orphan ? 'orphan' : 'good',
    expiresAt: expiresAt === undefined ? null : formatTimestamp(expiresAt),
    ifDeleted: over ? 'nothing is missed' : 'they are asked for anew',
    clean: over || orphan,
  });
}
