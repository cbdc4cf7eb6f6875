import { describe, expect, it } from 'vitest';
import { proxyFor } from '../../../../native-host/aws/calls/proxy.ts';

const OIDC = 'https://oidc.eu-west-1.amazonaws.com';

describe('the proxy for an address', () => {
  it.each<[string, Record<string, string>, string, string | null]>([
    ['none', {}, OIDC, null],
    ['HTTPS_PROXY', { HTTPS_PROXY: 'http://proxy:3128' }, OIDC, 'http://proxy:3128'],
    ['lower case first', { HTTPS_PROXY: 'http://a', https_proxy: 'http://b' }, OIDC, 'http://b'],
    ['an empty one switches it off', { HTTPS_PROXY: 'http://a', https_proxy: '' }, OIDC, null],
    ['without a scheme', { HTTPS_PROXY: 'proxy:3128' }, OIDC, 'http://proxy:3128'],
    ['HTTP_PROXY is for http', { HTTP_PROXY: 'http://a' }, OIDC, null],
    ['HTTP_PROXY is for http', { HTTP_PROXY: 'http://a' }, 'http://127.0.0.1:80', 'http://a'],
    [
      'in CGI HTTP_PROXY is a header of the client',
      { HTTP_PROXY: 'http://a', REQUEST_METHOD: 'GET' },
      'http://x',
      null,
    ],
    ['ALL_PROXY does not count', { ALL_PROXY: 'http://a' }, OIDC, null],
    ['NO_PROXY suffix', { HTTPS_PROXY: 'http://a', NO_PROXY: 'foo,.amazonaws.com' }, OIDC, null],
    ['NO_PROXY suffix without a dot', { HTTPS_PROXY: 'http://a', NO_PROXY: 'amazonaws.com' }, OIDC, null],
    ['NO_PROXY is by whole labels', { HTTPS_PROXY: 'http://a', NO_PROXY: 'naws.com' }, OIDC, 'http://a'],
    [
      'NO_PROXY with a port',
      { HTTP_PROXY: 'http://a', NO_PROXY: '127.0.0.1:8080' },
      'http://127.0.0.1:8080',
      null,
    ],
    [
      'NO_PROXY with another port',
      { HTTP_PROXY: 'http://a', NO_PROXY: '127.0.0.1:8080' },
      'http://127.0.0.1:81',
      'http://a',
    ],
    ['NO_PROXY *', { HTTPS_PROXY: 'http://a', NO_PROXY: '*' }, OIDC, null],
    ['lower case no_proxy', { HTTPS_PROXY: 'http://a', no_proxy: 'AMAZONAWS.com' }, OIDC, null],
  ])('%s', (_rule, env, address, expected) => {
    expect(proxyFor(address, env)).toBe(expected);
  });
});
