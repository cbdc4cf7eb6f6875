import { expect, it } from 'vitest';
import type { Request } from '../../../shared/request/request.ts';
import { ask, askByClock, cameBack, collect, reply } from '../../../shared/request/token.ts';
import { EVENTS, NOW, places, told } from './samples.ts';

const at = (name: string): Request => Object(places().find((one) => one.name === name)).request;
const event = (name: string) => EVENTS[name] as never;
const rows: [string, (request: Request) => ReturnType<typeof ask>, string][] = [
  ['sign-in, page there', (one) => ({ request: askByClock(one, NOW), effects: [] }), 'ask +6 | -'],
  ['device, page there', (one) => ({ request: askByClock(one, NOW), effects: [] }), '= | -'],
  ['sign-in, person clicks', (one) => ({ request: askByClock(one, NOW), effects: [] }), '= | -'],
  [
    'sign-in, page there',
    (one) => collect(one, NOW),
    'collecting collecting-token, asking | tell approved, ask-token',
  ],
  ['saml, page there', (one) => collect(one, NOW), '= | -'],
  [
    'pkce, page there',
    (one) => cameBack(one, event('came back: code'), NOW),
    'collecting collecting-token, asking, answer string | tell approved, ask-token',
  ],
  [
    'pkce, page there',
    (one) => cameBack(one, event('came back: denied'), NOW),
    'ended opening-page, SIGN_IN_DENIED, no proof | spend, close 7',
  ],
  ['pkce, collecting', (one) => cameBack(one, event('came back: code'), NOW), '= | -'],
  ['sign-in, page there', (one) => ask(one, NOW), '= | -'],
  ['sign-in, person clicks', (one) => ask(one, Number(one.code?.askAt)), 'ask -, asking | ask-token'],
  [
    'sign-in, collecting',
    (one) => reply(one, event('reply: token'), NOW),
    'collecting storing-token, until +180, not asking | store token no writeSection',
  ],
  ['sign-in, collecting', (one) => reply(one, event('reply: pending'), NOW), 'ask +6, not asking | -'],
  [
    'sign-in, collecting',
    (one) => reply(one, event('reply: slow down'), NOW),
    'ask +12, not asking, every 10 | -',
  ],
  [
    'sign-in, collecting',
    (one) => reply(one, event('reply: denied'), NOW),
    'ended collecting-token, SIGN_IN_DENIED, no code | spend ABCD-EFGH, close 7',
  ],
  [
    'sign-in, collecting',
    (one) => reply(one, event('reply: refused'), NOW),
    'ended collecting-token, AWS_ERROR, no code | spend ABCD-EFGH, close 7',
  ],
  ['sign-in, page there', (one) => reply(one, event('reply: token'), NOW), '= | -'],
];

it.each(rows)('%s', (name, happen, line) => {
  const request = at(name);
  expect(told(request, happen(request))).toBe(line);
});
