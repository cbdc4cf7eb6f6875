/**
 * The book of vouched codes: what this computer itself asked AWS for, and nothing else. It lives in the extension's
 * `storage.session`, never in a page. All times are milliseconds since 1970.
 */
export interface VouchedCode {
  userCode: string;
  /** Host name of the `verificationUri` that AWS returned with the code. */
  pageHostname: string;
  /** That `verificationUri`, or the address that was handed over. */
  page: string;
  /** The sign-in, or the hand-over of another command, that it belongs to. */
  attempt: string | null;
  /** The tab that awsher opened for it. `null` until then, and for codes that the person opens by hand. */
  tabId: number | null;
  vouchedAt: number;
  expiresAt: number;
  /** When awsher pressed "Confirm", and then "Allow". A code is spent with the second. */
  confirmedAt: number | null;
  allowedAt: number | null;
  /**
   * `deviceContextId` of the first consent page that followed our confirm in its tab, as the browser reports the tab's
   * moves. AWS names it nowhere before, so the first one is taken as ours, and any other one as another request's.
   */
  consentContext: string | null;
  /** The background was stopped between our confirm and the consent page: which one is ours is no more to be known. */
  consentLost: boolean;
}

export type CodeBook = readonly VouchedCode[];

/** Adds a code. A code that AWS gives out again replaces its older namesake. */
export function vouch(book: CodeBook, code: VouchedCode): CodeBook {
  return [...book.filter(({ userCode }) => userCode !== code.userCode), code];
}

/** Changes one entry; an unknown code changes nothing. */
export function amend(book: CodeBook, userCode: string, change: Partial<VouchedCode>): CodeBook {
  return book.map((entry) => (entry.userCode === userCode ? { ...entry, ...change } : entry));
}

/** Drops what ended more than an hour ago. Younger ones stay, so that a late page is still known as ours. */
export function prune(book: CodeBook, now: number): CodeBook {
  return book.filter(({ expiresAt }) => expiresAt + 3_600_000 > now);
}

/** Confirmed by us, and its consent page has not come yet. */
export const awaitsConsent = (entry: VouchedCode): boolean =>
  entry.confirmedAt !== null && entry.consentContext === null && !entry.consentLost;

/** Ties the consent page that a tab shows to the confirmed code of that tab, unless one is tied already. */
export function tieConsent(book: CodeBook, tabId: number, deviceContextId: string): CodeBook {
  const entry = book.findLast((one) => one.tabId === tabId);
  return entry && awaitsConsent(entry)
    ? amend(book, entry.userCode, { consentContext: deviceContextId })
    : book;
}

/** Of the codes that wait for their consent page, nobody saw whether it has come meanwhile. */
export const loseConsents = (book: CodeBook): CodeBook =>
  book.map((entry) => (awaitsConsent(entry) ? { ...entry, consentLost: true } : entry));

export function findCode(book: CodeBook, userCode: string): VouchedCode | undefined {
  return book.find((entry) => entry.userCode === userCode);
}
