import type { PageAddress } from '../../../shared/approval/page-address.ts';
import { PAGE_FACTS } from '../../../shared/approval/page-facts.ts';
import type { Route } from '../../../shared/approval/page-facts-schema.ts';
import { authorizeUrl } from './authorization-scenes.ts';
import { OURS, THEIRS } from './scenes.ts';

/** The tables of addresses. */

/** Behind `/start/`: the code that it has; `null`: a page of a code with none to press for; `undefined`: no such page. */
export const CODES: readonly [rest: string, code: string | null | undefined][] = [
  [`#/device?user_code=${OURS}`, OURS],
  [`#/device/?user_code=${OURS}`, OURS],
  [`#/device?other=1&user_code=${OURS}`, OURS],
  [`?workflowResultHandle=w&state=s#/device?user_code=${OURS}`, OURS],
  [`?user_code=${OURS}`, OURS],
  [`#/device?user_code=ABCD%2DEFGH`, OURS],
  [`#/device?user%5Fcode=${OURS}`, OURS],
  [`#/device?user_code=${OURS}&user_code=${OURS}`, null],
  [`#/device?user_code=${OURS}&user_code=${THEIRS}`, null],
  [`#/device?user_code=${OURS}&user%5Fcode=${THEIRS}`, null],
  [`?user_code=${OURS}#/device?user_code=${THEIRS}`, null],
  [`?user_code=${OURS}#/device?user_code=${OURS}`, null],
  ['#/device?user_code=abcd-efgh', null],
  ['#/device?user_code=ABCDEFGH', null],
  ['#/device?user_code=ABCD-EFGH%20', null],
  ['#/device?user_code=ABCD-EFGH%00', null],
  ['#/device?user_code=ABCD-EFGHI', null],
  ['#/device?user_code=ＡBCD-EFGH', null],
  ['#/device?user_code=', null],
  ['#/device', null],
  // Forms that a router may take for the same page: known as one, never with a code to press for.
  [`#device?user_code=${OURS}`, null],
  [`#//device?user_code=${OURS}`, null],
  [`#/DEVICE?user_code=${OURS}`, null],
  [`#/%64evice?user_code=${OURS}`, null],
  [`#/%2Fdevice?user_code=${OURS}`, null],
  [`#/anything?user_code=${OURS}`, null],
  [`#/%E0%A4%A?user_code=${OURS}`, null],
  ['#/DEVICE', null],
  ['#/%64evice', null],
  ['#/accounts', undefined],
  ['#/devices', undefined],
  ['', undefined],
  [`#user_code=${OURS}`, undefined],
  [`#?user_code=${OURS}`, null],
  [`?user_code=${OURS}#/device`, OURS],
];

export const CONSENTS: readonly [rest: string, route: { deviceContextId: string | null }][] = [
  ['#/?clientId=c&clientType=public&deviceContextId=d', { deviceContextId: 'd' }],
  ['#?clientId=c&deviceContextId=d', { deviceContextId: 'd' }],
  ['#/?clientId=c', { deviceContextId: null }],
  ['#/?deviceContextId=', { deviceContextId: '' }],
  ['#/?deviceContextId=d&deviceContextId=e', { deviceContextId: 'd\ne' }],
  ['?deviceContextId=e#/?deviceContextId=d', { deviceContextId: 'e\nd' }],
];

/** Forms that a host with newer facts may tell. */
export const LEARNED: Route[] = [
  ...PAGE_FACTS.routes,
  newer({ page: 'device', path: '/activate', parameter: 'userCode' }),
  newer({ page: 'device', place: 'query', path: '/activate', parameter: 'userCode' }),
  newer({ page: 'consent', path: '/consent', parameter: 'contextId' }),
];

function newer(change: Partial<Route>): Route {
  const route = { page: 'device', place: 'fragment', path: '/', parameter: 'user_code' } as const;
  return { ...route, lastSeen: '2026-11', source: 'page-report', ...change };
}

