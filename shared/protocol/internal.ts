import * as v from 'valibot';
import { LoggedDecision, MAX_LOGGED } from '../approval/decision-log.ts';
import { USER_CODE } from '../approval/user-code.ts';
import {
  Answer,
  Asker,
  DoctorCheck,
  Name,
  Region,
  SessionStatus,
  Target,
  Text,
  Url,
  WireErrorIn,
} from '../fields.ts';
import { MAX_CHECKS } from '../limits.ts';
import { Step } from '../login/progress.ts';
import { SETTINGS_OF_SESSIONS, SessionSettings } from '../session-settings.ts';

/** Messages between the views (popup, options) and the background. */

/** State of the link to the host, as the views show it. */
export const HostState = v.variant('state', [
  v.strictObject({ state: v.literal('connecting') }),
  v.strictObject({ state: v.literal('connected'), version: Name }),
  /** `error` says what is wrong in one sentence, `hint` is the command to type. */
  v.strictObject({
    state: v.literal('unavailable'),
    why: v.picklist(['missing', 'forbidden', 'failed', 'too-old', 'too-new']),
    error: WireErrorIn,
  }),
]);
export type HostState = v.InferOutput<typeof HostState>;

export const AttemptView = v.strictObject({
  /** Milliseconds since 1970. */
  startedAt: v.number(),
  asker: Asker,
  step: Step,
  /** Our own code, where the person is to approve by hand: the page may ask for it. */
  userCode: v.nullable(v.pipe(v.string(), v.regex(USER_CODE))),
  /** The shape of a page that awsher does not know, to be copied by the person; no code, no text of theirs. */
  pageReport: v.nullable(Answer),
  /** Set when it has ended; a good end has the step `done` and no error. */
  endedAt: v.nullable(v.number()),
  error: v.nullable(WireErrorIn),
});
export type AttemptView = v.InferOutput<typeof AttemptView>;

export const SessionView = v.strictObject({
  target: Target,
  /**
   * `config`: a section of ~/.aws/config. `extension`: added here, written to the config by its first sign-in.
   * `managed`: given by an administrator, written likewise; the person cannot remove it.
   */
  source: v.picklist(['config', 'extension', 'managed']),
  /** The person's name at AWS, once it was seen. */
  who: v.nullable(Answer),
  /** `null` while the host has not told yet. */
  status: v.nullable(SessionStatus),
  attempt: v.nullable(AttemptView),
  /** The host is renewing its token, or has just done so because the person asked. */
  renewal: v.nullable(v.picklist(['running', 'done'])),
  /** As they count; `given` are those that an administrator gives. */
  settings: SessionSettings,
  given: v.pipe(v.array(v.picklist(SETTINGS_OF_SESSIONS)), v.maxLength(10)),
});
export type SessionView = v.InferOutput<typeof SessionView>;

/** The languages of the extension's texts (BCP 47), in the order of their own names. */
export const LANGUAGES = ['de', 'en', 'es', 'fr', 'pt-BR', 'ko', 'ja', 'zh-CN'] as const;

/** What an older version stored has fewer keys; the missing ones get their defaults. */
export const Settings = v.strictObject({
  /** Tells two profiles of one browser apart: `login --browser LABEL`. */
  label: v.pipe(v.string(), v.maxLength(100)),
  /** Keep the sign-in tab in front from the start. */
  watch: v.boolean(),
  /** One click in awsher's own dialog before a sign-in of a terminal goes its way. */
  ask: v.boolean(),
  /** Device codes are turned off on this computer. The host keeps it, for the terminal too. */
  noDeviceCodes: v.optional(v.boolean(), false),
  /** A notification ten minutes before a session ends that does not renew by itself. */
  notifyExpiry: v.optional(v.boolean(), false),
  /** A notification when a code that nobody here asked for was stopped. */
  notifyForeign: v.optional(v.boolean(), false),
  /** A notification when a sign-in that ran in the background is finished. */
  notifyDone: v.optional(v.boolean(), false),
  /** Firefox: the console of each account in a container of its own, by an add-on that opens `ext+container:` addresses. */
  consoleContainer: v.optional(v.boolean(), false),
  theme: v.optional(v.picklist(['system', 'light', 'dark']), 'system'),
  language: v.optional(v.picklist(['system', ...LANGUAGES]), 'system'),
});
export type Settings = v.InferOutput<typeof Settings>;
export const DEFAULT_SETTINGS: Settings = {
  label: '',
  watch: false,
  ask: false,
  noDeviceCodes: false,
  notifyExpiry: false,
  notifyForeign: false,
  notifyDone: false,
  consoleContainer: false,
  theme: 'system',
  language: 'system',
};

