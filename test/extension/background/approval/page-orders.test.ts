import { beforeEach, expect, it } from 'vitest';
import {
  hintFor,
  hintOrder,
  type NoticeSubject,
  noticeFor,
  noticeOrder,
} from '../../../../extension/background/approval/page-orders.ts';
import { api } from '../../../../extension/platform/api.ts';
import { fakeStorage } from '../../../support/fake-storage.ts';

const kept = fakeStorage();
beforeEach(() => {
  const i18n = {
    getMessage: (key: string, values: string[] = []) => [key, ...values].join('|'),
    getUILanguage: () => 'en',
  };
  Reflect.set(api, 'i18n', i18n);
  return () => void Reflect.deleteProperty(api, 'i18n');
});

const RUNNING = { command: 'aws sso login', session: null, startedAt: 0 };
const OURS = { command: 'awsher login', session: 'corp', startedAt: 0 };
const SUBJECT: NoticeSubject = {
  id: 'n1',
  state: 'stranger',
  code: 'WXYZ-2345',
  host: 'corp.awsapps.com',
  kind: 'code',
  waiting: [],
  endpointOverride: false,
  never: false,
};

it.each<[string, Partial<NoticeSubject>, string, string, string]>([
  ['nobody asked', {}, 'noticeTitle', 'noticeNothingWaiting', 'noticeMine'],
  ['not known', { waiting: null }, 'noticeTitle', 'noticeNotKnown', 'noticeMine'],
  ['awsher looks', { state: 'checking' }, 'noticeTitleChecking', 'noticeLooking', 'noticeMine'],
  ['a command runs', { waiting: [RUNNING] }, 'noticeTitleUnsure', 'noticeUnsure', 'noticeMineHere'],
  ['only ours runs', { waiting: [OURS] }, 'noticeTitle', 'noticeNothingWaiting', 'noticeMine'],
  [
    'to compare',
    { state: 'compare', waiting: [RUNNING] },
    'noticeTitleCompare',
    'noticeCompare',
    'noticeMineHere',
  ],
  [
    'another endpoint',
    { endpointOverride: true, waiting: [RUNNING] },
    'noticeTitleUnsure',
    'askEndpoint',
    'noticeMineHere',
  ],
  [
    'device codes are off',
    { never: true, waiting: [RUNNING] },
    'noticeTitleNever',
    'noticeNever',
    'noticeMineHere',
  ],
])('a notice says: %s', (_name, change, title, lead, mine) => {
  const { words, look } = noticeOrder({ ...SUBJECT, ...change }, 'dark');
  expect([words.title, words.lead, words.mine, words.body]).toEqual([title, lead, mine, 'noticeCode']);
  expect(look).toMatchObject({
    language: 'locale',
    direction: 'ltr',
    css: expect.stringContaining('color-scheme:dark'),
  });
});

it('names what waits, each in a line of its own', () => {
  const { waiting } = noticeOrder({ ...SUBJECT, kind: 'consent', waiting: [OURS, RUNNING] }, 'light');
  expect(waiting?.map(({ line }) => line.split('|').slice(0, -1))).toEqual([
    ['noticeWaitingItem', 'awsher login', 'corp'],
    ['noticeWaitingCommand', 'aws sso login'],
  ]);
});

it('comes in the theme that the person chose, and without settings all the same', async () => {
  kept.settings = { label: '', watch: false, ask: false, theme: 'dark' };
  expect((await noticeFor(SUBJECT)).look.css).toContain('color-scheme:dark');
  expect(await hintFor('please-click')).toEqual(hintOrder('please-click', 'dark'));
  Reflect.set(api, 'storage', {});
  expect((await noticeFor(SUBJECT)).look.css).toContain('light dark');
});

it('a hint says why the person has to click', () => {
  expect([hintOrder('please-click', 'light').line, hintOrder('sign-in-goes-on', 'light').line]).toEqual([
    'hintPleaseClick',
    'hintSignInGoesOn',
  ]);
});
