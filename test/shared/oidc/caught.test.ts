import { expect, it } from 'vitest';
import { CAUGHT_REDIRECT, isCaught } from '../../../shared/oidc/caught.ts';

it.each([
  [`${CAUGHT_REDIRECT}?code=c&state=s`, true],
  [CAUGHT_REDIRECT, false],
  [`${CAUGHT_REDIRECT}/more?code=c`, false],
  ['http://127.0.0.1:2/oauth/callback?code=c', false],
  ['https://evil.example/?to=http://127.0.0.1:1/oauth/callback?code=c', false],
])('%s', (address, caught) => expect(isCaught(address)).toBe(caught));
