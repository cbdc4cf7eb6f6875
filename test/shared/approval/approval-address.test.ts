import { describe, expect, it } from 'vitest';
import { classifyHandedOver } from '../../../shared/approval/approval-address.ts';
import { authorizeUrl } from './authorization-scenes.ts';

const OIDC = 'https://oidc.us-east-1.amazonaws.com';

describe('an address on which a device code is compared', () => {
  it.each([
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
    [
      'capitals in the host',
      'HTTPS://CORP.AWSAPPS.COM/start/#/device?user_code=ABCD-EFGH',
      'corp.awsapps.com',
    ],
  ])('%s', (_name, address, pageHostname) => {
    const url = new URL(address).href;
    expect(classifyHandedOver(address)).toEqual({ kind: 'device', url, userCode: 'ABCD-EFGH', pageHostname });
  });
});

describe('an address that begins the PKCE flow', () => {
  it('is read with all that binds it to the request', () => {
    expect(classifyHandedOver(authorizeUrl())).toEqual({
      kind: 'authorization',
      url: authorizeUrl(),
      region: 'us-east-1',
      clientId: 'client-1',
      state: '6f1c2f6e-2f3c-4e0c-9a52-0d6b5f1f8d11',
      port: 51234,
      path: '/oauth/callback',
    });
  });

  it.each([
    ['GovCloud', 'https://oidc.us-gov-west-1.amazonaws.com', 'us-gov-west-1'],
    ['China', 'https://oidc.cn-north-1.amazonaws.com.cn', 'cn-north-1'],
    ['EU Sovereign', 'https://oidc.eusc-de-east-1.amazonaws.eu', 'eusc-de-east-1'],
  ])('%s', (_name, origin, region) => {
    expect(classifyHandedOver(authorizeUrl({}, origin))).toMatchObject({ kind: 'authorization', region });
  });
});

describe('a page like any other', () => {
  it.each([
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
  ])('%s', (_name, address) => {
    expect(classifyHandedOver(address)).toEqual({ kind: 'page' });
  });
});

it.each([
  '',
  'awsher',
  'mailto:ana@example.com',
  'javascript:alert(1)',
  'ssh://host',
  'data:text/html,x',
  'chrome://settings',
])('nothing to open: %s', (address) => {
  expect(classifyHandedOver(address)).toEqual({ kind: 'unusable' });
});
