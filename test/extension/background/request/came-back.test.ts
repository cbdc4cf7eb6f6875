import { expect, it } from 'vitest';
import { cameBack } from '../../../../extension/background/request/came-back.ts';
import { CAUGHT_REDIRECT } from '../../../../shared/oidc/caught.ts';
import { FRESH } from '../../../shared/request/samples.ts';

const proof = {
  state: 's',
  redirectUri: CAUGHT_REDIRECT,
  verifier: 'v',
  code: null,
  clientId: 'c',
  poll: { intervalMs: 0, failures: 0 },
  askAt: null,
  asking: false,
};

it.each([
  ['the answer', 7, `${CAUGHT_REDIRECT}?code=c1&state=s`, ['code']],
  ['a refusal', 7, `${CAUGHT_REDIRECT}?error=access_denied&state=s`, ['denied']],
  ['another state', 7, `${CAUGHT_REDIRECT}?code=c1&state=x`, []],
  ['another address', 7, 'https://evil.example/?code=c1&state=s', []],
  ["a tab that is nobody's", 8, `${CAUGHT_REDIRECT}?code=c1&state=s`, []],
])('%s', (_name, tabId, address, heard) => {
  const fed: string[] = [];
  const requests = {
    inTab: (tab: number) => (tab === 7 ? { ...FRESH.pkce(), proof } : undefined),
    feed: (_id: string, event: { reply: { kind: string } }) => fed.push(event.reply.kind),
  } as never;
  cameBack(requests, tabId, address);
  expect(fed).toEqual(heard);
});
