import type { SigninStart } from '../../../shared/protocol/native.ts';
import {
  beginRequest,
  isFor,
  isRunning,
  isSignIn,
  POPUP,
  type Request,
  type SignIn,
} from '../../../shared/request/request.ts';
import { nonce, now } from '../../platform/time.ts';
import type { Requests } from './requests.ts';

/** The sign-ins of this browser: one at a time for each session; whoever else asks for it joins. */
export function createSignIns(requests: Requests) {
  const all = (): SignIn[] => requests.all().filter(isSignIn);
  const running = (target: SigninStart['target']): SignIn | undefined =>
    all().find((request) => isRunning(request) && isFor(request, target));
  function join(request: SignIn, participant: string, watch: boolean): Request {
    requests.feed(request.id, { type: 'joined', participant, watch });
    return requests.find(request.id) ?? request;
  }

  return {
    all,
    start({ target, asker, participant, watch, flow = 'auto' }: Omit<SigninStart, 'joinOnly'>): Request {
      const current = running(target);
      if (current) {
        // Whoever asks for PKCE by name has seen that a code leads nowhere.
        if (flow === 'pkce') requests.feed(current.id, { type: 'other-way' });
        return join(current, participant, watch);
      }
      // A click in awsher's own popup is the person's word.
      const asks = participant === POPUP ? 'no-more' : 'by-setting';
      const subject = { kind: 'sign-in' as const, target, flow };
      const beginning = { id: nonce(), asker, participant, asks, watch } as const;
      return requests.begin(beginRequest(subject, beginning, now()));
    },
    /** Only one that runs or has just ended; for terminals whose link was lost. */
    rejoin(target: SigninStart['target'], participant: string): Request | undefined {
      const current = running(target);
      if (!current) return all().findLast((request) => isFor(request, target));
      return join(current, participant, false);
    },
  };
}
export type SignIns = ReturnType<typeof createSignIns>;
