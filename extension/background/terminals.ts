import { AwsherError } from '../../shared/errors/awsher-error.ts';
import { type Attempt, isRunning } from '../../shared/login/attempt.ts';
import { type Step, told } from '../../shared/login/progress.ts';
import type { EXTENSION, SignedIn, SigninStart } from '../../shared/protocol/native.ts';
import type { Handlers } from '../../shared/protocol/peer.ts';
import { browserName } from '../platform/identity.ts';
import type { DecisionLog } from './decision-log.ts';
import type { HandOvers } from './hand-overs.ts';
import type { HostLink } from './host-link.ts';
import type { Saml } from './saml.ts';
import type { SignIns } from './sign-ins.ts';

interface Waiter {
  participant: string;
  resolve(result: SignedIn): void;
  reject(error: AwsherError): void;
}

/** The terminals' side of a sign-in: they ask through the host, hear every step, and get the end. */
export function createTerminals(
  parts: () => { signIns: SignIns; handOvers: HandOvers; saml: Saml; link: HostLink; log: DecisionLog },
) {
  /** By attempt id. Lost with the background; the terminals then come again by themselves. */
  const waiting = new Map<string, Waiter[]>();
  let sessionsChanged = () => {};

  function tell(attempt: Attempt): void {
    const waiters = waiting.get(attempt.id) ?? [];
    if (isRunning(attempt)) {
      const host = parts().link.connected();
      for (const { participant } of waiters)
        host?.notify('signin.progress', { participant, ...told(attempt.step, attempt.userCode) });
      return;
    }
    waiting.delete(attempt.id);
    for (const waiter of waiters) settle(waiter, attempt);
  }

  function settle(waiter: Waiter, attempt: Attempt): void {
    if (attempt.signedIn) waiter.resolve({ ...attempt.signedIn, browser: browserName() });
    else if (attempt.error) waiter.reject(AwsherError.fromWire(attempt.error));
  }

  async function start({ participant, target, asker, watch, joinOnly }: SigninStart): Promise<SignedIn> {
    const { signIns, link } = parts();
    const attempt = joinOnly
      ? signIns.rejoin(target, participant)
      : await signIns.start(target, asker, participant, watch);
    if (!attempt) {
      throw new AwsherError('SIGN_IN_FAILED', 'The browser knows nothing of this sign-in any more.', {
        hint: `run \`awsher login ${target.session}\` again`,
      });
    }
    return new Promise((resolve, reject) => {
      const waiter = { participant, resolve, reject };
      const current = signIns.find(attempt.id) ?? attempt;
      if (!isRunning(current)) {
        settle(waiter, current);
        return;
      }
      waiting.set(attempt.id, [...(waiting.get(attempt.id) ?? []), waiter]);
      // A terminal that lost its link and came back has joined nobody.
      const joined = attempt.participants.length > 1 && !joinOnly;
      const host = link.connected();
      if (joined) host?.notify('signin.progress', { participant, step: 'joined' });
      host?.notify('signin.progress', { participant, ...told(current.step, current.userCode) });
    });
  }

  const handlers: Omit<Handlers<typeof EXTENSION>, 'catalogue.changed' | 'console.open'> = {
    'signin.start': start,
    'handover.open': (request) => parts().handOvers.take(request),
    'saml.start': (request) => parts().saml.start(request),
    'history.list': (request) => parts().log.list(request),
    'signin.leave': ({ participant }) => {
      for (const [id, waiters] of waiting) {
        waiting.set(
          id,
          waiters.filter((waiter) => waiter.participant !== participant),
        );
      }
      parts().signIns.leave(participant);
      parts().saml.leave(participant);
    },
    'sessions.changed': () => sessionsChanged(),
  };

  return {
    handlers,
    tell,
    /** A step of a sign-in that one terminal has for itself. */
    tellOne(participant: string, step: Step): void {
      parts().link.connected()?.notify('signin.progress', { participant, step });
    },
    onSessionsChanged(listener: () => void): void {
      sessionsChanged = listener;
    },
  };
}
