import * as v from 'valibot';
import { Asker, Name, Url } from '../protocol/fields.ts';
import { Step } from './progress.ts';

/**
 * An approval that another command of this computer asked for and handed over: awsher opens the page and approves, the
 * token goes to the command. Kept in `storage.session`; times are milliseconds since 1970.
 */
const Time = v.number();

/** How a hand-over ended. Only `approved` means that awsher, or the person, gave what was asked for. */
export const OUTCOMES = ['approved', 'declined', 'unanswered', 'closed', 'expired', 'failed'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/**
 * Why the person is asked before anything is opened: no known sign-in command stands behind it; an endpoint override may
 * have made another's request of it; or they want to be asked about everything.
 */
export const ASK_REASONS = ['unknown-program', 'endpoint-override', 'setting'] as const;
export type AskReason = (typeof ASK_REASONS)[number];

export const HandOver = v.strictObject({
  id: Name,
  kind: v.picklist(['device', 'authorization']),
  /** The address as it was checked. It is opened as it is. */
  url: Url,
  asker: Asker,
  startedAt: Time,
  expiresAt: Time,
  /** `null`: nobody is asked. */
  askBecause: v.nullable(v.picklist(ASK_REASONS)),
  /** asking: our own dialog is open. page: the page of AWS is, or is about to be. ended: nothing more happens. */
  phase: v.picklist(['asking', 'page', 'ended']),
  step: Step,
  questionTabId: v.nullable(v.number()),
  tabId: v.nullable(v.number()),
  /** The person had the page open already. */
  personsTab: v.boolean(),
  /** The tab was brought to the front for the person; that happens once. */
  broughtToFront: v.boolean(),
  endedAt: v.nullable(Time),
  outcome: v.nullable(v.picklist(OUTCOMES)),
});
export type HandOver = v.InferOutput<typeof HandOver>;

/** A device code lives ten minutes (AWS), and what was handed over no longer than that. */
export const HAND_OVER_MS = 10 * 60_000;

export function beginHandOver(
  id: string,
  { kind, url }: Pick<HandOver, 'kind' | 'url'>,
  asker: Asker,
  askBecause: AskReason | null,
  now: number,
): HandOver {
  return {
    id,
    kind,
    url,
    asker,
    startedAt: now,
    expiresAt: now + HAND_OVER_MS,
    askBecause,
    phase: askBecause === null ? 'page' : 'asking',
    step: 'opening-page',
    questionTabId: null,
    tabId: null,
    personsTab: false,
    broughtToFront: false,
    endedAt: null,
    outcome: null,
  };
}

export const isOpen = (handOver: HandOver): boolean => handOver.phase !== 'ended';
