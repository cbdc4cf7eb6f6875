import { expect, it } from 'vitest';
import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import type { TokenReply } from '../../../shared/oidc/client.ts';
import { type AfterReply, afterReply, type Poll, pauseMs } from '../../../shared/oidc/poll.ts';
import { Secret } from '../../../shared/secret.ts';

const token = { accessToken: new Secret('a'), refreshToken: undefined, livesMs: 1 };
const network = new AwsherError('NETWORK', 'No.');
const refused = new AwsherError('AWS_ERROR', 'No.');
const poll = (intervalMs: number, failures = 0): Poll => ({ intervalMs, failures });

it.each<[TokenReply, Poll, AfterReply]>([
  [{ kind: 'token', token }, poll(1_000), { next: 'store', token }],
  [{ kind: 'pending' }, poll(1_000), { next: 'wait', poll: poll(1_000) }],
  [{ kind: 'pending' }, poll(11_000, 4), { next: 'wait', poll: poll(11_000) }],
  [{ kind: 'slow-down' }, poll(1_000), { next: 'wait', poll: poll(6_000) }],
  [{ kind: 'expired' }, poll(1_000), { next: 'end', why: 'expired' }],
  [{ kind: 'denied' }, poll(1_000), { next: 'end', why: 'denied' }],
  [{ kind: 'lost' }, poll(1_000), { next: 'end', why: 'lost' }],
  [{ kind: 'failed', error: refused }, poll(1_000), { next: 'end', why: refused }],
  [{ kind: 'failed', error: network }, poll(1_000), { next: 'wait', poll: poll(1_000, 1) }],
  [{ kind: 'failed', error: network }, poll(1_000, 4), { next: 'wait', poll: poll(1_000, 5) }],
  [{ kind: 'failed', error: network }, poll(1_000, 5), { next: 'end', why: network }],
])('%j at %j: %j', (reply, before, after) => {
  expect(afterReply(before, reply)).toEqual(after);
});

it('slowing down twice adds up, and a pending answer afterwards keeps it', () => {
  let now = poll(5_000);
  for (const kind of ['slow-down', 'slow-down', 'pending'] as const) {
    const after = afterReply(now, { kind });
    if (after.next === 'wait') now = after.poll;
  }
  expect(now.intervalMs).toBe(15_000);
});

it('waits longer than AWS asks, so that no timer comes too soon', () => {
  expect(pauseMs(poll(5_000))).toBe(6_000);
});
