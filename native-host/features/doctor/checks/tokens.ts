import { AwsherError, toAwsherError } from '../../../../shared/errors/awsher-error.ts';
import { openServerClock } from '../../../aws/calls/server-clock.ts';
import { sessionStatus } from '../../../aws/tokens/session-status.ts';
import { withLock } from '../../../base/files/lock.ts';
import { setAsideBroken, tokenFilePath, tokenLockName } from '../../../base/files/token-cache.ts';
import { clockTime } from '../../../base/formats/times.ts';
import { type Check, type Finding, fail, inline, ok, shortPath, skip, together } from '../check.ts';
import type { DoctorContext } from '../context.ts';
import { type KnownSession, knownSessions } from '../sessions.ts';

/** The token of every session. */
export const tokens: Check = {
  id: 'tokens',
  title: 'Tokens',
  run(context) {
    const sessions = knownSessions(context);
    const findings = sessions.map((session) => look(session, context));
    return findings.length > 0 ? together(findings) : skip('There is no session yet.');
  },
};

function look(session: KnownSession, context: DoctorContext): Finding {
  const { key } = session;
  const { paths } = context;
  const name = inline(key);
  const status = statusOf(session, context);
  if (status instanceof AwsherError) return fail(status.message, status.hint ?? 'look at the file');
  const { state, expiresAt } = status;
  if (state === 'broken')
    return broken(tokenFilePath(paths, key), tokenLockName(key), context, `, the token of ${name},`);
  if (state === 'valid' || state === 'expiring')
    return ok(`${name}: signed in until ${clockTime(Date.parse(expiresAt ?? ''), context.now())}`);
  if (state === 'refreshable') return ok(`${name}: renews automatically`);
  const words = state === 'none' ? 'not signed in' : 'the sign-in has ended';
  return ok(`${name}: ${words} (\`awsher login ${name}\`)`);
}

function statusOf({ key, startUrl, region }: KnownSession, { paths, now }: DoctorContext) {
  try {
    const clock = openServerClock(paths, now);
    return sessionStatus(paths, { session: key, startUrl, region }, clock.now());
  } catch (thrown) {
    return toAwsherError(thrown);
  }
}

function broken(file: string, lock: string, { paths, now }: DoctorContext, whose: string): Finding {
  const shown = shortPath(file, paths.home);
  return fail(`${shown}${whose} is not readable as what it should be.`, 'run `awsher doctor --fix`', () =>
    withLock(paths, lock, () => {
      const aside = setAsideBroken(file, now());
      return aside === undefined
        ? `${shown} was mended meanwhile`
        : `${shown} was set aside as ${shortPath(aside, paths.home)}`;
    }),
  );
}
