import * as v from 'valibot';
import { USER_CODE } from '../approval/user-code.ts';
import { Asker, AskReason, Name } from '../fields.ts';
import { MAX_SIGNINS } from '../limits.ts';

/** Messages between awsher's own dialog and the background. */

/** A sign-in command that runs on this computer, by its name and subcommand; started in milliseconds since 1970. */
export const RunningCommand = v.strictObject({ command: Name, startedAt: v.number() });
export type RunningCommand = v.InferOutput<typeof RunningCommand>;

const HANDED_OVER = {
  asker: Asker,
  askBecause: AskReason,
  /** Host of the page that would be opened. */
  hostname: Name,
};

/** What awsher's own dialog asks about. */
export const Question = v.variant('kind', [
  /** A device code that was handed over: the person compares it. */
  v.strictObject({
    ...HANDED_OVER,
    kind: v.literal('device'),
    userCode: v.pipe(v.string(), v.regex(USER_CODE)),
    /** Sign-in commands that run on this computer; `null` while the host is still looking. */
    running: v.nullable(v.pipe(v.array(RunningCommand), v.maxLength(MAX_SIGNINS))),
  }),
  /** A PKCE request that was handed over; its answer goes to a port of this computer. */
  v.strictObject({
    ...HANDED_OVER,
    kind: v.literal('authorization'),
    port: v.number(),
    /** Whole path of the program, where it is known. */
    path: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(1_000)))),
    /** The person may say yes to it for good. */
    mayTrust: v.optional(v.boolean()),
  }),
  /** A sign-in of awsher's own, because the person wants to be asked. */
  v.strictObject({ kind: v.literal('sign-in'), asker: Asker, session: Name, hostname: Name }),
]);
export type Question = v.InferOutput<typeof Question>;

/** What the background sends to the dialog, over the port named `ask:` and the hand-over's id. `null`: it is over. */
export const AskMessage = v.strictObject({ question: v.nullable(Question) });
export type AskMessage = v.InferOutput<typeof AskMessage>;

/** The person's word in the dialog. */
export const AskAnswer = v.strictObject({
  approve: v.boolean(),
  /** Approve what this program asks for from now on, without a question. */
  always: v.optional(v.boolean()),
});
export type AskAnswer = v.InferOutput<typeof AskAnswer>;