/** An approval that another command handed over, while it is under way. */
export const PendingView = v.strictObject({
  id: Name,
  kind: v.picklist(['device', 'authorization']),
  asker: Asker,
  /** Milliseconds since 1970. */
  startedAt: v.number(),
  /** asking: awsher's own dialog is open. page: the page of AWS is, or is about to be. */
  phase: v.picklist(['asking', 'page']),
  step: Step,
});
export type PendingView = v.InferOutput<typeof PendingView>;

/** Everything that a view shows; sent whole on every change over the port named `view`. */
export const ViewState = v.strictObject({
  host: HostState,
  sessions: v.array(SessionView),
  /** Approvals that other commands wait for, oldest first. */
  pending: v.pipe(v.array(PendingView), v.maxLength(50)),
  /** The last stopped sign-in that nobody here asked for, until the person has seen it. */
  foreign: v.nullable(LoggedDecision),
  /** As they count: what an administrator gives goes before what the person chose. */
  settings: Settings,
  /** The settings that an administrator gives; a view shows them as locked. */
  managed: v.pipe(v.array(v.keyof(Settings)), v.maxLength(50)),
  /** The browser lets awsher show notifications. */
  notifications: v.boolean(),
  /** Match patterns that awsher needs and the browser withholds; a view asks for them in a click. */
  missingPermissions: v.array(Url),
  /** The command that installs the host for this browser. */
  installCommand: Text,
  version: Name,
});
export type ViewState = v.InferOutput<typeof ViewState>;

/** What a view may ask of the background, over the port named `view`. */
export const ViewRequest = v.variant('type', [
  v.strictObject({ type: v.literal('authorize'), session: Name }),
  /** Without a sign-in where that is possible; else as `authorize`. */
  v.strictObject({ type: v.literal('renew'), session: Name }),
  /** After REGION_WRONG: finds the right region, keeps it, and begins again. */
  v.strictObject({ type: v.literal('session.region'), session: Name }),
  v.strictObject({ type: v.literal('cancel'), session: Name }),
  /** The page of a device code cannot be approved: by PKCE instead. */
  v.strictObject({ type: v.literal('other-way'), session: Name }),
  /** Takes the result or error of an ended attempt off the screen. */
  v.strictObject({ type: v.literal('dismiss'), session: Name }),
  /** Brings the page of a sign-in to the front: of a session, or of a hand-over by its id. */
  v.strictObject({ type: v.literal('show'), session: Name }),
  v.strictObject({ type: v.literal('pending.show'), id: Name }),
  v.strictObject({ type: v.literal('pending.cancel'), id: Name }),
  /** Signs out as `awsher logout NAME` does. */
  v.strictObject({ type: v.literal('session.logout'), session: Name }),
  /** Changes a session that was added here, or one of the config; `was` is its name before, which in the config stays. */
  v.strictObject({
    type: v.literal('session.edit'),
    was: Name,
    session: Name,
    startUrl: Url,
    region: v.nullable(Region),
  }),
  /** From now on the log of decisions comes with every change. */
  v.strictObject({ type: v.literal('history.watch') }),
  /** The person has seen the stopped sign-in of this id. */
  v.strictObject({ type: v.literal('foreign.seen'), id: v.number() }),
  /** `region` is `null` where it is to be found out. */
  v.strictObject({
    type: v.literal('session.add'),
    session: Name,
    startUrl: Url,
    region: v.nullable(Region),
  }),
  v.strictObject({ type: v.literal('session.remove'), session: Name }),
  v.strictObject({ type: v.literal('settings.change'), settings: v.partial(Settings) }),
  v.strictObject({ type: v.literal('session.settings'), session: Name, settings: SessionSettings }),
  v.strictObject({ type: v.literal('host.retry') }),
  /** The checks of `awsher doctor`, with `fix` those of `--fix`, by the host; takes seconds. The answer is one `doctor` message to this view. */
  v.strictObject({ type: v.literal('doctor.run'), fix: v.optional(v.boolean()) }),
]);
export type ViewRequest = v.InferOutput<typeof ViewRequest>;

/** What the background sends to a view. */
export const ViewMessage = v.variant('type', [
  v.strictObject({ type: v.literal('state'), state: ViewState }),
  /** The log of decisions, newest first. */
  v.strictObject({
    type: v.literal('history'),
    decisions: v.pipe(v.array(LoggedDecision), v.maxLength(MAX_LOGGED)),
  }),
  /** The last request of this view was refused. */
  v.strictObject({ type: v.literal('refused'), error: WireErrorIn }),
  /** What the checks found; `error` when they could not be made, because there is no host, say. */
  v.strictObject({
    type: v.literal('doctor'),
    checks: v.pipe(v.array(DoctorCheck), v.maxLength(MAX_CHECKS)),
    error: v.nullable(WireErrorIn),
  }),
]);
export type ViewMessage = v.InferOutput<typeof ViewMessage>;
