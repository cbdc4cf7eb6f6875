import type { Secret } from '../secret.ts';

/** What CreateToken can say to a device code (RFC 8628 §3.5), as a closed union. */
export type TokenReply =
  | { kind: 'token'; accessToken: Secret; refreshToken: Secret | null; expiresIn: number }
  | { kind: 'pending' }
  | { kind: 'slow-down' }
  | { kind: 'expired' }
  | { kind: 'denied' };

export type TokenStep =
  | { next: 'store'; accessToken: Secret; refreshToken: Secret | null; expiresIn: number }
  | { next: 'wait'; intervalSeconds: number }
  | { next: 'fail'; code: 'CODE_EXPIRED' | 'SIGN_IN_DENIED' };

/** RFC 8628 §3.5: `slow_down` lengthens the interval by five seconds, for this and all later questions. */
const SLOW_DOWN_SECONDS = 5;

export function nextTokenStep(reply: TokenReply, intervalSeconds: number): TokenStep {
  switch (reply.kind) {
    case 'token': {
      const { accessToken, refreshToken, expiresIn } = reply;
      return { next: 'store', accessToken, refreshToken, expiresIn };
    }
    case 'pending':
      return { next: 'wait', intervalSeconds };
    case 'slow-down':
      return { next: 'wait', intervalSeconds: intervalSeconds + SLOW_DOWN_SECONDS };
    case 'expired':
      return { next: 'fail', code: 'CODE_EXPIRED' };
    case 'denied':
      return { next: 'fail', code: 'SIGN_IN_DENIED' };
  }
}

/** A number of seconds as AWS gives it: whole, positive, and before the year 10,000 also when it is a moment since 1970. */
export function isLifetime(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 && value < 250_000_000_000;
}

/** A token can be a header's value: printable ASCII, not empty. */
export function isTokenText(value: unknown): value is string {
  return typeof value === 'string' && /^[\x21-\x7e]+$/.test(value);
}
