import { expect, it } from 'vitest';
import { CAUGHT_REDIRECT, isCaught, REGISTERED_REDIRECT, redirectTo } from '../../../shared/oidc/redirect.ts';

it('is registered without a port, and asked for with the one that listens', () => {
  expect(REGISTERED_REDIRECT).toBe('http://127.0.0.1/oauth/callback');
  expect(redirectTo(45_555)).toBe('http://127.0.0.1:45555/oauth/callback');
});

it.each([
  [`${CAUGHT_REDIRECT}?code=c&state=s`, true],
  [CAUGHT_REDIRECT, false],
  [`${CAUGHT_REDIRECT}/more?code=c`, false],
  ['http://127.0.0.1:2/oauth/callback?code=c', false],
  ['https://evil.example/?to=http://127.0.0.1:1/oauth/callback?code=c', false],
])('%s', (address, caught) => expect(isCaught(address)).toBe(caught));
