import type { Decision, Reason, Scene } from '../../../shared/approval/scene.ts';
import { authorization, authorizationScene, CONSENT } from './authorization-scenes.ts';
import {
  allowScene,
  type Change,
  CONSENT_PATH,
  confirmScene,
  device,
  ENTRY,
  HOST,
  NONE,
  NOW,
  ONE,
  OURS,
  SIGN_IN_HOST,
  signInScene,
  THEIRS,
} from './scenes.ts';

/** A page that nobody attacks with: what it is, and what is done with it. */
export interface Harmless {
  name: string;
  scene: Scene;
  act: Decision['act'];
  reason: Reason;
}

type Made = [name: string, scene: Scene];
const all = (act: Decision['act'], reason: Reason, ...made: Made[]): Harmless[] =>
  made.map(([name, scene]) => ({ name, scene, act, reason }));
const confirmed = (...made: Made[]) => all('press-confirm', 'all-checks-passed', ...made);
const allowed = (...made: Made[]) => all('press-allow', 'all-checks-passed', ...made);

/** Every form in which AWS shows its two pages: name, page of the code, page of the consent. */
const PORTALS: [name: string, confirm: string, allow: string][] = [
  portal('alias', 'https://corp.awsapps.com/start/'),
  portal('directory id', 'https://d-1234567890.awsapps.com/start/'),
  portal('no slash after /start', 'https://corp.awsapps.com/start'),
  portal('after a sign-in', 'https://corp.awsapps.com/start/?workflowResultHandle=w1&state=s1'),
  portal('one portal per region', 'https://ssoins-72230f3e8a1b2c4d.us-east-1.portal.amazonaws.com/'),
  portal('dual stack', 'https://ssoins-72230f3e8a1b2c4d.portal.eu-west-1.app.aws/'),
  portal('Builder ID', 'https://view.awsapps.com/start/'),
  portal('GovCloud', 'https://start.us-gov-home.awsapps.com/directory/d-1/'),
  portal('GovCloud, region named', 'https://start.us-gov-west-1.us-gov-home.awsapps.com/directory/d-1/'),
  portal('GovCloud, dual stack', 'https://ssoins-1.portal.us-gov-east-1.app.aws/'),
  portal('China', 'https://start.home.awsapps.cn/directory/d-1/'),
  portal('China, region named', 'https://start.cn-northwest-1.home.awsapps.cn/directory/d-1/'),
  portal('China, portal per region', 'https://ssoins-1.cn-north-1.portal.amazonaws.com.cn/'),
  portal('China, dual stack', 'https://ssoins-1.portal.cn-north-1.app.amazonwebservices.com.cn/'),
  portal('EU Sovereign', 'https://ssoins-1.eusc-de-east-1.portal.amazonaws.eu/'),
  portal('EU Sovereign, dual stack', 'https://ssoins-1.portal.eusc-de-east-1.api.amazonwebservices.eu/'),
  old('us-east-1', 'amazonaws.com', 'https://corp.awsapps.com/start/'),
  old('eu-west-1', 'amazonaws.com', 'https://ssoins-1.eu-west-1.portal.amazonaws.com/'),
  old('us-gov-west-1', 'amazonaws.com', 'https://start.us-gov-home.awsapps.com/directory/d-1/'),
  old('cn-north-1', 'amazonaws.com.cn', 'https://start.cn-north-1.home.awsapps.cn/directory/d-1/'),
];

function portal(name: string, base: string): [string, string, string] {
  return [name, `${base}#/device?user_code=${OURS}`, `${base}${CONSENT_PATH}`];
}

function old(region: string, suffix: string, base: string): [string, string, string] {
  const confirm = `https://device.sso.${region}.${suffix}/?user_code=${OURS}`;
  return [`old device host of ${region}`, confirm, `${base}${CONSENT_PATH}`];
}

