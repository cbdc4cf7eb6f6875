import { expect, it } from 'vitest';
import { nextTokenStep, type TokenReply, type TokenStep } from '../../../shared/oidc/token-reply.ts';
import { Secret } from '../../../shared/secret.ts';

const token = { accessToken: new Secret('a'), refreshToken: null, expiresIn: 28_800 };

it.each<[TokenReply, number, TokenStep]>([
  [{ kind: 'token', ...token }, 1, { next: 'store', ...token }],
  [{ kind: 'pending' }, 1, { next: 'wait', intervalSeconds: 1 }],
  [{ kind: 'pending' }, 11, { next: 'wait', intervalSeconds: 11 }],
  [{ kind: 'slow-down' }, 1, { next: 'wait', intervalSeconds: 6 }],
  [{ kind: 'expired' }, 1, { next: 'fail', code: 'CODE_EXPIRED' }],
  [{ kind: 'denied' }, 1, { next: 'fail', code: 'SIGN_IN_DENIED' }],
])('%j at an interval of %d s: %j', (reply, interval, step) => {
  expect(nextTokenStep(reply, interval)).toEqual(step);
});

it('slowing down twice adds up, and a pending answer afterwards keeps it', () => {
  let seconds = 5;
  for (const kind of ['slow-down', 'slow-down', 'pending'] as const) {
    const step = nextTokenStep({ kind }, seconds);
    if (step.next === 'wait') seconds = step.intervalSeconds;
  }
  expect(seconds).toBe(15);
});
