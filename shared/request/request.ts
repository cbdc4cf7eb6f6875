import * as v from 'valibot';
import type { ApprovalAddress } from '../approval/approval-address.ts';
import { Listener } from '../approval/listener.ts';
import { hostPermissionsFor } from '../aws/host-permissions.ts';
import { samlHostPermissions } from '../aws/saml-hosts.ts';
import { Asker, AskReason, FoundPortal, Name, Target, Url } from '../fields.ts';
import { FLOW_CHOICES, FLOWS } from '../flows.ts';
import { Step } from '../login/progress.ts';
import { HAND_OVER_MS, START_MS } from './deadlines.ts';

/** Milliseconds since 1970. */
const Time = v.number();
const TabId = v.nullable(v.number());

/** What is asked for, and with it the kind of the request. */
const Subject = v.variant('kind', [
  /** A sign-in of awsher's own to a session. */
  v.strictObject({
    kind: v.literal('sign-in'),
    target: Target,
    /** The way that was asked for; with the place, the one that the settings name in the place of `auto`. */
    flow: v.picklist(FLOW_CHOICES),
    /** A code led nowhere, and the way was changed under way. */
    changed: v.optional(v.boolean()),
  }),
  /** An approval that another command of this computer asked for; its token goes to that command. */
  v.strictObject({
    kind: v.literal('hand-over'),
    grant: v.picklist(['device', 'authorization']),
    /** As it was checked. It is opened as it is. */
    url: Url,
    /** Why the person is asked, whatever the setting says; `null`: nothing but the setting is a reason. */
    askBecause: v.nullable(AskReason),
    /** The tab in which the person has the page open already; it stays theirs. */
    personsTab: TabId,
    /** Who listened for its answer when the person was asked about that program. */
    listener: v.optional(Listener),
  }),
  /** The one response that an identity provider posts to AWS, for a command. */
  v.strictObject({ kind: v.literal('saml'), name: Name, url: Url }),
]);
export type Subject = v.InferOutput<typeof Subject>;
export type Kind = Subject['kind'];

/** How AWS is asked for the token, and with which registration. */
const asking = {
  /** The registration that it was begun with. */
  clientId: v.string(),
  poll: v.strictObject({ intervalMs: v.number(), failures: v.number() }),
  /** When AWS is asked next; `null` while nobody asks by the clock. */
  askAt: v.nullable(Time),
  /** A question is on its way. */
  asking: v.boolean(),
};

/** A device code on its way to being approved; where awsher itself waits for its token, with what that needs. */
const Code = v.strictObject({
  userCode: v.string(),
  /** The page on which AWS approves it, as AWS named it or as it was handed over. */
  page: Url,
  /** Its host. */
  pageHostname: v.string(),
  /** RFC 8628 device code; it leaves storage when the request ends. `null`: the token is another command's. */
  deviceCode: v.nullable(v.string()),
  ...asking,
});
export type Code = v.InferOutput<typeof Code>;

/** A PKCE request of awsher's own. What is secret in it never leaves this storage but for AWS, and goes with the end. */
const Proof = v.strictObject({
  /** Binds the answer to this request (RFC 6749 §10.12). */
  state: v.string(),
  /** RFC 7636. */
  verifier: v.string(),
  /** The code that came back; `null` before. */
  code: v.nullable(v.string()),
  ...asking,
});
export type Proof = v.InferOutput<typeof Proof>;

const WireError = v.strictObject({ code: v.string(), message: v.string(), hint: v.optional(v.string()) });

const Ending = v.variant('how', [
  /** ISO 8601 end of the token, and the file that it went to. */
  v.strictObject({
    how: v.literal('signed-in'),
    flow: v.picklist(FLOWS),
    expiresAt: v.string(),
    cacheFile: v.string(),
  }),
  /** awsher, or the person, gave what another command asked for. */
  v.strictObject({ how: v.literal('approved') }),
  /** The response went to the command that asked; nothing of it is kept. */
  v.strictObject({ how: v.literal('handed-on') }),
  v.strictObject({ how: v.literal('failed'), error: WireError }),
]);
export type Ending = v.InferOutput<typeof Ending>;

/**
 * One thing that somebody on this computer asked this browser for, from the first word to the end. Everyone who asks for the same
 * sign-in shares it. It is kept whole in `storage.session`, so that a background that was put to sleep goes on where it was.
 */