const IN_EVERY_PORTAL: readonly Harmless[] = PORTALS.flatMap(([name, confirm, allow]) => {
  const entry = { pageHostname: new URL(confirm).hostname };
  const reading = { confirm: NONE, allow: NONE, shownCodes: [], approved: true };
  return [
    ...confirmed([`${name}: the code`, confirmScene({ address: confirm, entry })]),
    ...allowed([`${name}: the consent`, allowScene({ address: allow, entry })]),
    ...all(
      'approved',
      'page-says-approved',
      // Also where the consent was skipped.
      ...[confirm, allow, `${allow.replace(/[?#].*$/, '')}#/`].map(
        (address): Made => [`${name}: "approved" at ${address}`, confirmScene({ address, reading, entry })],
      ),
    ),
  ];
});

const OTHER = { ...ENTRY, userCode: THEIRS, tabId: 8, attempt: 'a2' };

/** What a legitimate page may also look like. */
const PRESSED: readonly Harmless[] = [
  ...confirmed(
    ['the page of our code', confirmScene()],
    ['the page of our code on the sign-in host', signInScene()],
    ['a browser without a document life cycle', confirmScene({ frame: { lifecycle: 'unsupported' } })],
    ['a foreign code waits in another tab', confirmScene({ book: [OTHER, ENTRY] })],
    [
      'a hidden second button in the document',
      confirmScene({ reading: { confirm: { ...ONE, present: 2 } } }),
    ],
    ['the last moment of the code', confirmScene({ entry: { expiresAt: NOW + 1 } })],
    ['twenty-nine presses in the last minute', confirmScene({ recentPresses: 29 })],
    ['a code that the person accepted before in this tab', confirmScene({ tab: { acceptedCode: THEIRS } })],
  ),
  ...allowed(
    ['the consent of our code', allowScene()],
    // The consent of a code that was compared on the sign-in host is on the portal.
    ['the consent after the sign-in host', allowScene({ entry: { pageHostname: SIGN_IN_HOST } })],
    ['the consent shows our code again', allowScene({ reading: { shownCodes: [OURS] } })],
    ['sixty seconds after our confirm', allowScene({ entry: { confirmedAt: NOW - 60_000 } })],
    [
      'a sign-in of four minutes between the two',
      allowScene({ entry: { confirmedAt: NOW - 250_000 }, tab: { awayMs: 240_000 } }),
    ],
    ['the history of the tab was lost, the book knows the tab', allowScene({ tab: { vouchedCode: null } })],
    [
      'a PKCE request is open in another tab',
      { ...allowScene(), authorizations: authorization({ tabId: 8 }) },
    ],
  ),
];

/** A PKCE request as its browser asked for it in a region of China. */
const IN_CHINA = authorization()[0]?.requested?.replace(
  'us-east-1.amazonaws.com',
  'cn-north-1.amazonaws.com.cn',
);

const PKCE: readonly Harmless[] = [
  ...allowed(
    ['PKCE, the form that is known', authorizationScene({ address: device(CONSENT) })],
    ['PKCE, only an orchestrator id', authorizationScene({ address: device('?orchestrator_id=o1') })],
    [
      'PKCE, an orchestrator id before the fragment',
      authorizationScene({ address: device('?orchestrator_id=o1#/') }),
    ],
    ['PKCE, no word about it', authorizationScene({ address: device('') })],
    ['PKCE, another fragment', authorizationScene({ address: device('#/authorize/consent?x=1') })],
    [
      'PKCE, after a sign-in',
      authorizationScene({ address: device(`?workflowResultHandle=w1&state=s1${CONSENT}`) }),
    ],
    [
      'PKCE, a portal of the same region',
      authorizationScene({ address: `https://ssoins-1.us-east-1.portal.amazonaws.com/${CONSENT}` }),
    ],
    [
      'PKCE, a dual-stack portal of the same region',
      authorizationScene({ address: `https://ssoins-1.portal.us-east-1.app.aws/${CONSENT}` }),
    ],
    [
      'PKCE, a region of China on a portal of China',
      authorizationScene({
        address: `https://start.cn-north-1.home.awsapps.cn/directory/d-1/${CONSENT}`,
        authorizations: authorization({ region: 'cn-north-1', requested: IN_CHINA ?? null }),
      }),
    ],
    ['PKCE, where device codes are off', authorizationScene({ noDeviceCodes: true })],
    [
      'PKCE, sixty seconds after it was opened',
      authorizationScene({ authorizations: authorization({ openedAt: NOW - 60_000 }) }),
    ],
    [
      'PKCE, however long the person took to sign in',
      authorizationScene({
        authorizations: authorization({ openedAt: NOW - 400_000 }),
        tab: { awayMs: 390_000 },
      }),
    ],
  ),
  ...all('wait', 'not-an-approval-page', [
    'PKCE, no allow button yet',
    authorizationScene({ address: device('?orchestrator_id=o1'), reading: { allow: NONE } }),
  ]),
  ...all(
    'leave',
    'not-aws',
    // `aws login` and sign-in pages are left alone.
    ...[
      'https://us-east-1.signin.aws.amazon.com/v1/authorize?client_id=arn%3Aaws%3Asignin%3A%3A%3Adevtools%2Fsame-device',
      'https://signin.aws.amazon.com/v1/authorize?client_id=x',
    ].map((address): Made => [`PKCE, ${address}`, authorizationScene({ address })]),
  ),
  ...all(
    'leave',
    'not-an-approval-page',
    [
      'PKCE, a sign-in page, whatever is on it',
      authorizationScene({ address: 'https://us-east-1.signin.aws/platform/d-1/login' }),
    ],
    [
      'PKCE, a portal in another tab',
      authorizationScene({ address: `https://${HOST}/start/`, tab: { tabId: 99 } }),
    ],
  ),
];

