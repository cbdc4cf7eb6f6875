import { AwsherError } from '../../shared/errors/awsher-error.ts';
import type { Attempt } from '../../shared/login/attempt.ts';
import type { Step } from '../../shared/login/progress.ts';
import { codeExpired, tokenRefused } from '../../shared/login/refusals.ts';
import { nextTokenStep } from '../../shared/oidc/token-reply.ts';
import { STORE_DEADLINE_MS } from '../../shared/protocol/limits.ts';
import { Secret } from '../../shared/secret.ts';
import { now, sleep } from '../platform/time.ts';
import type { HostLink } from './host-link.ts';
import { oidcClient } from './oidc.ts';
import { findRegistration } from './registration.ts';

export interface CollectOptions {
  attempt: Attempt;
  link: HostLink;
  when: 'at once' | 'by the clock';
  look: () => 'waiting' | 'approved' | 'gone';
  onStep: (step: Step) => void;
  /** Whether the host also writes the `[sso-session]`: asked at the end, because the popup may join late. */
  writeSection: () => boolean;
}

/** How often a wait looks up whether the page has told meanwhile, in milliseconds. */
const LOOK_MS = 200;
/** Lost connections in a row that a collection survives; the pause between them is AWS's interval. */
const MAX_NETWORK_FAILURES = 5;

/**
 * From the approved code to the stored token. Right after "approved" there is one CreateToken at once; while only the
 * clock can tell, one per interval (RFC 8628 §3.5). The token is dropped as soon as the host has answered.
 * `null`: nobody wants it any more.
 */
export async function collectToken(
  options: CollectOptions,
): Promise<{ expiresAt: string; cacheFile: string } | null> {
  const { attempt, link, look, onStep } = options;
  const { target, place, deviceCode, clientId } = attempt;
  if (deviceCode === null || place === null || clientId === null) return null;
  const client = oidcClient(place);
  const host = await link.host();
  const registration = await findRegistration(host, client, place, target, { clientId });
  let intervalSeconds = attempt.intervalSeconds;
  let failures = 0;
  if (options.when === 'by the clock') await pause(intervalSeconds, look);
  for (;;) {
    const state = look();
    if (state === 'gone') return null;
    if (state === 'approved') onStep('collecting-token');
    try {
      const step = nextTokenStep(
        await client.createToken(registration, new Secret(deviceCode)),
        intervalSeconds,
      );
      failures = 0;
      switch (step.next) {
        case 'store': {
          // Cancelled, or the host died, while AWS answered: a token that nobody is told of is not kept.
          if (look() === 'gone') return null;
          onStep('storing-token');
          const { refreshToken, accessToken, expiresIn } = step;
          const { clientId, clientSecret, expiresAt } = registration;
          return await (await link.host()).call(
            'token.store',
            {
              target: { ...target, region: place.region },
              client: { clientId, clientSecret: clientSecret.expose(), expiresAt },
              accessToken: accessToken.expose(),
              ...(refreshToken ? { refreshToken: refreshToken.expose() } : {}),
              expiresIn,
              writeSection: options.writeSection(),
            },
            { deadlineMs: STORE_DEADLINE_MS },
          );
        }
        case 'fail':
          throw tokenRefused(step.code === 'CODE_EXPIRED' ? 'expired' : 'denied', target);
        case 'wait':
          intervalSeconds = step.intervalSeconds;
      }
    } catch (thrown) {
      if (!(thrown instanceof AwsherError) || thrown.code !== 'NETWORK' || ++failures > MAX_NETWORK_FAILURES)
        throw thrown;
    }
    if (attempt.expiresAt !== null && now() >= attempt.expiresAt) throw codeExpired(target);
    await pause(intervalSeconds, look);
  }
}

/** Waits one interval; shorter when the page tells that the code was approved, or nobody waits any more. */
async function pause(seconds: number, look: CollectOptions['look']): Promise<void> {
  const before = look();
  for (const until = now() + seconds * 1000; now() < until; ) {
    await sleep(LOOK_MS);
    if (look() !== before) return;
  }
}
