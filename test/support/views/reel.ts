import type { Browser, Page } from 'playwright-core';
import type { LocaleMessage } from './build.ts';
import type { FakeExtensionOptions } from './fake-extension.ts';
import { LOOKS_SOURCE } from './looks.ts';
import type { Scene, Size } from './scene.ts';
import { viewTab } from './view-tab.ts';

/** How a scene is shown, beside what it is. */
export interface Take {
  language?: string;
  /** Texts are 40 % longer. */
  longer?: boolean;
  rightToLeft?: boolean;
}

/** One tab that shows scene after scene: a new tab, let alone a new browser, costs more than what is looked at. */
export interface Reel {
  readonly page: Page;
  /** Loads the scene, plays it up to its state, and waits until it stands still. Light, until `scheme` says otherwise. */
  show(scene: Scene, take?: Take): Promise<void>;
  scheme(scheme: 'light' | 'dark'): Promise<void>;
  /** What is shown, in a window of another size, as when a person zooms; and what a look at it finds. */
  resize(size: Size): Promise<void>;
  resize<T>(size: Size, look: () => T): Promise<T>;
  /** What is shown, with texts that are 40 % longer. */
  lengthen(): Promise<void>;
  /** What is shown, read in this direction: a new one costs far less than a new page. */
  direct(direction: 'ltr' | 'rtl'): Promise<void>;
  /** Sets the clock so many milliseconds after `PICTURE_TIME`, where every scene begins. */
  at(milliseconds: number): Promise<void>;
  /** What the console and the content security policy complained about since the last call. */
  problems(): string[];
}

// Nothing moves any more that ever comes to an end, and everything is drawn.
const SETTLED = `globalThis.settled = async (frames = 2) => {
  const ending = document.getAnimations()
    .filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity);
  await Promise.all(ending.map((animation) => animation.finished.catch(() => {})));
  await document.fonts.ready;
  for (; frames > 0; frames -= 1) await new Promise(requestAnimationFrame);
};
`;

/** What the fake extension around a view has to know to show a scene. */
export function fakeOptions(scene: Scene, take: Take, messages: Messages): FakeExtensionOptions {
  const language = take.language ?? scene.language ?? 'en';
  return {
    state: scene.state,
    ...(scene.question === undefined ? {} : { question: scene.question }),
    ...(scene.roles === undefined ? {} : { roles: scene.roles }),
    language,
    messages: messages[language] ?? {},
    longer: take.longer ?? false,
    rightToLeft: take.rightToLeft ?? false,
  };
}

export type Messages = Record<string, Record<string, LocaleMessage>>;

/** Opens the tab. `fake` is the script of `fake-extension.ts`, which reads its options from the page; `scale`: for pictures, device pixels of one CSS pixel. */
export async function openReel(
  browser: Browser,
  origin: string,
  fake: string,
  messages: Messages,
  scale?: number,
): Promise<Reel> {
  const context = await browser.newContext({
    colorScheme: 'light',
    reducedMotion: 'reduce',
    timezoneId: 'UTC',
    locale: 'en-GB',
    ...(scale === undefined ? { viewport: null } : { deviceScaleFactor: scale }),
  });
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  let problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  const tab = viewTab(page, origin, fake, SETTLED + LOOKS_SOURCE);
  let light = true;
  let shown: Scene | null = null;
  const scheme = async (wanted: 'light' | 'dark') => {
    if (light !== (wanted === 'light')) await page.emulateMedia({ colorScheme: wanted });
    light = wanted === 'light';
  };
  let window: Size = { width: 0, height: 0 };
  const inWindow = async ({ width, height }: Size): Promise<void> => {
    if (window.width === width && window.height === height) return;
    window = { width, height };
    // The driver takes pictures of what it knows of; for a look alone that costs three times as much.
    if (scale !== undefined) return page.setViewportSize(window);
    const metrics = { width, height, deviceScaleFactor: 1, mobile: false };
    await cdp.send('Emulation.setDeviceMetricsOverride', metrics);
  };
  /** As the background does when something happens. */
  const change = ({ state }: Scene): Promise<void> =>
    page.evaluate(`scrollTo(0, 0); fake.lengthen(false); fake.setState(${JSON.stringify(state)})`);
  return {
    page,
    scheme,
    async show(scene, take = {}) {
      const before = shown;
      // Until it stands there, nobody may go on from it.
      shown = null;
      await inWindow(scene.window);
      await scheme('light');
      if (before !== null && isNextStateOf(before, scene)) await change(scene);
      else {
        await tab.begin(scene.path, fakeOptions(scene, take, messages), true);
        await page.locator(scene.ready).first().waitFor({ state: 'attached' });
        await scene.act?.(page);
      }
      await page.evaluate('settled()');
      shown = scene;
    },
    async resize<T>(size: Size, look?: () => T) {
      await inWindow(size);
      return page.evaluate<T>(`scrollTo(0, 0); settled(1).then(${look ?? ''})`);
    },
    async lengthen() {
      await page.evaluate('fake.lengthen(true); settled()');
    },
    async direct(direction) {
      await page.evaluate((dir) => {
        const island =
          document.documentElement.lastElementChild?.shadowRoot?.querySelector<HTMLElement>('[dir]');
        (island ?? document.documentElement).dir = dir;
      }, direction);
    },
    at: tab.at,
    problems() {
      const told = problems;
      problems = [];
      return told;
    },
  };
}

/** Whether only the state of the background differs: the view that shows the one shows the other without being loaded. */
function isNextStateOf(before: Scene, scene: Scene): boolean {
  const isState = ({ act, question, roles, onForeignPage, state }: Scene): boolean =>
    !act && !question && !roles && !onForeignPage && state !== null;
  return (
    isState(before) && isState(scene) && before.path === scene.path && before.language === scene.language
  );
}
