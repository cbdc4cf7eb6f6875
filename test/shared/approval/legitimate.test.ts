import { describe, expect, it } from 'vitest';
import { decide } from '../../../shared/approval/decide.ts';
import {
  allowScene,
  type Change,
  CONSENT_PATH,
  confirmScene,
  ENTRY,
  NONE,
  NOW,
  ONE,
  OURS,
  THEIRS,
} from './scenes.ts';

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

describe.each(PORTALS)('%s', (_name, confirm, allow) => {
  const pageHostname = new URL(confirm).hostname;

  it('confirms, then allows', () => {
    const first = decide(confirmScene({ address: confirm, entry: { pageHostname } }));
    expect(first).toMatchObject({ act: 'press-confirm', reason: 'all-checks-passed' });
    expect(first.entry?.userCode).toBe(OURS);
    const second = decide(allowScene({ address: allow, entry: { pageHostname } }));
    expect(second).toMatchObject({ act: 'press-allow', reason: 'all-checks-passed' });
    expect(second.entry?.userCode).toBe(OURS);
  });

  it('takes "approved" on either page, also when the consent was skipped', () => {
    const reading = { confirm: NONE, allow: NONE, shownCodes: [], approved: true };
    for (const address of [confirm, allow, `${allow.replace(/[?#].*$/, '')}#/`]) {
      expect(decide(confirmScene({ address, reading, entry: { pageHostname } })).act).toBe('approved');
    }
  });
});

describe('what a legitimate page may also look like', () => {
  const pressed: [string, ReturnType<typeof confirmScene>, 'press-confirm' | 'press-allow'][] = [
    [
      'a browser without a document life cycle',
      confirmScene({ frame: { lifecycle: 'unsupported' } }),
      'press-confirm',
    ],
    ['a foreign code waits in another tab', confirmScene({ book: [...other(), ENTRY] }), 'press-confirm'],
    ['the consent shows our code again', allowScene({ reading: { shownCodes: [OURS] } }), 'press-allow'],
    [
      'a hidden second button in the document',
      confirmScene({ reading: { confirm: { ...ONE, present: 2 } } }),
      'press-confirm',
    ],
    ['the last moment of the code', confirmScene({ entry: { expiresAt: NOW + 1 } }), 'press-confirm'],
    ['twenty-nine presses in the last minute', confirmScene({ recentPresses: 29 }), 'press-confirm'],
    ['sixty seconds after our confirm', allowScene({ entry: { confirmedAt: NOW - 60_000 } }), 'press-allow'],
    [
      'a sign-in of four minutes between the two',
      allowScene({ entry: { confirmedAt: NOW - 250_000 }, tab: { awayMs: 240_000 } }),
      'press-allow',
    ],
    [
      'the history of the tab was lost, the book knows the tab',
      allowScene({ tab: { vouchedCode: null } }),
      'press-allow',
    ],
    [
      'a code that the person accepted before in this tab',
      confirmScene({ tab: { acceptedCode: THEIRS } }),
      'press-confirm',
    ],
  ];

  function other() {
    return [{ ...ENTRY, userCode: THEIRS, tabId: 8, attempt: 'a2' }];
  }

  it.each(pressed)('%s', (_name, scene, act) => {
    expect(decide(scene).act).toBe(act);
  });
});

describe('what asks for no press', () => {
  const quiet: [string, Change, string, string][] = [
    [
      'our page is still blank',
      { reading: { confirm: NONE, shownCodes: [], blank: true } },
      'wait',
      'code-not-shown',
    ],
    [
      'our portal while it routes',
      { address: 'https://corp.awsapps.com/start/#/' },
      'wait',
      'not-an-approval-page',
    ],
    ['our page shows an error', { reading: { error: true } }, 'failed', 'page-says-error'],
    ['no address at all', { address: '' }, 'leave', 'not-an-approval-page'],
    ['not an address', { address: 'corp.awsapps.com' }, 'leave', 'not-an-approval-page'],
    [
      'somebody reads their portal in another tab',
      { address: 'https://corp.awsapps.com/start/#/', tab: { tabId: 99 } },
      'leave',
      'not-an-approval-page',
    ],
    [
      '"approved" in a tab that is not ours',
      { reading: { approved: true }, tab: { tabId: 99 } },
      'leave',
      'other-tab',
    ],
    [
      '"approved" on a host that is not AWS\'s',
      { address: 'https://evil.example/#/', reading: { approved: true } },
      'wait',
      'not-an-approval-page',
    ],
  ];

  it.each(quiet)('%s', (_name, change, act, reason) => {
    expect(decide(confirmScene(change))).toMatchObject({ act, reason });
  });

  it('an error after our allow is not the end: AWS is asked', () => {
    expect(decide(allowScene({ reading: { error: true }, entry: { allowedAt: NOW } })).act).toBe('wait');
  });
});
