import { AwsherError, toAwsherError } from '../../../../shared/errors/awsher-error.ts';
import { openServerClock } from '../../../aws/calls/server-clock.ts';
import { type ChosenSession, configSessions, statusOf } from '../../../aws/tokens/known-sessions.ts';
import { subjectOf } from '../../../aws/tokens/token-subject.ts';
import { withLock } from '../../../base/files/lock.ts';
import { readableConfig } from '../../../base/files/readable-config.ts';
import { setAsideBroken, tokenFilePath, tokenLockName } from '../../../base/files/token-cache.ts';
import type { SharedConfig } from '../../../base/formats/profiles.ts';
import { clockTime } from '../../../base/formats/times.ts';
import { type Check, type Finding, fail, inline, ok, shortPath, skip, together } from '../check.ts';
import type { DoctorContext } from '../context.ts';

/** The token of every session. */
export const tokens: Check = {
  id: 'tokens',
  title: 'Tokens',
  run(context) {
    const config = readableConfig(context.paths);
    const findings = configSessions(config).map((session) => tokenFinding(session, config, context));
    return findings.length > 0 ? together(findings) : skip('There is no session yet.');
  },
};

function tokenFinding(one: ChosenSession, config: SharedConfig, context: DoctorContext): Finding {
  const { key, login } = subjectOf(config, one);
  const { paths } = context;
  const name = inline(key);
  const status = statusOrError(one, config, context);
  if (status instanceof AwsherError) return fail(status.message, status.hint ?? 'look at the file');
  const { state, expiresAt } = status;
  if (state === 'broken')
    return broken(tokenFilePath(paths, key), tokenLockName(key), context, `, the token of ${name},`);
  if (state === 'valid' || state === 'expiring')
    return ok(`${name}: signed in until ${clockTime(Date.parse(expiresAt ?? ''), context.now())}`);
  if (state === 'refreshable') return ok(`${name}: renews automatically`);
  const words = state === 'none' ? 'not signed in' : 'the sign-in has ended';
  return ok(`${name}: ${words} (\`${inline(login)}\`)`);
}

function statusOrError(one: ChosenSession, config: SharedConfig, { paths, now }: DoctorContext) {
  try {
    const clock = openServerClock(paths, now);
    return statusOf(paths, config, one, clock.now());
  } catch (thrown) {
    return toAwsherError(thrown);
  }
}

function broken(file: string, lock: string, { paths, now }: DoctorContext, whose: string): Finding {
  const shown = shortPath(file, paths.home);
  return fail(`${shown}${whose} is damaged.`, 'run `awsher doctor --fix`', () =>
    withLock(paths, lock, () => {
      const aside = setAsideBroken(file, now());
      return aside === undefined
        ? `${shown} was fixed in the meantime`
        : `${shown} was set aside as ${shortPath(aside, paths.home)}`;
    }),
  );
}
