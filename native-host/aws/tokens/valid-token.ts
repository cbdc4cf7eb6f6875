import { faultOf } from '../../../shared/aws/faults.ts';
import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import type { Secret } from '../../../shared/secret.ts';
import { LIMITS } from '../../../shared/transport/policy.ts';
import { acquireLock, LOCK_PATIENCE_MS, withLock } from '../../base/files/lock.ts';
import { readToken, setAsideBroken, tokenFilePath, tokenLockName } from '../../base/files/token-cache.ts';
import type { SsoToken } from '../../base/files/token-format.ts';
import { mendTwins, twinsAreBehind } from '../../base/files/token-store.ts';
import { startTimer } from '../../base/platform/timers.ts';
import { renewToken } from './renew-token.ts';
import { addNotes, fingerprint, readNotes } from './session-notes.ts';
import type { TokenDeps } from './token-deps.ts';
import { planToken, type RefreshableToken, type TokenPlan } from './token-plan.ts';
import type { TokenSubject } from './token-subject.ts';

export interface ValidToken {
  readonly token: SsoToken;
  readonly how: 'cached' | 'refreshed';
  readonly file: string;
}

const USED_STEP_MS = 10 * 60_000;

/**
 * The one place that gives a token which works: as it is while it is fresh; renewed, under the session's lock and after
 * reading again, when it has less than 15 minutes or is over; the old one, as long as it is good, when the renewal is
 * rejected, fails, cannot be written, or takes longer than 2.5 s.
 * `rejected` is a token to which the portal has just said 401: it is renewed whatever its date says, once.
 * Throws SIGN_IN_NEEDED, TOKEN_REJECTED (after `rejected`), or what stood in the way of a renewal (NETWORK, FILE_WRITE...).
 */
export async function validToken(
  deps: TokenDeps,
  subject: TokenSubject,
  rejected?: Secret,
): Promise<ValidToken> {
  noteUse(deps, subject);
  const askedAt = deps.askedAt ?? deps.clock.local();
  const first = planNow(deps, subject, rejected);
  if (first.kind === 'use') {
    await mendTwinsOf(deps, subject, first.token);
    return cached(deps, subject, first.token);
  }
  if (first.kind === 'sign-in' && first.why === 'none') throw signInNeeded(subject, first.why);
  const renewed = () => renewedUnderLock(deps, subject, askedAt, rejected);
  const beside = deps.renewBeside;
  if (first.kind === 'refresh' && first.usable) {
    const renew = beside === undefined ? renewed : () => beside(subject, LIMITS.renewalPatienceMs);
    return renewedSoon(deps, subject, first.token, LIMITS.renewalPatienceMs, renew);
  }
  if (first.kind === 'refresh' && rejected === undefined && beside !== undefined) {
    const after = await renewedSoon(deps, subject, first.token, LOCK_PATIENCE_MS, () =>
      beside(subject, LOCK_PATIENCE_MS),
    );
    if (after.how === 'refreshed') return after;
  }
  return renewed();
}

async function renewedUnderLock(
  deps: TokenDeps,
  subject: TokenSubject,
  askedAt: number,
  rejected: Secret | undefined,
): Promise<ValidToken> {
  const { paths, clock } = deps;
  return withLock(
    paths,
    tokenLockName(subject.key),
    async () => {
      const plan = planNow(deps, subject, rejected);
      if (plan.kind === 'use') return cached(deps, subject, plan.token);
      if (plan.kind === 'refresh') {
        // What the one before us learned is our answer too: AWS is not asked anew by each of twenty that waited.
        const { refreshFailedAt, refreshFailure } = readNotes(paths, subject.key);
        const shared = refreshFailedAt !== undefined && refreshFailedAt >= askedAt;
        if (shared && refreshFailure !== undefined) throw AwsherError.fromWire(refreshFailure);
        return refreshNow(deps, subject, plan);
      }
      if (plan.why === 'broken') setAside(deps, subject, clock.local());
      throw signInNeeded(subject, plan.why);
    },
    deps.signal === undefined ? {} : { signal: deps.signal },
  );
}

