import type { AwsherError } from '../errors/awsher-error.ts';
import type { IssuedToken, TokenReply } from './client.ts';

/** Where asking for one device code's token is. */
export interface Poll {
  /** Milliseconds that AWS wants between two questions. */
  readonly intervalMs: number;
  /** Lost connections in a row. */
  readonly failures: number;
}

export type AfterReply =
  | { readonly next: 'store'; readonly token: IssuedToken }
  | { readonly next: 'wait'; readonly poll: Poll }
  | { readonly next: 'end'; readonly why: 'expired' | 'denied' | 'lost' | AwsherError };

/** RFC 8628 §3.5: `slow_down` lengthens the interval by five seconds, for this and all later questions. */
const SLOW_DOWN_MS = 5_000;
const MAX_FAILURES = 5;
/**
 * A timer that fires early, or a clock that runs fast (a virtual machine's, WSL's), makes a question come too soon for AWS, and each of
 * those costs five seconds. cli/oauth waits a fifth longer for the same reason.
 */
const DRIFT = 1.2;

/** The pause before the next question, in milliseconds. */
export const pauseMs = ({ intervalMs }: Poll): number => intervalMs * DRIFT;

/** What an answer means for the asking. Pure. */
export function afterReply({ intervalMs, failures }: Poll, reply: TokenReply): AfterReply {
  switch (reply.kind) {
    case 'token':
      return { next: 'store', token: reply.token };
    case 'pending':
      return { next: 'wait', poll: { intervalMs, failures: 0 } };
    case 'slow-down':
      return { next: 'wait', poll: { intervalMs: intervalMs + SLOW_DOWN_MS, failures: 0 } };
    case 'failed':
      // A laptop that changes its network loses a few; what AWS itself refuses stays refused.
      return reply.error.code === 'NETWORK' && failures < MAX_FAILURES
        ? { next: 'wait', poll: { intervalMs, failures: failures + 1 } }
        : { next: 'end', why: reply.error };
    default:
      return { next: 'end', why: reply.kind };
  }
}
