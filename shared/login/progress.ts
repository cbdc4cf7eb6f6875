import * as v from 'valibot';
import { USER_CODE } from '../approval/user-code.ts';

/**
 * The steps of a sign-in that a person sees, in their usual order. They are facts that happened, with no address or token in
 * them, so that they can travel to every terminal and to the popup.
 */
export const STEPS = [
  /** Another terminal or the popup had already begun this sign-in; we wait for the same one. */
  'joined',
  /** The browser withholds a host permission; a page with one button asks the person for it. */
  'permission-needed',
  /** The setting says so: awsher's own dialog asks the person before anything else happens. */
  'answer-needed',
  'registering',
  'requesting-code',
  'opening-page',
  /** The page is ours but shows nothing we know yet. */
  'waiting-for-page',
  /** The portal wants the person: passkey, password, company IdP. The tab is in front. */
  'sign-in-needed',
  'signed-in',
  'confirming',
  'allowing',
  /** The page cannot be read, or the setting says so: the person clicks. */
  'click-needed',
  'approved',
  'collecting-token',
  'storing-token',
  'done',
] as const;

export const Step = v.picklist(STEPS);
export type Step = v.InferOutput<typeof Step>;

/**
 * What a terminal hears of its sign-in. Beside the step our own code, where the person is to approve by hand: AWS's page may
 * ask them to compare it, or to type it.
 */
export const TOLD = { step: Step, userCode: v.optional(v.pipe(v.string(), v.regex(USER_CODE))) };
export type Told = { step: Step; userCode?: string | undefined };

/** What is told of a step; the code only where the person needs it. */
export const told = (step: Step, userCode: string | null): Told =>
  step === 'click-needed' && userCode !== null ? { step, userCode } : { step };
