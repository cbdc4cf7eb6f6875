import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { otherProxy, proxyFor, proxyToAws } from '../../../../native-host/aws/calls/proxy.ts';

// needs: python3-boto3

const OIDC = 'https://oidc.eu-west-1.amazonaws.com';
const A = 'http://a';

type Row = [rule: string, env: Record<string, string>, address: string, proxy: string | null];
const ROWS: readonly Row[] = [
  ['none', {}, OIDC, null],
  ['HTTPS_PROXY', { HTTPS_PROXY: 'http://proxy:3128' }, OIDC, 'http://proxy:3128'],
  ['lower case first', { HTTPS_PROXY: A, https_proxy: 'http://b' }, OIDC, 'http://b'],
  ['lower case first, whatever the order', { https_proxy: 'http://b', HTTPS_PROXY: A }, OIDC, 'http://b'],
  ['an empty one switches it off', { HTTPS_PROXY: A, https_proxy: '' }, OIDC, null],
  ['an empty one in upper case says nothing', { Https_Proxy: A, HTTPS_PROXY: '' }, OIDC, A],
  ['mixed case', { Https_Proxy: A }, OIDC, A],
  ['without a scheme', { HTTPS_PROXY: 'proxy:3128' }, OIDC, 'http://proxy:3128'],
  ['with half of one', { HTTPS_PROXY: '//proxy:3128' }, OIDC, 'http://proxy:3128'],
  ['HTTP_PROXY is for http', { HTTP_PROXY: A }, OIDC, null],
  ['HTTP_PROXY is for http', { HTTP_PROXY: A }, 'http://127.0.0.1:80', A],
  ['in CGI HTTP_PROXY is a header of the client', { HTTP_PROXY: A, REQUEST_METHOD: 'GET' }, 'http://x', null],
  ['in CGI http_proxy is not', { http_proxy: A, REQUEST_METHOD: 'GET' }, 'http://x', A],
  ['ALL_PROXY does not count', { ALL_PROXY: A, all_proxy: A }, OIDC, null],
  ['NO_PROXY suffix', { HTTPS_PROXY: A, NO_PROXY: 'foo,.amazonaws.com' }, OIDC, null],
  ['NO_PROXY suffix without a dot', { HTTPS_PROXY: A, NO_PROXY: 'amazonaws.com' }, OIDC, null],
  ['NO_PROXY is by whole labels', { HTTPS_PROXY: A, NO_PROXY: 'naws.com' }, OIDC, A],
  ['NO_PROXY with a star in a name', { HTTPS_PROXY: A, NO_PROXY: '*.amazonaws.com' }, OIDC, A],
  ['NO_PROXY with spaces', { HTTPS_PROXY: A, NO_PROXY: ' foo , amazonaws.com ' }, OIDC, null],
  ['NO_PROXY without commas', { HTTPS_PROXY: A, NO_PROXY: 'foo amazonaws.com' }, OIDC, A],
  ['NO_PROXY with a scheme', { HTTPS_PROXY: A, NO_PROXY: OIDC }, OIDC, A],
  ['NO_PROXY with a port', { HTTP_PROXY: A, NO_PROXY: '127.0.0.1:8080' }, 'http://127.0.0.1:8080', null],
  ['NO_PROXY with another port', { HTTP_PROXY: A, NO_PROXY: '127.0.0.1:8080' }, 'http://127.0.0.1:81', A],
  [
    'NO_PROXY with the port that is the default',
    { HTTP_PROXY: A, NO_PROXY: 'x.test:80' },
    'http://x.test:80/',
    null,
  ],
  [
    'NO_PROXY with a port the address leaves out',
    { HTTP_PROXY: A, NO_PROXY: 'x.test:80' },
    'http://x.test',
    A,
  ],
  ['NO_PROXY with a range', { HTTP_PROXY: A, NO_PROXY: '10.0.0.0/8' }, 'http://10.0.0.1', A],
  ['NO_PROXY with IPv6', { HTTP_PROXY: A, NO_PROXY: '[::1]' }, 'http://[::1]:4566', null],
  ['NO_PROXY with IPv6 without brackets', { HTTP_PROXY: A, NO_PROXY: '::1' }, 'http://[::1]:4566', A],
  ['NO_PROXY localhost is not 127.0.0.1', { HTTP_PROXY: A, NO_PROXY: 'localhost' }, 'http://127.0.0.1', A],
  ['NO_PROXY *', { HTTPS_PROXY: A, NO_PROXY: '*' }, OIDC, null],
  ['NO_PROXY * in a list', { HTTPS_PROXY: A, NO_PROXY: '*,foo' }, OIDC, A],
  ['NO_PROXY * with a space', { HTTPS_PROXY: A, NO_PROXY: ' *' }, OIDC, A],
  ['lower case no_proxy', { HTTPS_PROXY: A, no_proxy: 'AMAZONAWS.com' }, OIDC, null],
  ['an empty no_proxy', { HTTPS_PROXY: A, NO_PROXY: 'amazonaws.com', no_proxy: '' }, OIDC, A],
];