const quiet = (act: Decision['act'], reason: Reason, ...rows: (readonly [string, Change])[]): Harmless[] =>
  all(act, reason, ...rows.map(([name, change]): Made => [name, confirmScene(change)]));

/** What asks for no press. */
const QUIET: readonly Harmless[] = [
  ...quiet('wait', 'code-not-shown', [
    'our page is still blank',
    { reading: { confirm: NONE, shownCodes: [], blank: true } },
  ]),
  ...quiet(
    'wait',
    'not-an-approval-page',
    ['our portal while it routes', { address: 'https://corp.awsapps.com/start/#/' }],
    [
      "an error on a host that is not AWS's",
      { address: 'https://evil.example/#/', reading: { error: true } },
    ],
    [
      '"approved" on a host that is not AWS\'s',
      { address: 'https://evil.example/#/', reading: { approved: true } },
    ],
  ),
  ...quiet('failed', 'page-says-error', ['our page shows an error', { reading: { error: true } }]),
  ...quiet(
    'leave',
    'not-an-approval-page',
    ['no address at all', { address: '' }],
    ['not an address', { address: 'corp.awsapps.com' }],
    [
      'somebody reads their portal in another tab',
      { address: 'https://corp.awsapps.com/start/#/', tab: { tabId: 99 } },
    ],
  ),
  ...quiet(
    'leave',
    'other-tab',
    ['"approved" in a tab that is not ours', { reading: { approved: true }, tab: { tabId: 99 } }],
    ['an error in a tab that is not ours', { reading: { error: true }, tab: { tabId: 99 } }],
  ),
  // An error after our allow is not the end: AWS is asked.
  ...all('wait', 'spent', [
    'an error after our allow',
    allowScene({ reading: { error: true }, entry: { allowedAt: NOW } }),
  ]),
  ...all(
    'wait',
    'not-an-approval-page',
    [
      '"approved" on the sign-in host before there is a code',
      signInScene({ reading: { confirm: NONE, shownCodes: [], approved: true } }),
    ],
    [
      'an error on the sign-in host before there is a code',
      signInScene({ reading: { confirm: NONE, shownCodes: [], error: true } }),
    ],
  ),
];

/** Strangers' codes in the tab of a PKCE request get the notice. */
const NOTICES: readonly Harmless[] = [
  ...all('warn', 'foreign-code', [
    "PKCE, the page of a stranger's code",
    authorizationScene({
      address: device(`#/device?user_code=${THEIRS}`),
      reading: { confirm: ONE, allow: NONE, shownCodes: [THEIRS] },
    }),
  ]),
  ...all('warn', 'foreign-consent', [
    "PKCE, the consent of a stranger's code",
    authorizationScene({ address: device(CONSENT_PATH) }),
  ]),
];

export const HARMLESS: readonly Harmless[] = [...IN_EVERY_PORTAL, ...PRESSED, ...PKCE, ...QUIET, ...NOTICES];
