import type { AgentsRule } from '../agents-rule.ts';
import type { ListenerReason } from '../approval/vouch-by-listener.ts';
import type { AwsherError } from '../errors/awsher-error.ts';
import type { FoundPortal } from '../fields.ts';
import type { Step } from '../login/progress.ts';
import type { IssuedToken, TokenReply } from '../oidc/client.ts';
import type { CodeReply } from '../oidc/code-flow.ts';
import type { Secret } from '../secret.ts';
import type { Proof } from './request.ts';

/** What a request has opened a tab for. */
export type Opened = 'dialog' | 'permission' | 'page';

/** Everything that can happen to a request. */
export type Event =
  /** Somebody asked. */
  | { type: 'begun' }
  /**
   * The answer to `check`: the setting "ask me before approving", the rule for a coding agent that asks, whether a host permission is
   * missing, and what speaks against who listens for the answer now.
   */
  | { type: 'checked'; ask: boolean; agents: AgentsRule; missing: boolean; objection: ListenerReason | null }
  /** The person's word in awsher's own dialog. */
  | { type: 'answered'; approve: boolean }
  /** The person gave a host permission or took one back. */
  | { type: 'permissions'; missing: boolean }
  /** The answer to `find-portal`. */
  | { type: 'placed'; place: FoundPortal }
  /** There is a client registration; AWS is asked for a code. */
  | { type: 'registered' }
  | { type: 'code'; code: NewCode }
  /** AWS gives no device code here. */
  | { type: 'no-device'; error: AwsherError }
  /** The PKCE request is ready to be opened. */
  | { type: 'proof'; proof: NewProof }
  /** The browser was sent back with the answer to the PKCE request. */
  | { type: 'came-back'; reply: CodeReply }
  /** The person wants the sign-in to go by PKCE instead. */
  | { type: 'other-way' }
  | { type: 'opened'; what: Opened; tabId: number }
  /** The answer to `find-tab` where there is none; else it is `opened`. */
  | { type: 'no-tab' }
  /** `decide` has spoken of what the content script read: nothing to press; for the person, or not to be read at all; approved. */
  | { type: 'page'; shows: 'nothing-yet' | 'persons-turn' | 'approved' }
  /** `decide` says that the button may be pressed. */
  | { type: 'may-press'; step: 'confirm' | 'allow' }
  /** The browser on the tab: a portal, another page that awsher may see, or one that it may not. */
  | { type: 'tab'; at: 'portal' | 'seen' | 'away'; complete: boolean }
  | { type: 'tab-closed'; tabId: number }
  /** AWS's answer to `ask-token`. */
  | { type: 'reply'; reply: TokenReply }
  | { type: 'stored'; expiresAt: string; cacheFile: string }
  /** The identity provider's page posted its response to AWS. */
  | { type: 'posted'; response: Secret; postedTo: string }
  | { type: 'joined'; participant: string; watch: boolean }
  | { type: 'left'; participant: string }
  /** The person gave it up in a view. */
  | { type: 'cancelled' }
  /** Something that was to be done could not be done. */
  | { type: 'failed'; error: AwsherError }
  | { type: 'host-lost' }
  /** The browser had put the background to sleep; whatever was on its way is lost. */
  | { type: 'woken' }
  /** `dueAt` has come, or the clock was looked at after a sleep. */
  | { type: 'time' };

export interface NewCode {
  userCode: string;
  pageHostname: string;
  deviceCode: string;
  clientId: string;
  intervalMs: number;
  /** Milliseconds since 1970. */
  expiresAt: number;
  /** The page on which it is approved, without the code, and the address to open, which may have it in it. */
  page: string;
  url: string;
}

export interface NewProof extends Pick<Proof, 'clientId' | 'state' | 'verifier'> {
  /** The address that begins the flow. */
  url: string;
}

/** Carried out only when everything so far is in storage: a background that dies right after must not do it again, or know nothing of it. */
interface Saved {
  saved: true;
}

/** Everything that can be done for a request. Whoever carries it out feeds the answer back as an event. */
export type Effect =
  /** Look up the setting and the host permissions, as far as they are not known. Answer: `checked`. */
  | { do: 'check' }
  /** Ask where the start URL leads. Answer: `placed`. */
  | { do: 'find-portal' }
  /** Open a tab or awsher's own window. Answer: `opened`. */
  | ({ do: 'open'; what: 'dialog' | 'permission' } & Saved)
  | ({ do: 'open'; what: 'page'; url: string; front: boolean } & Saved)
  /** Look for the page's tab, which a background that was stopped may have opened. Answer: `opened` or `no-tab`. */
  | { do: 'find-tab' }
  | { do: 'front'; tabId: number }
  | { do: 'close'; tabId: number }
  /** Ask the browser where the tab is. Answer: `tab`. */
  | { do: 'look'; tabId: number }
  /** Have the content script read the page now, whatever its address looks like. */
  | { do: 'read'; tabId: number }
  /** Registration and StartDeviceAuthorization. Answers: `registered`, then `code` or `no-device`. */
  | { do: 'request-code' }
  /** Registration for PKCE. Answers: `registered`, `proof`. */
  | { do: 'request-proof' }
  /** One CreateToken. Answer: `reply`. */
  | { do: 'ask-token' }
  /** Give the token to the host, and forget it. `writeSection`: the host also writes the session to the config. Answer: `stored`. */
  | { do: 'store'; token: IssuedToken; writeSection: boolean }
  /** Enter it in the book: from here on its page may be approved, in the tab that is opened next. */
  | { do: 'vouch'; until: number }
  /** Bind the entry in the book to the tab. */
  | { do: 'bind'; tabId: number }
  /** Nothing more is pressed for it. It stays in the book, so that a page still open looks like no stranger's. */
  | { do: 'spend'; userCode: string | null }
  | ({ do: 'press'; step: 'confirm' | 'allow' } & Saved)
  /** Log the person's "not me", or why nobody approves it. */
  | { do: 'log'; reason: 'declined-by-person' | ListenerReason }
  /** Give the response to the one command that asked. */
  | { do: 'hand-on'; response: Secret; postedTo: string }
  /** Tell everyone who waits, and the views. */
  | { do: 'tell'; step: Step };
