import * as codes from './codes.ts';
import * as pages from './pages.ts';

/**
 * Every attack, and what stops it. With the shipped extension AWS gets nothing of it. Without exactly what is named here, the same
 * attack gets its press: by what is then decided about the pages as the browser told them (as-seen.ts), and where something else
 * than a check stops it too, in a build that lacks it (hostile-mutants.test.ts). Names of `shared/approval/checks.ts`, and these guards:
 *
 * - `our visit`: a press needs a sign-in that waits for this very tab (background/approvals.ts);
 * - `read again`, `... at the press`: page and address are read again in the task that clicks (content script).
 *
 * What is stopped by no code of ours that could be taken out is in STOPPED_ELSEWHERE, with its own proof. The attacks on
 * PKCE consents are in hand-over.test.ts; what the person sees of a stranger's code in foreign-code.test.ts.
 */
export const ATTACKS: readonly [name: string, by: readonly string[], attack: codes.Attack][] = [
  // These leave our sign-in open, and share it: before its code is confirmed, and after that.
  [
    "a stranger's code in a background tab, while ours waits",
    ['vouched', 'our visit'],
    codes.foreignInBackground,
  ],
  ["a stranger's code in our own tab", ['vouched', 'our visit'], codes.foreignInOurTab],
  ["a stranger's consent page, confirmed by the stranger", ['vouched', 'our visit'], codes.foreignConsent],
  ["a portal page that pushes itself to a stranger's code", ['vouched', 'our visit'], pages.pushedInto],
  [
    "a stranger's consent in our own tab, before our confirm",
    ['sequence', 'same-consent'],
    codes.foreignConsentInOurTab,
  ],
  ['our own code in another tab', ['own-tab', 'our visit'], codes.oursInAnotherTab],
  ['our own code at another tenant', ['tenant'], codes.oursAtPortal(1)],
  ["our own code at another region's portal", ['tenant'], codes.oursAtPortal(2)],
  ["our own code at another region's device host", ['tenant'], codes.oursAtDeviceHostOf('eu-west-1')],
  ['an odd port', ['origin'], pages.oursAtOrigin((origin) => `${origin}:8443`)],
  [
    'a user name in the address',
    ['origin', 'address at the press'],
    pages.oursAtOrigin((origin) => origin.replace('//', '//aws@')),
  ],
  [
    'two labels below awsapps.com',
    ['origin', 'tenant'],
    pages.imitatedAt('https://a.b.awsapps.com', 'injected'),
  ],
  ['ours in the query, theirs in the fragment, ours shown', ['address-code'], codes.twoCodesInAddress],
  ['our code twice in the address', ['address-code'], codes.ourCodeTwiceInAddress],
  ['a button that nobody sees', ['usable-button', 'visible at the press'], codes.hiddenButton],
  ['the page shows another code', ['shown-code'], codes.shownAs({ shownCode: 'ABCD-EFGH' })],
  ['the page shows a second code', ['one-code'], codes.shownAs({ extraCode: 'ABCD-EFGH' })],
  ['both buttons on the code page', ['both-buttons'], codes.shownAs({ bothButtons: true })],
  ['confirm twice', ['one-button', 'one at the press'], codes.shownAs({ twin: 'visible' })],
  ['a covered confirm', ['uncovered-button', 'uncovered at the press'], codes.shownAs({ cover: 'overlay' })],
  ['both buttons on the consent page', ['both-buttons'], codes.consentShownAs({ bothButtons: true })],
  ['allow twice', ['one-button', 'one at the press'], codes.consentShownAs({ twin: 'visible' })],
  [
    'a covered allow',
    ['uncovered-button', 'uncovered at the press'],
    codes.consentShownAs({ cover: 'overlay' }),
  ],
  // Each of these with sign-ins of its own.
  ["a stranger's code alone", ['vouched', 'our visit'], codes.foreignAlone],
  ['our own consent page in another tab', ['vouched', 'our visit'], codes.ourConsentElsewhere],
  [
    "a stranger's consent in our own tab, after our confirm",
    ['same-consent'],
    codes.foreignConsentAfterConfirm,
  ],
  ["a stranger's consent in the very task that shows ours", ['same-consent'], codes.foreignConsentAtOnce],
  [
    "a stranger's consent after a restart of the background",
    ['same-consent'],
    codes.foreignConsentAfterRestart,
  ],
  ['a spent code', ['spent', 'own-tab', 'confirm-once', 'our visit'], codes.spent],
  ['an expired code', ['fresh', 'spent', 'own-tab', 'our visit'], codes.expired],
  ['confirm offered again', ['confirm-once'], codes.offeredAgain('AcceptUserCode')],
  ['allow offered again', ['spent'], codes.offeredAgain('DecideConsent')],
  [
    "pushed to a stranger's code between look and press",
    ['read again', 'address at the press'],
    pages.pushedToForeignBeforePress,
  ],
  [
    "moved to a stranger's consent between look and press",
    ['address at the press'],
    pages.movedToForeignConsentBeforePress,
  ],
  ['the button replaced between look and press', ['read again'], pages.buttonReplacedBeforePress],
  // Last: what the person has allowed stays allowed.
  ["a stranger's code on AWS's sign-in host", ['vouched', 'our visit'], codes.foreignOnSignInHost],
  ["our own code on AWS's sign-in host, beside another request", ['own-page'], codes.oursAtOtherRequest],
];

const nobody = (origin: string) => pages.imitatedAt(origin, 'not injected');

/** Attacks that find nobody to talk to: each row proves that in its own way. */
export const STOPPED_ELSEWHERE: readonly [name: string, attack: codes.Attack][] = [
  ['a page that says "approved": AWS is asked', pages.saysApproved],
  // These leave our sign-in open, and share it.
  ['a host that ends like AWS: no content script', nobody('https://corp.awsapps.com.evil.example')],
  ['a host that begins like AWS: no content script', nobody('https://corp-awsapps.com')],
  ['SageMaker Studio on app.aws: no content script', nobody('https://studio.us-east-1.app.aws')],
  ['http: no content script', nobody('http://corp.awsapps.com')],
  ['a frame in the page of another portal: no content script in it', pages.framed],
  ['fake events, messages and clicks: the content script listens to none', pages.fakesEverything],
];