describe('the proxy for an address', () => {
  it.each(ROWS)('%s', (_rule, env, address, expected) => {
    expect(proxyFor(address, env)).toBe(expected);
  });

  it.each([
    ['http://ana:uno@proxy.test:3128', 'http://ana:uno@proxy.test:3128/', undefined],
    [
      'http://ana:uno@proxy.test:3128',
      'http://ana:due@proxy.test:3128',
      /^The proxy to AWS, http:\/\/proxy.test:3128: .* different/,
    ],
    ['http://ana:uno@proxy.test:3128', 'http://proxy.test:3128', /different names or passwords/],
    [
      'http://ana:uno@proxy.test:3128',
      'http://bo:uno@other.test:1',
      /uses http:\/\/proxy.test:3128, Chromium http:\/\/other.test:1\.$/,
    ],
    ['http://ana:uno@proxy.test:3128', '', /Chromium none\.$/],
    ['', '', undefined],
  ])('%s here and %s there: %s', (here, there, words) => {
    const [own, theirs] = [here, there].map((HTTPS_PROXY) => proxyToAws({ HTTPS_PROXY }));
    const said = otherProxy(own ?? '', theirs, 'Chromium');
    expect(said).toEqual(words && expect.stringMatching(words));
    expect(`${own} ${theirs} ${said}`).not.toMatch(/ana|bo:|uno|due/);
  });

  it('is compared without the name and password in its address', () => {
    expect(proxyToAws({ HTTPS_PROXY: 'http://ana:p%40ss@proxy.test:3128/x' })).toMatch(
      /^http:\/\/\w{4}@proxy\.test:3128$/,
    );
    expect(proxyToAws({ HTTPS_PROXY: 'http://ana:p@ss@:0:0' })).not.toMatch(/ana|p@ss/);
    expect(proxyToAws({ HTTPS_PROXY: 'proxy', NO_PROXY: 'amazonaws.com' })).toBe('');
  });

  it('is the one that botocore takes', () => {
    const asked = ROWS.map(([, env, address]) => ({ env, address }));
    const said: unknown = JSON.parse(
      execFileSync('/usr/bin/python3', ['-c', BOTOCORE], { input: JSON.stringify(asked), encoding: 'utf8' }),
    );
    expect(said).toEqual(ROWS.map(([, , , proxy]) => proxy));
  });
});

const BOTOCORE = `
import json, os, sys
from botocore.httpsession import ProxyConfiguration
from botocore.utils import get_environ_proxies
said = []
for row in json.load(sys.stdin):
    os.environ.clear(); os.environ.update(row['env'])
    said.append(ProxyConfiguration(get_environ_proxies(row['address'])).proxy_url_for(row['address']))
print(json.dumps(said))
`;
