import { LIMITS } from '../../shared/transport/policy.ts';
import type { TokenSubject } from '../aws/valid-token.ts';
import { acquireLock } from '../files/lock.ts';
import { readToken, tokenLockName } from '../files/token-cache.ts';
import type { Context } from '../platform/context.ts';
import { launchDetached } from '../platform/launch.ts';
import { ownCommandLine } from '../platform/own-command.ts';

/** The word with which awsher starts itself for a renewal that outlives the command that wanted it (bin/cli.ts). */
const RENEW_BESIDE = 'renew-beside';

/**
 * Renews in a process of its own: a command that has a good token ends without waiting, and the answer of AWS, which
 * comes once only, is still written. Resolves when that process ends, or when a caller with a good token has waited long
 * enough. Throws FILE_WRITE where no lock can be written, and LOCK_TIMEOUT when another renewal takes its time.
 */
export async function renewBeside(context: Context, subject: TokenSubject): Promise<undefined> {
  const { paths } = context;
  const before = readToken(paths, subject.key);
  const lock = await acquireLock(paths, tokenLockName(subject.key), {
    timeoutMs: LIMITS.renewalPatienceMs,
  });
  lock.release();
  const now = readToken(paths, subject.key);
  // Whoever had the lock has renewed it.
  if (before.kind !== 'token' || now.kind !== 'token' || before.token.expiresAt !== now.token.expiresAt)
    return undefined;
  const { node, script } = ownCommandLine();
  const args = [script, RENEW_BESIDE, subject.key, subject.startUrl, subject.region, ...subject.legacyUrls];
  await launchDetached(node, args, { env: context.env, graceMs: LIMITS.renewalPatienceMs });
  return undefined;
}
