import * as v from 'valibot';
import { Asker, FoundPortal, Name, Target } from '../protocol/fields.ts';
import { Step } from './progress.ts';

/**
 * One sign-in under way. Everyone who asks for the same session shares it: one tab, one token, everyone gets the
 * answer. It is kept whole in `storage.session`, so that a background that was put to sleep goes on where it was.
 * Times are milliseconds since 1970.
 */
const Time = v.number();
const WireErrorSchema = v.strictObject({
  code: v.string(),
  message: v.string(),
  hint: v.optional(v.string()),
});

export const Attempt = v.strictObject({
  id: Name,
  target: Target,
  /** Where its start URL leads, once that is known. */
  place: v.nullable(FoundPortal),
  /** Who asked first. */
  asker: Asker,
  /** Everyone who waits for the end: terminals by name, the popup as `popup`. */
  participants: v.array(Name),
  watch: v.boolean(),
  startedAt: Time,
  /** The person's go-ahead: given in awsher's dialog, or by beginning the sign-in in the popup. */
  agreed: v.boolean(),
  /**
   * asking: awsher's own dialog is open. permission: the person is asked for a host permission. starting: no code yet. page: the person or awsher is at
   * work on AWS's page. collecting: approved, the token is
   * being fetched and stored. ended: nothing more happens.
   */
  phase: v.picklist(['asking', 'permission', 'starting', 'page', 'collecting', 'ended']),
  step: Step,
  tabId: v.nullable(v.number()),
  ownWindow: v.boolean(),
  userCode: v.nullable(v.string()),
  /** RFC 8628 device code; it leaves storage when the attempt ends. */
  deviceCode: v.nullable(v.string()),
  /** The client that asked for the code: no other one gets its token. */
  clientId: v.nullable(v.string()),
  expiresAt: v.nullable(Time),
  intervalSeconds: v.number(),
  /** The tab was brought to the front for the person; that happens once. */
  broughtToFront: v.boolean(),
  endedAt: v.nullable(Time),
  error: v.nullable(WireErrorSchema),
  /** ISO 8601 end of the token, and the file it went to. */
  signedIn: v.nullable(v.strictObject({ expiresAt: v.string(), cacheFile: v.string() })),
});
export type Attempt = v.InferOutput<typeof Attempt>;

export function beginAttempt(
  id: string,
  target: Target,
  asker: Asker,
  participant: string,
  { watch, agreed }: Pick<Attempt, 'watch' | 'agreed'>,
  now: number,
): Attempt {
  return {
    id,
    target,
    place: null,
    asker,
    participants: [participant],
    watch,
    agreed,
    startedAt: now,
    phase: 'starting',
    step: 'registering',
    tabId: null,
    ownWindow: false,
    userCode: null,
    deviceCode: null,
    clientId: null,
    expiresAt: null,
    intervalSeconds: 5,
    broughtToFront: false,
    endedAt: null,
    error: null,
    signedIn: null,
  };
}

export const isRunning = (attempt: Attempt): boolean => attempt.phase !== 'ended';

/** Whether a new request means this attempt: same session, same portal. */
export function isFor(attempt: Attempt, target: Target): boolean {
  const { session, startUrl, region } = attempt.target;
  return session === target.session && startUrl === target.startUrl && region === target.region;
}

export function join(attempt: Attempt, participant: string): Attempt {
  if (attempt.participants.includes(participant)) return attempt;
  return { ...attempt, participants: [...attempt.participants, participant] };
}

/** One waiter leaves. The attempt goes on while anyone else waits for it. */
export function leave(attempt: Attempt, participant: string): Attempt {
  return { ...attempt, participants: attempt.participants.filter((name) => name !== participant) };
}

export type Ending =
  | { signedIn: { expiresAt: string; cacheFile: string } }
  | { error: { code: string; message: string; hint?: string | undefined } };

/** The end. What was secret about the attempt goes with it. */
export function end(attempt: Attempt, ending: Ending, now: number): Attempt {
  const ended = { ...attempt, phase: 'ended' as const, deviceCode: null, endedAt: now };
  if ('signedIn' in ending) return { ...ended, step: 'done', signedIn: ending.signedIn };
  const { code, message, hint } = ending.error;
  return { ...ended, error: hint === undefined ? { code, message } : { code, message, hint } };
}