/** The renewed token, or the old one after so long: the renewal goes on then, and comes to the next one who asks. */
async function renewedSoon(
  deps: TokenDeps,
  subject: TokenSubject,
  good: SsoToken,
  patienceMs: number,
  renew: () => Promise<ValidToken | undefined>,
): Promise<ValidToken> {
  let stop = () => {};
  const patience = new Promise<undefined>((resolve) => {
    stop = startTimer(patienceMs, () => resolve(undefined));
    deps.signal?.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  // Why it failed does not matter here; the next one learns it from the notes.
  const renewed = await Promise.race([renew().catch(() => undefined), patience]);
  stop();
  deps.signal?.throwIfAborted();
  if (renewed !== undefined) return renewed;
  const now = planNow(deps, subject, undefined);
  if (now.kind === 'use' && now.token.accessToken.expose() !== good.accessToken.expose())
    return { token: now.token, how: 'refreshed', file: tokenFilePath(deps.paths, subject.key) };
  return cached(deps, subject, good);
}

/** Best effort: a process may have been killed between a token and its twins. */
async function mendTwinsOf(
  { paths, clock }: TokenDeps,
  subject: TokenSubject,
  seen: SsoToken,
): Promise<void> {
  const { key, legacyUrls } = subject;
  try {
    if (!twinsAreBehind({ paths, key, token: seen, legacyUrls })) return;
    const lock = await acquireLock(paths, tokenLockName(key), { timeoutMs: 0 });
    try {
      const file = readToken(paths, key);
      if (file.kind === 'token') mendTwins({ paths, key, token: file.token, legacyUrls, nowMs: clock.now() });
    } finally {
      lock.release();
    }
  } catch {
    // Whoever has the lock writes the twins; where nothing can be written, there is nothing to mend.
  }
}

function cached({ paths }: TokenDeps, { key }: TokenSubject, token: SsoToken): ValidToken {
  return { token, how: 'cached', file: tokenFilePath(paths, key) };
}

/**
 * Makes a call with a valid token, and once more with a renewed one when the portal answers 401: `expiresAt` is no
 * promise. Throws TOKEN_REJECTED when that does not help either; other errors of the call pass through.
 */
export async function withValidToken<T>(
  deps: TokenDeps,
  subject: TokenSubject,
  call: (token: SsoToken) => Promise<T>,
): Promise<T> {
  const first = await validToken(deps, subject);
  try {
    return await call(first.token);
  } catch (thrown) {
    if (faultOf(thrown).kind !== 'unauthorized') throw thrown;
  }
  addNotes(deps.paths, subject.key, { deadToken: fingerprint(first.token.accessToken) });
  const second = await validToken(deps, subject, first.token.accessToken);
  try {
    return await call(second.token);
  } catch (thrown) {
    if (faultOf(thrown).kind !== 'unauthorized') throw thrown;
    addNotes(deps.paths, subject.key, { deadToken: fingerprint(second.token.accessToken) });
    throw signInNeeded(subject, 'rejected');
  }
}

function planNow(
  { paths, clock }: TokenDeps,
  subject: TokenSubject,
  rejected: Secret | undefined,
): TokenPlan {
  const file = readToken(paths, subject.key);
  const refused =
    rejected !== undefined && file.kind === 'token' && file.token.accessToken.expose() === rejected.expose();
  return planToken(file, readNotes(paths, subject.key), { now: clock.now(), local: clock.local() }, refused);
}

async function refreshNow(
  deps: TokenDeps,
  subject: TokenSubject,
  { token, usable }: { token: RefreshableToken; usable: boolean },
): Promise<ValidToken> {
  const file = tokenFilePath(deps.paths, subject.key);
  const renewal = await renewToken(deps, subject, token);
  if (renewal.kind === 'renewed') return { token: renewal.token, how: 'refreshed', file };
  if (renewal.kind === 'found') return { token: renewal.token, how: 'cached', file };
  if (usable) return { token, how: 'cached', file };
  throw renewal.kind === 'failed' ? renewal.error : signInNeeded(subject, 'session-over');
}

function setAside({ paths, warn }: TokenDeps, subject: TokenSubject, nowMs: number): void {
  const aside = setAsideBroken(tokenFilePath(paths, subject.key), nowMs);
  if (aside !== undefined) warn?.(`the token file was damaged; it was moved to ${aside}`);
}

function noteUse({ paths, clock }: TokenDeps, { key }: TokenSubject): void {
  const now = clock.local();
  const { usedAt } = readNotes(paths, key);
  if (usedAt === undefined || Math.abs(now - usedAt) > USED_STEP_MS) addNotes(paths, key, { usedAt: now });
}

const REASONS = {
  none: 'Nobody is signed in',
  broken: 'The token file was broken',
  expired: 'The sign-in has expired',
  'session-over': 'The portal session has ended',
} as const;

/** SIGN_IN_NEEDED, or TOKEN_REJECTED when it was the portal that said so. */
export function signInNeeded(
  { startUrl, login }: Pick<TokenSubject, 'startUrl' | 'login'>,
  why: keyof typeof REASONS | 'rejected',
): AwsherError {
  const hint = `run \`${login}\``;
  if (why === 'rejected') {
    return new AwsherError('TOKEN_REJECTED', `The portal ${startUrl} no longer accepts the token.`, {
      hint,
    });
  }
  return new AwsherError('SIGN_IN_NEEDED', `${REASONS[why]} at ${startUrl}.`, { hint });
}
