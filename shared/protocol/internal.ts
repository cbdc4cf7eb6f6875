import * as v from 'valibot';
import { LoggedDecision, MAX_LOGGED } from '../approval/decision-log.ts';
import { PageReading } from '../approval/page-reading.ts';
import { USER_CODE } from '../approval/user-code.ts';
import {
  Answer,
  Asker,
  AskReason,
  DoctorCheck,
  Name,
  Region,
  SessionStatus,
  Target,
  Text,
  Url,
  WireErrorIn,
} from '../fields.ts';
import { MAX_CHECKS, MAX_SIGNINS } from '../limits.ts';
import { Step } from '../login/progress.ts';
import { SETTINGS_OF_SESSIONS, SessionSettings } from '../session-settings.ts';
import { NOTICE_STATES, NOTICE_WORDS } from './notice-words.ts';

/** Messages inside the extension: views (popup, options) and content scripts talk to the background, never to each other. */

/** A page's content script to the background, as `runtime.sendMessage`. The shortest table: it may ask nothing else. */
export const PageMessage = v.variant('type', [
  /** What is on the page now, by the facts of that day; sent on every change, and once a second while an approval page is open. */
  v.strictObject({ type: v.literal('page.seen'), reading: PageReading, facts: Name }),
  /** The page wants to go to this address of this computer; where awsher's own PKCE requests are answered, it was kept from it. */
  v.strictObject({ type: v.literal('page.left'), to: Url }),
  /** What became of a press order. */
  v.strictObject({
    type: v.literal('page.pressed'),
    nonce: Name,
    outcome: v.picklist(['clicked', 'changed']),
  }),
  /**
   * The person's choice in the notice of this id. `mine`: show the page, they started it elsewhere. `match`: the code is the
   * one in their terminal, sign in.
   */
  v.strictObject({
    type: v.literal('notice.choice'),
    notice: Name,
    choice: v.picklist(['leave', 'mine', 'match']),
    /** The page at that moment. */
    reading: PageReading,
  }),
]);
export type PageMessage = v.InferOutput<typeof PageMessage>;

/**
 * What the notice names as really waiting on this computer, so that the person can tell the two apart. No code.
 * `session` is `null` for a command that awsher has no part in and only sees running.
 */
export const WaitingHere = v.strictObject({
  command: Name,
  session: v.nullable(Name),
  startedAt: v.number(),
  /** All of it in one line, for the person. */
  line: Text,
});
export type WaitingHere = v.InferOutput<typeof WaitingHere>;

/** How what awsher shows inside a page has to look: as the person chose. */
export const PageLook = v.strictObject({
  /** Of the texts, as in `lang`. */
  language: Name,
  direction: v.picklist(['ltr', 'rtl']),
  /** Style sheet in the theme that the person chose; a closed shadow root has it. */
  css: Text,
});
export type PageLook = v.InferOutput<typeof PageLook>;

/** The background's answer to the content script. It never holds a vouched code. */
export const PageOrder = v.variant('do', [
  v.strictObject({ do: v.literal('nothing') }),
  /** Something of ours may appear here: report again on change and once a second. */
  v.strictObject({ do: v.literal('watch') }),
  v.strictObject({
    do: v.literal('press'),
    step: v.picklist(['confirm', 'allow']),
    nonce: Name,
    /** The address that was judged; at any other one nothing is pressed. */
    address: Text,
  }),
  v.strictObject({
    do: v.literal('notice'),
    /** Names what the notice is about; another one begins anew. */
    id: Name,
    /** checking: nobody knows yet. compare: a command here may have asked, one confirmation signs in. stranger: leave. */
    state: v.picklist(NOTICE_STATES),
    /** The code that the page is about, for the person to compare; `null` on a consent page. */
    code: v.nullable(v.pipe(v.string(), v.regex(USER_CODE))),
    /** Host of the page. */
    host: Name,
    look: PageLook,
    words: v.strictObject(v.entriesFromList(NOTICE_WORDS, Text)),
    /** `null`: not known. */
    waiting: v.nullable(v.array(WaitingHere)),
  }),
  v.strictObject({ do: v.literal('withdraw-notice') }),
  /** Newer facts about AWS's pages, `PageFacts` as JSON: read again by these. */
  v.strictObject({ do: v.literal('read-by'), facts: Text }),
  /** A small line at the page's edge: the person has to click, and why. */
  v.strictObject({ do: v.literal('hint'), look: PageLook, line: Text }),
]);
export type PageOrder = v.InferOutput<typeof PageOrder>;

/**
 * The background to the content script of a tab that awsher opened: read this page, whatever its address looks like; or tell
 * its shape, which is answered with `PageOutline`.
 */
export const PageCall = v.strictObject({ do: v.picklist(['look', 'outline']) });
export type PageCall = v.InferOutput<typeof PageCall>;

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
