import { expect, it } from 'vitest';
import { cameBack } from '../../../../extension/background/request/came-back.ts';
import { CAUGHT_REDIRECT } from '../../../../shared/oidc/redirect.ts';
import type { Request } from '../../../../shared/request/request.ts';
import { FRESH } from '../../../shared/request/samples.ts';

const proof = {
  state: 's',
  verifier: 'v',
  code: null,
  clientId: 'c',
  poll: { intervalMs: 0, failures: 0 },
  askAt: null,
  asking: false,
};
const IN_TAB: Record<number, Request> = {
  6: FRESH.device(),
  7: { ...FRESH.pkce(), proof },
  9: FRESH.authorization(),
};

it.each([
  ['the answer', 7, `${CAUGHT_REDIRECT}?code=c1&state=s`, ['code']],
  ['a refusal', 7, `${CAUGHT_REDIRECT}?error=access_denied&state=s`, ['denied']],
  ['another state', 7, `${CAUGHT_REDIRECT}?code=c1&state=x`, []],
  ['another address', 7, 'https://evil.example/?code=c1&state=s', []],
  ['the answer to what was handed over', 9, 'http://127.0.0.1:7777/oauth/callback?code=0&state=s', ['code']],
  ['its refusal', 9, 'http://127.0.0.1:7777/oauth/callback?error=access_denied&state=s', ['denied']],
  ['another port', 9, 'http://127.0.0.1:7778/oauth/callback?error=access_denied&state=s', []],
  ['a code that was handed over', 6, 'http://127.0.0.1:7777/oauth/callback?code=0&state=s', []],
  ["a tab that is nobody's", 8, `${CAUGHT_REDIRECT}?code=c1&state=s`, []],
])('%s', (_name, tabId, address, heard) => {
  const fed: string[] = [];
  const requests = {
    inTab: (tab: number) => IN_TAB[tab],
    feed: (_id: string, event: { reply: { kind: string } }) => fed.push(event.reply.kind),
  } as never;
  cameBack(requests, tabId, address);
  expect(fed).toEqual(heard);
});
