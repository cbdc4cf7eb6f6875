import { expect, it } from 'vitest';
import { opened, page, show, tab, tabClosed } from '../../../shared/request/page.ts';
import type { Request } from '../../../shared/request/request.ts';
import { NOW, places, told } from './samples.ts';

const at = (name: string): Request => Object(places().find((one) => one.name === name)).request;
const rows: [string, (request: Request) => ReturnType<typeof page>, string][] = [
  [
    'sign-in, opening page',
    (one) => opened(one, { type: 'opened', what: 'page', tabId: 7 }, NOW),
    'tab 7 | bind 7',
  ],
  [
    'sign-in, permission',
    (one) => opened(one, { type: 'opened', what: 'permission', tabId: 7 }, NOW),
    'tab 7 | front 7',
  ],
  [
    'sign-in, page there',
    (one) => opened(one, { type: 'opened', what: 'dialog', tabId: 8 }, NOW),
    '= | close 8',
  ],
  [
    'sign-in, page there',
    (one) => page(one, { type: 'page', shows: 'persons-turn' }, NOW),
    'page click-needed, in front, ask +6 | front 7',
  ],
  [
    'sign-in, page there',
    (one) => page(one, { type: 'page', shows: 'approved' }, NOW),
    'collecting collecting-token, asking | tell approved, ask-token',
  ],
  [
    'device, page there',
    (one) => page(one, { type: 'page', shows: 'approved' }, NOW),
    'ended done, approved, no code | spend ABCD-EFGH, close 7',
  ],
  ['saml, page there', (one) => page(one, { type: 'page', shows: 'approved' }, NOW), '= | -'],
  ['sign-in, page there', (one) => tab(one, { type: 'tab', at: 'away', complete: true }, NOW), 'rests | -'],
  [
    'sign-in, page rested',
    (one) => tab(one, { type: 'tab', at: 'away', complete: true }, NOW),
    'page sign-in-needed, in front, moves | front 7',
  ],
  [
    'authorization, page there',
    (one) => tab(one, { type: 'tab', at: 'portal', complete: true }, NOW),
    '= | read 7',
  ],
  [
    'authorization, allowing, away',
    (one) => tab(one, { type: 'tab', at: 'away', complete: true }, NOW),
    'ended done, approved, tab null, moves | close 7, spend',
  ],
  [
    'sign-in, asking, dialog there',
    (one) => tabClosed(one, NOW),
    'ended answer-needed, SIGN_IN_CANCELLED, tab null | log declined-by-person',
  ],
  ['sign-in, collecting', (one) => tabClosed(one, NOW), 'tab null | -'],
  ['authorization, allowing', (one) => tabClosed(one, NOW), 'ended done, approved, tab null | spend'],
  ['sign-in, person signs in', (one) => show(one, 'click-needed', NOW), 'page click-needed, ask +6 | -'],
];

it.each(rows)('%s', (name, happen, line) => {
  const request = at(name);
  const after = happen(request);
  expect(told(request, after)).toBe(line);
});
