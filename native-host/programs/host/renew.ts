import { withAws } from '../../aws/resolver/with-aws.ts';
import { findSession } from '../../aws/tokens/known-sessions.ts';
import { renewNow } from '../../aws/tokens/renew-now.ts';
import { subjectOf } from '../../aws/tokens/token-subject.ts';
import { loadSharedConfig } from '../../base/files/config-file.ts';
import { formatTimestamp } from '../../base/formats/token-dates.ts';
import type { PartDeps } from './host-options.ts';

/**
 * Renews the token of the session of this name without a browser; `expiresAt` is `null` when that is not possible,
 * also for a name that is in no config. A part of its own, which the host loads when it is asked for the first time.
 */
export async function renew(
  { paths, env, now, log }: PartDeps,
  session: string,
): Promise<{ expiresAt: string | null }> {
  const config = loadSharedConfig(paths);
  const known = findSession(config, session);
  if (!known) return { expiresAt: null };
  const end = await withAws({ paths, env, now }, (deps) => renewNow(deps, subjectOf(config, known)));
  log(end === null ? 'could not renew a session: it needs a sign-in' : 'renewed a session, as asked');
  return { expiresAt: end === null ? null : formatTimestamp(end) };
}
