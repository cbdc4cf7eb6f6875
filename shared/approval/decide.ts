import type { VouchedAuthorization } from './authorization.ts';
import { CHECKS, type Check } from './checks.ts';
import { type CodeBook, findCode, type VouchedCode } from './code-book.ts';
import { type PageAddress, readPageAddress } from './page-address.ts';
import type { Decision, Scene, Subject } from './scene.ts';

/**
 * The one decision of awsher: may this page be approved without the person? Pure, so that every attack is a row of a
 * table. Whatever is unknown ends in `leave` or `wait`, never in a press.
 *
 * `checks` is an argument only so that a test can take one out and see its attack succeed.
 */
export function decide(scene: Scene, checks: readonly Check[] = CHECKS): Decision {
  const page = readPageAddress(scene.address, scene.routes);
  if (!page) return { act: 'leave', reason: 'not-an-approval-page', entry: null, authorization: null };
  const mine = entryOfTab(scene.book, scene.tab.tabId);
  const authorization = authorizationOf(scene, page);
  const signsIn = isSignInPage(page, scene);
  // "Approved" and "error" ask for no press; a page that lies about them only makes us ask AWS once.
  if (mine && page.site && !signsIn && scene.reading.approved)
    return { act: 'approved', reason: 'page-says-approved', entry: mine, authorization };
  if (mine && page.site && !signsIn && scene.reading.error && mine.allowedAt === null) {
    return { act: 'failed', reason: 'page-says-error', entry: mine, authorization };
  }
  const step =
    (signsIn ? null : stepOf(page)) ?? (authorization && scene.reading.allow.present > 0 ? 'allow' : null);
  if (!step) {
    const act = mine || authorization ? 'wait' : 'leave';
    return { act, reason: 'not-an-approval-page', entry: mine, authorization };
  }

  const subject: Subject = { ...scene, page, step, entry: lookUp(scene, page), authorization };
  for (const check of checks) {
    const objection = check.object(subject);
    if (objection) return { ...objection, entry: subject.entry, authorization };
  }
  return {
    act: step === 'confirm' ? 'press-confirm' : 'press-allow',
    reason: 'all-checks-passed',
    entry: subject.entry,
    authorization,
  };
}

/** On AWS's sign-in host a page with a code asks for an approval. Whatever else is there is where a person signs in. */
function isSignInPage({ site, route }: PageAddress, { reading }: Scene): boolean {
  const code = route.name === 'device' ? route.userCode : null;
  return site?.kind === 'sign-in' && code === null && reading.shownCodes.length === 0;
}

function stepOf(page: PageAddress): Subject['step'] | null {
  if (page.route.name === 'device') return 'confirm';
  if (page.route.name === 'consent') return 'allow';
  return null;
}

/** The device page names its code; the consent page names none, so there it is the code that this tab is about. */
function lookUp({ book, tab, reading }: Scene, { route }: PageAddress): VouchedCode | null {
  if (route.name === 'device') {
    const code = route.userCode ?? reading.shownCodes[0];
    return code === undefined ? null : (findCode(book, code) ?? null);
  }
  if (route.name === 'consent' && route.deviceContextId === null) return null;
  return (
    entryOfTab(book, tab.tabId) ??
    (tab.vouchedCode === null ? undefined : findCode(book, tab.vouchedCode)) ??
    null
  );
}

/**
 * The handed-over PKCE request that a page without code and device context may be the consent of. How that page's
 * address looks is not documented: in the tab of the request the allow button alone marks it; elsewhere the one form
 * that is known is looked at, so that a check can say no to it.
 */
function authorizationOf(
  { authorizations, tab }: Scene,
  { route }: PageAddress,
): VouchedAuthorization | null {
  if (route.name === 'device' || (route.name === 'consent' && route.deviceContextId !== null)) return null;
  const own = authorizations.findLast(({ tabId }) => tabId === tab.tabId);
  return own ?? (route.name === 'consent' ? authorizations.at(-1) : undefined) ?? null;
}

function entryOfTab(book: CodeBook, tabId: number): VouchedCode | null {
  return book.findLast((entry) => entry.tabId === tabId) ?? null;
}
