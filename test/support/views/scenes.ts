import type { Page } from 'playwright-core';
import type { LoggedDecision } from '../../../shared/approval/decision-log.ts';
import type { ViewState } from '../../../shared/protocol/internal.ts';
import { background, noticeStage } from './pages.ts';
import { roleScenes } from './role-scenes.ts';
import type { Scene } from './scene.ts';
import {
  attempt,
  HISTORY,
  OPTIONS_STATES,
  PICTURE_TIME,
  POPUP_STATES,
  session,
  status,
  unavailable,
  viewState,
} from './states.ts';

const POPUP = { width: 380, height: 600 };
const PAGE = { width: 900, height: 760 };
const DIALOG = { width: 440, height: 600 };
const PORTAL = { width: 1100, height: 760 };
/** Browsers give a popup 800 x 600 px at most, whatever its zoom: at 200 % this is what is left of them. */
const ZOOMED_POPUP = [{ width: 380, height: 300 }];
const ZOOMED_DIALOG = [{ width: 220, height: 300 }];
/** 1280 px at 200 % and at 400 % (WCAG 1.4.10). */
const ZOOMED_PAGE = [
  { width: 640, height: 400 },
  { width: 320, height: 256 },
];
const WAITING = [{ command: 'aws sso login', session: 'corp', startedAt: PICTURE_TIME - 180_000 }];
const RUNNING = [{ command: 'aws sso login', session: null, startedAt: PICTURE_TIME - 42_000 }, ...WAITING];

export const popupScene = (name: string, state: ViewState | null, more: Partial<Scene> = {}): Scene => ({
  name: `popup-${name}`,
  path: 'popup/popup.html',
  state,
  window: POPUP,
  ready: state ? '.chip' : '.late',
  part: '.popup',
  zoomed: ZOOMED_POPUP,
  ...more,
});

export const optionsScene = (name: string, state: ViewState | null, more: Partial<Scene> = {}): Scene => ({
  name: `options-${name}`,
  path: 'options/options.html',
  state,
  window: PAGE,
  ready: '.chip',
  zoomed: ZOOMED_PAGE,
  ...more,
});

const askScene = (name: string, question: Scene['question'], more: Partial<Scene> = {}): Scene => ({
  name: `ask-${name}`,
  path: 'ask/ask.html#1',
  state: null,
  ...(question === undefined ? {} : { question }),
  window: DIALOG,
  ready: 'h1',
  zoomed: ZOOMED_DIALOG,
  ...more,
});

const noticeScene = (name: string, act: Scene['act'], more: Partial<Scene> = {}): Scene => ({
  name: `notice-${name}`,
  path: 'portal',
  state: null,
  window: PORTAL,
  ready: '#cli_verification_btn',
  onForeignPage: true,
  zoomed: ZOOMED_PAGE,
  ...(act ? { act } : {}),
  ...more,
});

const CHECKS = [
  { id: 'a', title: 'Node', state: 'ok', text: 'v20.19.0', next: null },
  {
    id: 'b',
    title: 'native host of chromium',
    state: 'fail',
    text: '~/.config/chromium/NativeMessagingHosts/awsher.json names a program that is gone.',
    next: 'awsher install --browser chromium',
  },
  { id: 'c', title: 'proxy', state: 'skip', text: 'none is set', next: null },
];

const TERMINAL = {
  command: 'aws sso login',
  pid: 4242,
  parents: ['zsh', 'gnome-terminal'],
  folder: 'shop-api',
  profile: 'prod',
};

async function showHistory(page: Page, decisions: LoggedDecision[]): Promise<void> {
  await page.locator('#tab-history').click();
  await background(page).push({ type: 'history', decisions });
  await page.locator('.entry, .empty').first().waitFor();
}

/** The view of the log, with these decisions in it. */
const historyScene = (name: string, decisions: LoggedDecision[], more: Partial<Scene> = {}): Scene =>
  popupScene(
    name,
    viewState({ ...POPUP_STATES.many, foreign: decisions.find(({ act }) => act === 'warned') ?? null }),
    {
      act: (page) => showHistory(page, decisions),
      ...more,
    },
  );

async function askToSignOut(page: Page): Promise<void> {
  await page.locator('.more-open').click();
  await page.locator('.more .button').first().click();
  await page.locator('.question').waitFor();
}

/** The language with the longest words, and those with letters of their own. */
const OTHER_LANGUAGES = ['de', 'ko', 'ja', 'zh-CN'];

