import type { Authorizations, VouchedAuthorization } from './authorization.ts';
import type { CodeBook, VouchedCode } from './code-book.ts';
import type { PageAddress } from './page-address.ts';
import type { Route } from './page-facts-schema.ts';
import type { PageReading } from './page-reading.ts';

/** What one tab has been through; kept per tab in `storage.session`. Milliseconds since 1970. */
export interface TabHistory {
  tabId: number;
  /** The last vouched code whose device page this tab showed. */
  vouchedCode: string | null;
  /** Time that the tab spent on pages that awsher cannot see (sign-in, company IdP) since our confirm. */
  awayMs: number;
  /** The person chose "I started this on another machine" for this code. */
  acceptedCode: string | null;
  /** `deviceContextId` of the first consent page that followed that code in this tab, as the browser reports its moves. */
  acceptedContext: string | null;
}

/** Everything that a decision rests on. Nothing else is asked, so the same scene gives the same answer. */
export interface Scene {
  now: number;
  /** The address of the tab as the *browser* reports it, not as the page says it. */
  address: string;
  /** The forms of addresses that are known now. */
  routes: readonly Route[];
  frame: {
    top: boolean;
    /** `sender.documentLifecycle`; `unsupported` in browsers without it (Firefox). */
    lifecycle: 'active' | 'prerender' | 'cached' | 'pending_deletion' | 'unsupported';
  };
  reading: PageReading;
  book: CodeBook;
  /** PKCE requests that commands of this computer handed over. */
  authorizations: Authorizations;
  tab: TabHistory;
  /** Device codes are turned off on this computer. */
  noDeviceCodes: boolean;
  /** awsher's own presses in the last minute, over all tabs. */
  recentPresses: number;
}

export type Reason =
  | 'all-checks-passed'
  | 'not-an-approval-page'
  | 'not-aws'
  | 'not-top-frame'
  | 'not-active'
  | 'foreign-code'
  | 'foreign-consent'
  | 'foreign-authorization'
  | 'device-codes-off'
  | 'authorization-not-seen'
  | 'other-authorization'
  | 'no-code-in-address'
  | 'other-host'
  | 'expired'
  | 'spent'
  | 'other-tab'
  | 'other-page'
  | 'accepted-by-person'
  | 'shown-code-differs'
  | 'several-codes'
  | 'code-not-shown'
  | 'both-buttons'
  | 'several-buttons'
  | 'no-button-yet'
  | 'button-covered'
  | 'too-many-presses'
  | 'already-pressed'
  | 'not-confirmed-by-us'
  | 'other-consent'
  | 'consent-not-seen'
  | 'consent-lost'
  | 'confirmed-too-long-ago'
  | 'opened-too-long-ago'
  | 'page-says-error'
  | 'page-says-approved';

/** What to do with the page. `entry` or `authorization` is the request of ours that it is about, when there is one. */
export interface Decision {
  act:
    | 'press-confirm'
    | 'press-allow'
    /** The page may still become what we wait for. */
    | 'wait'
    /** Show the full-page notice: nobody here asked for this. */
    | 'warn'
    /** Not ours to touch; the person clicks. */
    | 'leave'
    | 'approved'
    /** The page of our own code shows an error. */
    | 'failed';
  reason: Reason;
  entry: VouchedCode | null;
  authorization: VouchedAuthorization | null;
}

/** A scene with its address read and its entry of the book looked up. */
export interface Subject extends Scene {
  page: PageAddress;
  /** The step that the page asks for. */
  step: 'confirm' | 'allow';
  entry: VouchedCode | null;
  /** Set on a consent page without a device context, when a handed-over PKCE request is open. */
  authorization: VouchedAuthorization | null;
}
