import type { VouchedCode } from '../../../shared/approval/code-book.ts';
import { PAGE_FACTS } from '../../../shared/approval/page-facts.ts';
import type { ButtonSeen, PageReading } from '../../../shared/approval/page-reading.ts';
import type { Decision, Reason, Scene } from '../../../shared/approval/scene.ts';

/** The scenes of the table tests: one that is approved, and small changes to it. */

export const OURS = 'ABCD-EFGH';
export const THEIRS = 'WXYZ-2345';
export const HOST = 'corp.awsapps.com';
export const TAB = 7;
export const NOW = 1_900_000_000_000;
export const CONSENT_PATH = '#/?clientId=c1&clientType=public&deviceContextId=d1';

export const NONE: ButtonSeen = { present: 0, usable: 0, disabled: 0, covered: false };
export const ONE: ButtonSeen = { present: 1, usable: 1, disabled: 0, covered: false };

const READING: PageReading = {
  confirm: NONE,
  allow: NONE,
  shownCodes: [],
  approved: false,
  error: false,
  blank: false,
};

/** What a scene may be told to differ in; parts are merged into the base. */
export interface Change extends Partial<Omit<Scene, 'frame' | 'reading' | 'tab' | 'book'>> {
  frame?: Partial<Scene['frame']>;
  reading?: Partial<PageReading>;
  tab?: Partial<Scene['tab']>;
  /** Changes the one entry of the book. */
  entry?: Partial<VouchedCode>;
  book?: Scene['book'];
}

export const ENTRY: VouchedCode = {
  userCode: OURS,
  pageHostname: HOST,
  page: `https://${HOST}/start/#/device`,
  attempt: 'a1',
  tabId: TAB,
  vouchedAt: NOW - 5_000,
  expiresAt: NOW + 595_000,
  confirmedAt: null,
  allowedAt: null,
  consentContext: null,
  consentLost: false,
};

/** Our own code on the page where it is compared, in the tab that awsher opened: to be confirmed. */
export function confirmScene(change: Change = {}): Scene {
  const { frame, reading, tab, entry, book, ...rest } = change;
  return {
    now: NOW,
    address: `https://${HOST}/start/#/device?user_code=${OURS}`,
    routes: PAGE_FACTS.routes,
    noDeviceCodes: false,
    recentPresses: 0,
    authorizations: [],
    ...rest,
    frame: { top: true, lifecycle: 'active', ...frame },
    reading: { ...READING, confirm: ONE, shownCodes: [OURS], ...reading },
    tab: { tabId: TAB, vouchedCode: null, awayMs: 0, acceptedCode: null, acceptedContext: null, ...tab },
    book: book ?? [{ ...ENTRY, ...entry }],
  };
}

/** The consent page a second after our own confirm: to be allowed. */
export function allowScene(change: Change = {}): Scene {
  return confirmScene({
    address: `https://${HOST}/start/${CONSENT_PATH}`,
    ...change,
    reading: { confirm: NONE, allow: ONE, shownCodes: [], ...change.reading },
    tab: { vouchedCode: OURS, ...change.tab },
    entry: { confirmedAt: NOW - 1_000, consentContext: 'd1', ...change.entry },
  });
}

export const SIGN_IN_HOST = 'us-east-1.signin.aws';
/** What AWS returned with our code where it compares codes on its sign-in host: no code in it. */
export const SIGN_IN_PAGE = `https://${SIGN_IN_HOST}/platform/authorize?request_uri=urn%3Aaws%3Aours`;

/** Our own code on the sign-in host, at the address that AWS returned: to be confirmed. */
export function signInScene(change: Change = {}): Scene {
  return confirmScene({
    address: SIGN_IN_PAGE,
    ...change,
    entry: { pageHostname: SIGN_IN_HOST, page: SIGN_IN_PAGE, ...change.entry },
  });
}

/** A row of the table of attacks: name, what differs, answer, reason, and every check that stops it by itself. */
export type Row = [name: string, change: Change, act: Decision['act'], reason: Reason, ...by: string[]];

export const page = `#/device?user_code=${OURS}`;
export const device = (rest: string, host = HOST): string => `https://${host}/start/${rest}`;