const POPUP_SCENES: Scene[] = [
  popupScene('offline', POPUP_STATES.valid ?? null, {
    async act(page) {
      await page.evaluate(() => {
        Object.defineProperty(navigator, 'onLine', { get: () => false, configurable: true });
        dispatchEvent(new Event('offline'));
      });
      await page.locator('.banner').waitFor();
    },
  }),
  popupScene('more', POPUP_STATES.many ?? null, {
    act: (page) => page.locator('.more-open').first().click(),
  }),
  popupScene('sign-out', POPUP_STATES.valid ?? null, { act: askToSignOut }),
  ...roleScenes(popupScene),
  historyScene('history', HISTORY),
  historyScene('history-calm', HISTORY.slice(1)),
  historyScene('history-session', HISTORY.slice(1), {
    async act(page) {
      await showHistory(page, HISTORY.slice(1));
      // By its place: scenes are shown with longer texts, too.
      await page.locator('.filters select').selectOption('corp');
    },
  }),
  historyScene('history-empty', []),
  ...['de', 'ja'].map((language) => historyScene(`history-${language}`, HISTORY, { language })),
  popupScene('failed-de', POPUP_STATES.failed ?? null, { language: 'de' }),
  popupScene('sign-out-de', POPUP_STATES.valid ?? null, { language: 'de', act: askToSignOut }),
  ...Object.entries(POPUP_STATES).map(([name, state]) => popupScene(name, state)),
  ...OTHER_LANGUAGES.map((language) =>
    popupScene(`many-${language}`, POPUP_STATES.many ?? null, { language }),
  ),
];

const OPTIONS_SCENES: Scene[] = [
  ...Object.entries(OPTIONS_STATES).map(([name, state]) => optionsScene(name, state)),
  ...OTHER_LANGUAGES.map((language) =>
    optionsScene(`sessions-${language}`, OPTIONS_STATES.sessions ?? null, { language }),
  ),
  optionsScene('errors', OPTIONS_STATES.empty ?? null, {
    async act(page) {
      await page.locator('#startUrl').fill('http://corp.awsapps.com/start');
      await page.locator('.session-form .field-more summary').click();
      await page.locator('#region').fill('eu-centrl-1');
      await page.locator('.session-form [type=submit]').click();
      await page.locator('.field-error .button').waitFor();
    },
  }),
  optionsScene('regions', OPTIONS_STATES.empty ?? null, {
    async act(page) {
      await page.locator('.session-form .field-more summary').click();
      await page.locator('#region').fill('eu');
      await page.locator('#region').press('ArrowDown');
      await page.getByRole('option').first().waitFor();
    },
  }),
  optionsScene('remove', OPTIONS_STATES.sessions ?? null, {
    async act(page) {
      await page.locator('.row', { hasText: 'lab' }).getByRole('button').last().click();
    },
  }),
];

OPTIONS_SCENES.push(
  optionsScene('edit', OPTIONS_STATES.sessions ?? null, {
    async act(page) {
      await page.locator('.row', { hasText: 'corp' }).getByRole('button').first().click();
      await page.locator('.row', { hasText: 'lab' }).getByRole('button').first().click();
    },
  }),
  optionsScene('session-settings-open', OPTIONS_STATES['session-settings'] ?? null, {
    async act(page) {
      for (const row of await page.locator('.row .field-more summary').all()) await row.click();
    },
  }),
  optionsScene('checks', OPTIONS_STATES.sessions ?? null, {
    async act(page) {
      await page.locator('#computer .check-head .button').click();
      await background(page).push({ type: 'doctor', checks: CHECKS, error: null });
      await page.locator('#computer .check').first().waitFor();
    },
  }),
);

const ASK_CODE = {
  kind: 'device',
  asker: TERMINAL,
  askBecause: 'unknown-program',
  hostname: 'd-1234567890.awsapps.com',
  userCode: 'ABCD-EFGH',
} as const;
const ASK_SCENES: Scene[] = [
  askScene('sign-in', {
    kind: 'sign-in',
    asker: TERMINAL,
    session: 'corp',
    hostname: 'd-1234567890.awsapps.com',
  }),
  askScene('device', { ...ASK_CODE, running: [] }),
  askScene('device-running', {
    ...ASK_CODE,
    running: [{ command: 'aws sso login', startedAt: PICTURE_TIME - 17_000 }],
  }),
  askScene('device-de', { ...ASK_CODE, running: [] }, { language: 'de' }),
  askScene('device-endpoint', { ...ASK_CODE, askBecause: 'endpoint-override', running: null }),
  askScene('authorization', {
    kind: 'authorization',
    asker: { command: 'steampipe', pid: 77, parents: [] },
    askBecause: 'unknown-program',
    hostname: 'oidc.eu-central-1.amazonaws.com',
    port: 51_234,
  }),
  askScene('over', null),
];

