import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import { type ChosenSession, configSessions } from '../../aws/tokens/known-sessions.ts';
import type { Context } from '../../base/platform/context.ts';
import { shown } from './accounts/account-words.ts';
import { chooseSession, type SessionRequest } from './choose-session.ts';
import { canPick, pick } from './pick/pick.ts';

/** As `chooseSession`; where several are possible, the person picks one, on a terminal. Throws CANCELLED besides. */
export async function pickSession(
  context: Context,
  request: Omit<SessionRequest, 'env'>,
): Promise<ChosenSession> {
  try {
    return chooseSession({ ...request, env: context.env });
  } catch (thrown) {
    const several = thrown instanceof AwsherError && thrown.code === 'SESSION_AMBIGUOUS';
    if (!several || !canPick(context)) throw thrown;
  }
  const entries = configSessions(request.config).map((value) => ({
    value,
    label: shown(value.session),
    detail: `${shown(value.startUrl)} · ${shown(value.region)}`,
    weight: 0,
  }));
  return pick(context, 'Which session?', entries);
}
