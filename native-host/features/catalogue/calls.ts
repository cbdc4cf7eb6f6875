import { performance } from 'node:perf_hooks';
import type { SSO } from '@aws-sdk/client-sso';
import { toError, waitText } from '../../../shared/aws/fault-words.ts';
import { type AwsFault, faultOf } from '../../../shared/aws/faults.ts';
import { LIMITS } from '../../../shared/transport/policy.ts';
import { addNotes, fingerprint } from '../../aws/tokens/session-notes.ts';
import { placeOf } from '../../aws/tokens/session-place.ts';
import type { TokenDeps } from '../../aws/tokens/token-deps.ts';
import type { TokenSubject } from '../../aws/tokens/token-subject.ts';
import { signInNeeded, validToken } from '../../aws/tokens/valid-token.ts';
import type { SsoToken } from '../../base/files/token-format.ts';
import { createPace } from './pace.ts';
import type { PageRequest } from './portal-list.ts';

export interface CallDeps extends TokenDeps {
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** Something to ask the portal. */
export interface Question {
  /** Makes one call, and takes its answer. */
  ask(portal: SSO, request: Omit<PageRequest, 'page'>): Promise<void>;
  /** Told a refusal that is about this question alone. True when that was expected and the rest goes on. */
  refused(fault: AwsFault): boolean;
}

export interface Calls {
  /** Asks as soon as the pace allows; `ahead` before everything that waits. A question may add others. */
  add(question: Question, ahead?: boolean): void;
  /** Resolves when nothing is left to ask. Rejects with the first error that is about more than one question. */
  done(): Promise<void>;
  /** Calls made so far, and those of them that were answered with 429. */
  readonly counts: { readonly calls: number; readonly throttled: number };
  /** Answers per second of late; `null` while nothing can be said. */
  rate(): number | null;
}

/** A slow portal must not hold the pace down, and a dead one must not collect calls without end. */
const MOST_AT_ONCE = 64;
/** How often a question is asked again after the network or AWS failed; 429 does not count. */
const MOST_FAILURES = 4;
const RATE_WINDOW_MS = 4_000;
/** A date from a clock that is off must not stop everything for a week. */
const MOST_WAIT_MS = 24 * 3_600_000;

interface Waiting {
  readonly question: Question;
  readonly failures: number;
  /** Not before this moment, by the monotonic clock. */
  readonly after: number;
}

/**
 * Asks the portal many things at the pace that it allows. 429 is waited out however long it takes; an error of the network
 * or of AWS is tried again a few times; a 401 renews the token once, under the session's lock.
 */
export function startCalls(deps: CallDeps, subject: TokenSubject): Calls {
  const pace = createPace();
  const waiting: Waiting[] = [];
  const answers: number[] = [];
  const stop = new AbortController();
  const signal = deps.signal === undefined ? stop.signal : AbortSignal.any([deps.signal, stop.signal]);
  const tokens = tokenKeeper(deps, subject);
  let [calls, throttled, open, toldUntil, heardAt] = [0, 0, 0, 0, 0];
  let failed: { error: unknown } | undefined;
  let wake: () => void = () => {};

  async function askOne(portal: SSO, one: Waiting): Promise<void> {
    const startedAt = performance.now();
    pace.started(startedAt);
    calls += 1;
    let token: SsoToken | undefined;
    try {
      token = tokens.now();
      await one.question.ask(portal, { accessToken: token.accessToken, signal });
      tokens.accepted(token);
      answered(startedAt);
      heardAt = performance.now();
    } catch (thrown) {
      signal.throwIfAborted();
      await refusedWith(thrown, one, startedAt, token);
    }
  }

  function answered(startedAt: number): void {
    pace.answered(startedAt);
    answers.push(performance.now());
    if (answers.length > 4_000) answers.splice(0, 2_000);
  }

  async function refusedWith(
    thrown: unknown,
    one: Waiting,
    startedAt: number,
    token: SsoToken | undefined,
  ): Promise<void> {
    const fault = faultOf(thrown);
    const now = performance.now();
    if (fault.kind === 'throttled') {
      throttled += 1;
      pace.throttled(now, startedAt, fault.wait && Math.min(fault.wait.ms, MOST_WAIT_MS));
      tellWait(fault.wait);
      waiting.unshift(one);
      return;
    }
    answered(startedAt);
    if (fault.kind === 'unauthorized' && token !== undefined) {
      await tokens.rejected(token);
      waiting.unshift(one);
      return;
    }
    if (one.question.refused(fault)) return;
    // A portal that was silent for so long, to everybody, is not asked for another while.
    const alive = now - startedAt < LIMITS.retryWithinMs || heardAt > startedAt;
    const again = (fault.kind === 'network' || fault.kind === 'server') && alive;
    if (!again || one.failures + 1 >= MOST_FAILURES)
      throw toError(fault, `The portal in ${subject.region}`, thrown);
    const failures = one.failures + 1;
    waiting.push({ ...one, failures, after: now + 250 * 2 ** failures });
  }

  /** Nobody sits before a silent terminal for an hour; each pause is told once, however many calls ran into it. */
  function tellWait(wait: { ms: number; until: number } | null): void {
    if (wait === null || wait.ms <= LIMITS.untoldWaitMs || wait.until - toldUntil < 1_000) return;
    toldUntil = wait.until;
    deps.warn?.(
      `the portal in ${subject.region} asks to wait ${waitText(wait)}; Ctrl-C stops and keeps the list so far`,
    );
  }

  async function run(): Promise<void> {
    await tokens.renew();
    const portal = await deps.clients.portalUntried(placeOf(deps.paths, subject));
    while (failed === undefined && (waiting.length > 0 || open > 0)) {
      signal.throwIfAborted();
      const now = performance.now();
      const at = open < MOST_AT_ONCE ? waiting.findIndex(({ after }) => after <= now) : -1;
      if (at < 0) {
        await somethingHappens(waiting.length > 0 && open < MOST_AT_ONCE ? 50 : 60_000);
        continue;
      }
      const wait = pace.wait(now);
      if (wait > 0) {
        await deps.sleep(wait, signal);
        continue;
      }
      if (tokens.old()) await tokens.renew();
      const [one] = waiting.splice(at, 1);
      if (one === undefined) continue;
      open += 1;
      void askOne(portal, one)
        .catch((error: unknown) => {
          failed ??= { error };
        })
        .finally(() => {
          open -= 1;
          wake();
        });
    }
    if (failed !== undefined) throw failed.error;
  }

  /** Until a call ends, at most so long. */
  async function somethingHappens(mostMs: number): Promise<void> {
    const quit = new AbortController();
    const ended = new Promise<void>((resolve) => {
      wake = resolve;
    });
    const slept = deps.sleep(mostMs, AbortSignal.any([signal, quit.signal])).catch(() => {});
    await Promise.race([ended, slept]);
    quit.abort();
  }

  return {
    add(question, ahead = false) {
      const one = { question, failures: 0, after: 0 };
      if (ahead) waiting.unshift(one);
      else waiting.push(one);
    },
    async done() {
      try {
        await run();
      } catch (thrown) {
        deps.signal?.throwIfAborted();
        throw thrown;
      } finally {
        stop.abort();
      }
    },
    get counts() {
      return { calls, throttled };
    },
    rate() {
      const since = performance.now() - RATE_WINDOW_MS;
      const first = answers.findIndex((at) => at >= since);
      const [from, to] = [answers[first], answers.at(-1)];
      if (first < 0 || from === undefined || to === undefined || to - from < 500) return null;
      return ((answers.length - first - 1) / (to - from)) * 1000;
    },
  };
}

/** A listing may outlive its token. */
function tokenKeeper(deps: TokenDeps, subject: TokenSubject) {
  let token: SsoToken | undefined;
  let renewing: Promise<void> | undefined;
  let rejectedOnce = false;

  async function renewRejected(rejected: SsoToken): Promise<void> {
    addNotes(deps.paths, subject.key, { deadToken: fingerprint(rejected.accessToken) });
    if (rejectedOnce) throw signInNeeded(subject, 'rejected');
    rejectedOnce = true;
    token = (await validToken(deps, subject, rejected.accessToken)).token;
  }

  return {
    now(): SsoToken {
      if (token === undefined) throw signInNeeded(subject, 'none');
      return token;
    },
    old: () => token === undefined || token.expiresAt - deps.clock.now() < 60_000,
    async renew(): Promise<void> {
      token = (await validToken(deps, subject)).token;
    },
    accepted(one: SsoToken): void {
      if (one === token) rejectedOnce = false;
    },
    /** The portal said 401 to a token: one renewal, whoever of the calls under way asks for it. */
    async rejected(one: SsoToken): Promise<void> {
      if (renewing !== undefined) return renewing;
      if (token !== undefined && token.accessToken.expose() !== one.accessToken.expose()) return;
      renewing = renewRejected(one).finally(() => {
        renewing = undefined;
      });
      return renewing;
    },
  };
}