const PERMISSION_SCENES: Scene[] = [
  { name: 'needed', missing: ['https://oidc.eu-central-1.amazonaws.com/*'] },
  { name: 'done', missing: [] },
].map(({ name, missing }) => ({
  name: `permission-${name}`,
  path: 'permission/permission.html',
  state: viewState({
    sessions: [session('corp', { attempt: attempt('permission-needed') })],
    missingPermissions: missing,
  }),
  window: DIALOG,
  ready: '.panel',
  zoomed: ZOOMED_DIALOG,
}));

const NOTICE_SCENES: Scene[] = [
  noticeScene('code', (page) => noticeStage(page).notice('code', [])),
  noticeScene('waiting', (page) => noticeStage(page).notice('code', WAITING)),
  noticeScene('running', (page) => noticeStage(page).notice('code', RUNNING)),
  noticeScene('looking', (page) => noticeStage(page).notice('code', null)),
  noticeScene('never', (page) => noticeStage(page).notice('never', [])),
  noticeScene('consent', (page) => noticeStage(page).notice('consent', [])),
  ...OTHER_LANGUAGES.flatMap((language) => [
    noticeScene(`code-${language}`, (page) => noticeStage(page).notice('code', WAITING), { language }),
    noticeScene(`running-${language}`, (page) => noticeStage(page).notice('code', RUNNING), { language }),
  ]),
  noticeScene('sure', async (page) => {
    await noticeStage(page).notice('code', []);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
  }),
  noticeScene('small', (page) => noticeStage(page).notice('code', WAITING), {
    window: { width: 480, height: 400 },
  }),
  noticeScene('hint', (page) => noticeStage(page).hint('please-click'), {
    window: { width: 1100, height: 400 },
  }),
];

const MISSING = viewState({
  host: unavailable('missing'),
  installCommand: 'awsher install --browser chromium',
});
const FROM_CONFIG = [
  session('corp', { status: status('expired', -3_600_000) }),
  session('data-platform', {
    startUrl: 'https://ssoins-7223a1b2c3d4e5f6.eu-west-1.portal.amazonaws.com',
    status: status('none', null),
  }),
];
const ADDED = { source: 'extension', status: null } as const;
const SIGNED_IN = { status: status('valid', 8 * 3_600_000) };

const welcomeScene = (name: string, state: ViewState | null, more: Partial<Scene> = {}): Scene => ({
  name: `welcome-${name}`,
  path: 'welcome/welcome.html',
  state,
  window: { width: 900, height: 760 },
  ready: state ? '.steps' : '.late',
  zoomed: ZOOMED_PAGE,
  ...more,
});

const WELCOME_SCENES: Scene[] = [
  welcomeScene('starting', null),
  welcomeScene('command', MISSING),
  ...OTHER_LANGUAGES.map((language) => welcomeScene(`command-${language}`, MISSING, { language })),
  welcomeScene('shorter', MISSING, { act: (page) => page.locator('summary').click() }),
  welcomeScene('forbidden', viewState({ host: unavailable('forbidden') })),
  welcomeScene('too-old', viewState({ host: unavailable('too-old') })),
  welcomeScene('session', viewState()),
  welcomeScene('sign-in', viewState({ sessions: [session('corp', ADDED)] })),
  welcomeScene('terminal-first', viewState({ sessions: FROM_CONFIG })),
  welcomeScene(
    'your-turn',
    viewState({ sessions: [session('corp', { ...ADDED, attempt: attempt('sign-in-needed') })] }),
  ),
  welcomeScene(
    'storing',
    viewState({ sessions: [session('corp', { ...ADDED, attempt: attempt('storing-token') })] }),
  ),
  welcomeScene(
    'failed',
    viewState({
      sessions: [
        session('corp', {
          ...ADDED,
          attempt: attempt('requesting-code', {
            endedAt: PICTURE_TIME,
            error: {
              code: 'REGION_WRONG',
              message: 'The portal d-1234567890.awsapps.com does not live in eu-central-1.',
              hint: 'run `awsher login corp --region us-east-1 --replace`',
            },
          }),
        }),
      ],
    }),
  ),
  welcomeScene('done', viewState({ sessions: [session('corp', SIGNED_IN)] })),
  welcomeScene(
    'done-many',
    viewState({ sessions: [session('corp', SIGNED_IN), session('gov', SIGNED_IN), session('lab')] }),
  ),
];

/** Every state of every view. */
export const SCENES: readonly Scene[] = [
  ...POPUP_SCENES,
  ...OPTIONS_SCENES,
  ...ASK_SCENES,
  ...PERMISSION_SCENES,
  ...WELCOME_SCENES,
  ...NOTICE_SCENES,
];