export const Request = v.strictObject({
  id: Name,
  subject: Subject,
  /** Who asked first. */
  asker: Asker,
  /** Everyone who waits for the end: terminals by name, the popup as `popup`. Nobody waits for a hand-over. */
  participants: v.array(Name),
  /** Whether awsher's own dialog comes first: always, when the setting says so, or no more because a person has clicked. */
  asks: v.picklist(['always', 'by-setting', 'no-more']),
  /** Where the start URL of a sign-in leads, once that is known. */
  place: v.nullable(FoundPortal),
  /** Keep the tab in front from the start. */
  watch: v.boolean(),
  /**
   * starting: nothing is open yet. asking: awsher's own dialog is open. permission: the person is asked for a host permission. page: the
   * person or awsher is at work on a page. collecting: approved, the token is being fetched and stored. ended: nothing more happens.
   */
  phase: v.picklist(['starting', 'asking', 'permission', 'page', 'collecting', 'ended']),
  step: Step,
  /** What the tab of this phase shows: the dialog, the page with the button, the page of AWS or of the identity provider. */
  tabId: TabId,
  code: v.nullable(Code),
  proof: v.nullable(Proof),
  /** The tab was brought to the front for the person; that happens once. */
  broughtToFront: v.boolean(),
  /** Since when the tab rests on a page that awsher may not see, and whether the browser was asked again about it. */
  rests: v.nullable(v.strictObject({ since: Time, checked: v.boolean() })),
  startedAt: Time,
  stepAt: Time,
  /** The end of the phase, and with it of the request. */
  until: Time,
  /** Nobody waits any more; until then they may come back. */
  orphanUntil: v.nullable(Time),
  endedAt: v.nullable(Time),
  ending: v.nullable(Ending),
});
export type Request = v.InferOutput<typeof Request>;

/** The participant that a view of this extension is. */
export const POPUP = 'popup';

interface Beginning {
  id: string;
  asker: Asker;
  participant: string | null;
  asks: Request['asks'];
  watch: boolean;
}

export function beginRequest(
  subject: Subject,
  { id, asker, participant, asks, watch }: Beginning,
  now: number,
): Request {
  return {
    id,
    subject,
    asker,
    participants: participant === null ? [] : [participant],
    asks,
    place: null,
    watch,
    phase: 'starting',
    step: firstStep(subject.kind),
    tabId: null,
    code: null,
    proof: null,
    broughtToFront: false,
    rests: null,
    startedAt: now,
    stepAt: now,
    until: now + START_MS,
    orphanUntil: null,
    endedAt: null,
    ending: null,
  };
}

/** A hand-over brings what is approved along. */
export function beginHandOver(
  address: ApprovalAddress,
  how: Pick<Beginning, 'id' | 'asker' | 'asks'> &
    Pick<HandOver['subject'], 'askBecause' | 'personsTab' | 'listener'>,
  now: number,
): Request {
  const { kind: grant, url } = address;
  const { id, asker, asks, ...asked } = how;
  const subject = { kind: 'hand-over' as const, grant, url, ...asked };
  const request = beginRequest(subject, { id, asker, participant: null, asks, watch: false }, now);
  if (address.kind === 'authorization') return request;
  const { userCode, pageHostname } = address;
  const poll = { intervalMs: 0, failures: 0 };
  const ours = { deviceCode: null, clientId: '', poll, askAt: null, asking: false };
  const code = { userCode, page: url, pageHostname, ...ours };
  return { ...request, code };
}

export const firstStep = (kind: Kind): Step => (kind === 'sign-in' ? 'registering' : 'opening-page');

export const isRunning = ({ phase }: Request): boolean => phase !== 'ended';

/** The error that a request ended with, if it did. */
export const errorOf = ({ ending }: Request) => (ending?.how === 'failed' ? ending.error : null);

export type SignIn = Request & { subject: Extract<Subject, { kind: 'sign-in' }> };
export const isSignIn = (request: Request): request is SignIn => request.subject.kind === 'sign-in';
export type HandOver = Request & { subject: Extract<Subject, { kind: 'hand-over' }> };
export const isHandOver = (request: Request): request is HandOver => request.subject.kind === 'hand-over';
/** Another command's PKCE request: its answer goes to that command's own port. */
export const isPassedOn = (request: Request): boolean =>
  isHandOver(request) && request.subject.grant === 'authorization';

/** What it is called where a person reads of it: the session, the SAML sign-in, the host that asks for the approval. */
export function nameOf({ subject }: Request): string {
  if (subject.kind === 'sign-in') return subject.target.session;
  return subject.kind === 'saml' ? subject.name : new URL(subject.url).hostname;
}

/** The host of the page that it leads to, for the person to compare. */
export function hostOf({ subject }: Request): string {
  const url = subject.kind === 'sign-in' ? subject.target.startUrl : subject.url;
  return URL.canParse(url) ? new URL(url).hostname : url.slice(0, 100);
}

/** Whether a sign-in that is asked for is this one: same session, same portal. */
export function isFor({ subject }: Request, { session, startUrl, region }: Target): boolean {
  if (subject.kind !== 'sign-in') return false;
  const { target } = subject;
  return target.session === session && target.startUrl === startUrl && target.region === region;
}

/** The host permissions without which it gets nowhere. */
export function neededHosts({ subject, place }: Request): string[] {
  if (subject.kind === 'sign-in') return place ? hostPermissionsFor({ ...subject.target, ...place }) : [];
  return subject.kind === 'saml' ? samlHostPermissions() : [];
}

/** The requests with one put in the place of its older self, at the end. */
export const withRequest = (all: readonly Request[], request: Request): Request[] => [
  ...all.filter(({ id }) => id !== request.id),
  request,
];

/** When a hand-over's code is over at the latest; AWS does not say when it began. */
export const handOverEnd = ({ startedAt }: Request): number => startedAt + HAND_OVER_MS;
