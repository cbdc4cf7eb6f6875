import { authorization, authorizeUrl, CONSENT } from './authorization-scenes.ts';
import { device, HOST, NONE, NOW, ONE, OURS, type Row, THEIRS } from './scenes.ts';

/** The same consent, but this is what the browser asked /authorize for in its tab. */
const asked = (requested: string | null) => ({ authorizations: authorization({ requested }) });
const other = ['leave', 'other-authorization', 'own-request'] as const;

/** Attacks on the consent page of the PKCE flow, beside a request that was really handed over. */
export const HOSTILE_AUTHORIZATIONS: readonly Row[] = [
  [
    'PKCE: over http',
    { address: `http://${HOST}/start/${CONSENT}` },
    'leave',
    'not-aws',
    'origin',
    'authorization-portal',
  ],
  ['PKCE: in a frame', { frame: { top: false } }, 'leave', 'not-top-frame', 'top-frame'],
  ['PKCE: prerendered', { frame: { lifecycle: 'prerender' } }, 'leave', 'not-active', 'active-document'],
  ['PKCE: nothing was handed over', { authorizations: [] }, 'leave', 'foreign-authorization', 'vouched'],
  ['PKCE: in another tab', { authorizations: authorization({ tabId: 8 }) }, 'leave', 'other-tab', 'own-tab'],
  [
    'PKCE: before its own tab is known',
    { authorizations: authorization({ tabId: null }) },
    'leave',
    'other-tab',
    'own-tab',
  ],
  [
    'PKCE: a portal of another region',
    { address: `https://i.us-west-2.portal.amazonaws.com/${CONSENT}` },
    'leave',
    'other-host',
    'authorization-portal',
  ],
  [
    'PKCE: a portal of another partition',
    { address: `https://start.home.awsapps.cn/directory/d-1/${CONSENT}` },
    'leave',
    'other-host',
    'authorization-portal',
  ],
  [
    'PKCE: on the old device host',
    { address: `https://device.sso.us-east-1.amazonaws.com/${CONSENT}` },
    'leave',
    'other-host',
    'authorization-portal',
  ],
  ['PKCE: no request was seen in the tab', asked(null), 'wait', 'authorization-not-seen', 'own-request'],
  ['PKCE: a foreign state', asked(authorizeUrl({ state: 'theirs' })), ...other],
  ['PKCE: a foreign client', asked(authorizeUrl({ client_id: 'theirs' })), ...other],
  [
    'PKCE: another port',
    asked(authorizeUrl({ redirect_uri: 'http://127.0.0.1:666/oauth/callback' })),
    ...other,
  ],
  [
    'PKCE: an answer that leaves the computer',
    asked(authorizeUrl({ redirect_uri: 'https://evil.example/oauth/callback' })),
    ...other,
  ],
  [
    'PKCE: asked in another region',
    asked(authorizeUrl({}, 'https://oidc.us-west-2.amazonaws.com')),
    ...other,
  ],
  [
    'PKCE: asked of an imitation',
    asked(authorizeUrl({}, 'https://oidc.us-east-1.amazonaws.com.evil.example')),
    ...other,
  ],
  ['PKCE: after its end', { authorizations: authorization({ expiresAt: NOW }) }, 'leave', 'expired', 'fresh'],
  [
    'PKCE: a second allow',
    { authorizations: authorization({ allowedAt: NOW - 500 }) },
    'wait',
    'spent',
    'spent',
  ],
  [
    'PKCE: too long after the tab was opened',
    { authorizations: authorization({ openedAt: NOW - 60_001 }) },
    'leave',
    'opened-too-long-ago',
    'authorization-window',
  ],
  [
    'PKCE: too long after the tab was opened, sign-in taken off',
    { authorizations: authorization({ openedAt: NOW - 161_000 }), tab: { awayMs: 100_000 } },
    'leave',
    'opened-too-long-ago',
    'authorization-window',
  ],
  [
    'PKCE: the page shows a device code',
    { reading: { shownCodes: [OURS] } },
    'leave',
    'shown-code-differs',
    'no-code-shown',
  ],
  [
    'PKCE: the page shows two codes',
    { reading: { shownCodes: [OURS, THEIRS] } },
    'leave',
    'several-codes',
    'one-code',
    'no-code-shown',
  ],
  ['PKCE: a confirm button too', { reading: { confirm: ONE } }, 'leave', 'both-buttons', 'both-buttons'],
  [
    'PKCE: two allow buttons',
    { reading: { allow: { ...ONE, present: 2, usable: 2 } } },
    'leave',
    'several-buttons',
    'one-button',
  ],
  [
    'PKCE: a hidden allow button',
    { reading: { allow: { ...NONE, present: 1 } } },
    'wait',
    'no-button-yet',
    'usable-button',
  ],
  [
    'PKCE: a covered allow button',
    { address: device(CONSENT), reading: { allow: { ...ONE, covered: true } } },
    'wait',
    'button-covered',
    'uncovered-button',
  ],
  ['PKCE: thirty presses before', { recentPresses: 30 }, 'leave', 'too-many-presses', 'rate'],
];