export const LEARNED_FORMS: readonly [rest: string, route: PageAddress['route']][] = [
  [`/#/activate?userCode=${OURS}`, { name: 'device', userCode: OURS }],
  [`/#/activate/?userCode=${OURS}`, { name: 'device', userCode: OURS }],
  [`/activate?userCode=${OURS}`, { name: 'device', userCode: OURS }],
  [`/#/device?user_code=${OURS}`, { name: 'device', userCode: OURS }],
  ['/#/consent?contextId=d', { name: 'consent', deviceContextId: 'd' }],
  // Other forms of it are pages of a code, with none to press for.
  [`/#/ACTIVATE?userCode=${OURS}`, { name: 'device', userCode: null }],
  [`/%61ctivate/#?userCode=${OURS}`, { name: 'device', userCode: null }],
  [`/other?userCode=${OURS}`, { name: 'device', userCode: null }],
  [`/activate?userCode=${OURS}#/accounts`, { name: 'device', userCode: null }],
  ['/Activate', { name: 'device', userCode: null }],
  [`/#/accounts?userCode=${OURS}`, { name: 'device', userCode: null }],
  // One code under two names, two codes, two consents.
  [`/#/activate?userCode=${OURS}&user_code=${THEIRS}`, { name: 'device', userCode: null }],
  [`/#/device?user_code=${OURS}&userCode=${THEIRS}`, { name: 'device', userCode: null }],
  [`/?userCode=${THEIRS}#/device?user_code=${OURS}`, { name: 'device', userCode: null }],
  ['/#/?deviceContextId=d&contextId=e', { name: 'consent', deviceContextId: 'd\ne' }],
  ['/#/consent?contextId=e&deviceContextId=d', { name: 'consent', deviceContextId: 'd\ne' }],
  ['/#/consent', { name: 'other' }],
  ['/#/activated', { name: 'other' }],
];

/** On which a device code is compared: name, address, host. */
export const DEVICE_PAGES: readonly [name: string, address: string, hostname: string][] = [
  ['portal', 'https://corp.awsapps.com/start/#/device?user_code=ABCD-EFGH', 'corp.awsapps.com'],
  [
    'portal without a slash',
    'https://corp.awsapps.com/start#/device?user_code=ABCD-EFGH',
    'corp.awsapps.com',
  ],
  [
    'portal of a region',
    'https://ssoins-1.us-east-1.portal.amazonaws.com/#/device?user_code=ABCD-EFGH',
    'ssoins-1.us-east-1.portal.amazonaws.com',
  ],
  [
    'old device host',
    'https://device.sso.us-east-1.amazonaws.com/?user_code=ABCD-EFGH',
    'device.sso.us-east-1.amazonaws.com',
  ],
  ['default port', 'https://corp.awsapps.com:443/start/#/device?user_code=ABCD-EFGH', 'corp.awsapps.com'],
  ['capitals in the host', 'HTTPS://CORP.AWSAPPS.COM/start/#/device?user_code=ABCD-EFGH', 'corp.awsapps.com'],
];

const OIDC = 'https://oidc.us-east-1.amazonaws.com';

