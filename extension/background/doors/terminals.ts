import type * as v from 'valibot';
import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import { type Step, told } from '../../../shared/login/progress.ts';
import type {
  EXTENSION,
  SamlPosted,
  SamlStart,
  SignedIn,
  SigninStart,
} from '../../../shared/protocol/native.ts';
import type { Handlers } from '../../../shared/protocol/peer.ts';
import type { Effect } from '../../../shared/request/events.ts';
import { errorOf, isRunning, type Request } from '../../../shared/request/request.ts';
import { browserName } from '../../platform/identity.ts';
import type { HostLink } from '../host/host-link.ts';
import type { DecisionLog } from '../memory/decision-log.ts';
import type { HandOvers } from '../request/hand-overs.ts';
import type { Requests, Told } from '../request/requests.ts';
import { startSaml } from '../request/saml.ts';
import type { SignIns } from '../request/sign-ins.ts';

/** What a request has come to, and the SAML response where there is one. */
interface Over {
  request: Request;
  handOn: Extract<Effect, { do: 'hand-on' }> | null;
}

interface Waiter {
  participant: string;
  over(over: Over): void;
}

export interface TerminalsOptions {
  requests: Requests;
  signIns: SignIns;
  handOvers: HandOvers;
  link: HostLink;
  log: DecisionLog;
}

/** The terminals' side of a request: they ask through the host, hear every step, and get the end. */
export function createTerminals({ requests, signIns, handOvers, link, log }: TerminalsOptions) {
  /** By request. Lost with the background; the terminals then come again by themselves. */
  const waiting = new Map<string, Waiter[]>();

  function notify(participant: string, step: Step, request: Request): void {
    const said = told(step, request.code?.userCode ?? null);
    link.connected()?.notify('signin.progress', { participant, ...said });
  }

  function tell(request: Request, effect: Told): void {
    const waiters = waiting.get(request.id) ?? [];
    const handOn = effect.do === 'hand-on' ? effect : null;
    if (isRunning(request)) {
      if (effect.do === 'tell')
        for (const { participant } of waiters) notify(participant, effect.step, request);
      return;
    }
    waiting.delete(request.id);
    for (const { over } of waiters) over({ request, handOn });
  }

  /** Resolves when the request is over. */
  function end(request: Request, participant: string): Promise<Over> {
    if (!isRunning(request)) return Promise.resolve({ request, handOn: null });
    return new Promise((over) => {
      waiting.set(request.id, [...(waiting.get(request.id) ?? []), { participant, over }]);
    });
  }

  async function signIn({ joinOnly, ...asked }: SigninStart): Promise<SignedIn> {
    const { target, participant } = asked;
    const begun = joinOnly ? signIns.rejoin(target, participant) : signIns.start(asked);
    if (!begun) {
      throw new AwsherError('SIGN_IN_FAILED', 'The browser no longer knows this sign-in.', {
        hint: `run \`awsher login ${target.session}\` again`,
      });
    }
    const over = end(begun, participant);
    if (isRunning(begun)) {
      // A terminal that lost its link and came back has joined nobody.
      if (begun.participants.length > 1 && !joinOnly) notify(participant, 'joined', begun);
      notify(participant, begun.step, begun);
    }
    const { request } = await over;
    if (request.ending?.how !== 'signed-in') throw failureOf(request);
    const { expiresAt, cacheFile, flow } = request.ending;
    // Commands from before PKCE refuse what they do not know.
    return { expiresAt, cacheFile, browser: browserName(), ...(flow === 'device' ? {} : { flow }) };
  }

  async function saml(asked: SamlStart): Promise<v.InferInput<typeof SamlPosted>> {
    const begun = startSaml(requests, asked);
    const { request, handOn } = await end(begun, asked.participant);
    if (!handOn) throw failureOf(request);
    return { response: handOn.response.expose(), postedTo: handOn.postedTo, browser: browserName() };
  }

  const handlers: Pick<
    Handlers<typeof EXTENSION>,
    'signin.start' | 'handover.open' | 'saml.start' | 'history.list' | 'signin.leave'
  > = {
    'signin.start': signIn,
    'handover.open': handOvers.take,
    'saml.start': saml,
    'history.list': log.list,
    'signin.leave': ({ participant }) => {
      for (const [id, waiters] of waiting) {
        waiting.set(
          id,
          waiters.filter((waiter) => waiter.participant !== participant),
        );
      }
      requests.tellAll({ type: 'left', participant });
    },
  };

  requests.onTold(tell);
  return { handlers };
}

function failureOf(request: Request): AwsherError {
  const error = errorOf(request);
  return error
    ? AwsherError.fromWire(error)
    : new AwsherError('SIGN_IN_FAILED', 'The sign-in has already ended.', { hint: 'run the command again' });
}
