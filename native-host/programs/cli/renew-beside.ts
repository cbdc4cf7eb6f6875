import { readNotes } from '../../aws/tokens/session-notes.ts';
import type { TokenSubject } from '../../aws/tokens/token-subject.ts';
import { acquireLock } from '../../base/files/lock.ts';
import { readToken, tokenLockName } from '../../base/files/token-cache.ts';
import type { Context } from '../../base/platform/context.ts';
import { launchDetached } from '../../base/platform/launch.ts';
import { ownCommandLine } from '../../base/platform/own-command.ts';

/** The word with which awsher starts itself for a renewal that outlives the command that wanted it (bin/cli.ts). */
const RENEW_BESIDE = 'renew-beside';

/**
 * Renews in a process of its own: AWS's answer comes once, and neither Ctrl-C nor a deadline nor the end of a command that
 * has a good token loses it. One such process at a time; who comes meanwhile waits for it. Resolves when it has ended, or
 * after `waitMs`. Throws FILE_WRITE where no lock can be written, and LOCK_TIMEOUT when another renewal takes its time.
 */
export async function renewBeside(
  context: Context,
  subject: TokenSubject,
  waitMs: number,
  askedAt: number,
): Promise<undefined> {
  const { paths, env } = context;
  const before = readToken(paths, subject.key);
  const lock = await acquireLock(paths, `renewing-${tokenLockName(subject.key)}`, { timeoutMs: waitMs });
  try {
    const now = readToken(paths, subject.key);
    // Whoever had the lock has renewed it, or has learned why it cannot be.
    if ((readNotes(paths, subject.key).refreshFailedAt ?? 0) >= askedAt) return undefined;
    if (before.kind !== 'token' || now.kind !== 'token' || before.token.expiresAt !== now.token.expiresAt)
      return undefined;
    const { node, script } = ownCommandLine();
    const { key, startUrl, region, legacyUrls } = subject;
    const args = [script, RENEW_BESIDE, key, startUrl, region, ...legacyUrls];
    await launchDetached(node, args, { env, graceMs: waitMs });
    return undefined;
  } finally {
    lock.release();
  }
}