/** Like any other page, however much they look like AWS's. */
export const ANY_PAGES: readonly [name: string, address: string][] = [
  ['the web', 'https://example.com/'],
  ['a file', 'file:///home/ana/report.html'],
  ['the portal itself', 'https://corp.awsapps.com/start/#/'],
  ['a device page without a code', 'https://corp.awsapps.com/start/#/device'],
  ['a code of another form', 'https://corp.awsapps.com/start/#/device?user_code=ABCDEFGH'],
  ['two codes', 'https://corp.awsapps.com/start/#/device?user_code=ABCD-EFGH&user_code=WXYZ-2345'],
  ['a code over http', 'http://corp.awsapps.com/start/#/device?user_code=ABCD-EFGH'],
  ['a code on an odd port', 'https://corp.awsapps.com:8443/start/#/device?user_code=ABCD-EFGH'],
  ['user information before the host', 'https://corp@corp.awsapps.com/start/#/device?user_code=ABCD-EFGH'],
  ['AWS as user information', 'https://corp.awsapps.com@evil.example/start/#/device?user_code=ABCD-EFGH'],
  ['a host that begins as AWS', 'https://corp.awsapps.com.evil.example/start/#/device?user_code=ABCD-EFGH'],
  ['a host that ends as AWS', 'https://evil-awsapps.com/start/#/device?user_code=ABCD-EFGH'],
  ['a deeper host', 'https://a.corp.awsapps.com/start/#/device?user_code=ABCD-EFGH'],
  ['a final dot', 'https://corp.awsapps.com./start/#/device?user_code=ABCD-EFGH'],
  ['a region that AWS does not have', 'https://device.sso.us-evil-1.amazonaws.com/?user_code=ABCD-EFGH'],
  ['PKCE of an imitation', authorizeUrl({}, `${OIDC}.evil.example`)],
  ['PKCE with user information', authorizeUrl({}, 'https://oidc@oidc.us-east-1.amazonaws.com')],
  ['PKCE behind user information', authorizeUrl({}, 'https://oidc.us-east-1.amazonaws.com@evil.example')],
  ['PKCE on an odd port', authorizeUrl({}, `${OIDC}:444`)],
  ['PKCE over http', authorizeUrl({}, 'http://oidc.us-east-1.amazonaws.com')],
  ['PKCE in a region that AWS does not have', authorizeUrl({}, 'https://oidc.us-evil-1.amazonaws.com')],
  ['PKCE with the suffix of another partition', authorizeUrl({}, `${OIDC}.cn`)],
  ['PKCE at another path', authorizeUrl().replace('/authorize', '/authorize2')],
  ['PKCE below another path', authorizeUrl().replace('/authorize', '/x/authorize')],
  [
    '`aws login`',
    'https://us-east-1.signin.aws.amazon.com/v1/authorize?client_id=x&state=y&redirect_uri=http%3A%2F%2F127.0.0.1%3A5%2F',
  ],
  ['an answer to another computer', authorizeUrl({ redirect_uri: 'https://evil.example/oauth/callback' })],
  ['an answer to a name', authorizeUrl({ redirect_uri: 'http://localhost:51234/oauth/callback' })],
  [
    'an answer to a name that begins as loopback',
    authorizeUrl({ redirect_uri: 'http://127.0.0.1.evil.example:1/cb' }),
  ],
  ['an answer past user information', authorizeUrl({ redirect_uri: 'http://127.0.0.1:1@evil.example/cb' })],
  ['an answer to this network', authorizeUrl({ redirect_uri: 'http://192.168.0.7:51234/oauth/callback' })],
  ['an answer without a port', authorizeUrl({ redirect_uri: 'http://127.0.0.1/oauth/callback' })],
  ['an answer over https', authorizeUrl({ redirect_uri: 'https://127.0.0.1:51234/oauth/callback' })],
  ['an answer with a query', authorizeUrl({ redirect_uri: 'http://127.0.0.1:51234/oauth/callback?x=1' })],
  ['an answer with a fragment', authorizeUrl({ redirect_uri: 'http://127.0.0.1:51234/oauth/callback#x' })],
  ['PKCE with a password', authorizeUrl({}, 'https://:b@oidc.us-east-1.amazonaws.com')],
  ['an answer that is no address', authorizeUrl({ redirect_uri: '/oauth/callback' })],
  ['two answers', `${authorizeUrl()}&redirect_uri=https%3A%2F%2Fevil.example%2F`],
  ['two states', `${authorizeUrl()}&state=theirs`],
  ['no state', authorizeUrl({ state: null })],
  ['an empty state', authorizeUrl({ state: '' })],
  ['no client', authorizeUrl({ client_id: null })],
  ['no challenge', authorizeUrl({ code_challenge: null })],
  ['a plain challenge', authorizeUrl({ code_challenge_method: 'plain' })],
  ['a token instead of a code', authorizeUrl({ response_type: 'token' })],
  ['PKCE with a fragment', `${authorizeUrl()}#/device`],
  ['an address without an end', `${authorizeUrl()}&x=${'x'.repeat(5000)}`],
];

/** Nothing to open. */
export const NO_PAGES: readonly string[] = [
  '',
  'awsher',
  'mailto:ana@example.com',
  'javascript:alert(1)',
  'ssh://host',
  'data:text/html,x',
  'chrome://settings',
];
