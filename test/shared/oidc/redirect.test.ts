import { expect, it } from 'vitest';
import { REGISTERED_REDIRECT, redirectTo } from '../../../shared/oidc/redirect.ts';

it('is registered without a port, and asked for with the one that listens', () => {
  expect(REGISTERED_REDIRECT).toBe('http://127.0.0.1/oauth/callback');
  expect(redirectTo(45_555)).toBe('http://127.0.0.1:45555/oauth/callback');
});
