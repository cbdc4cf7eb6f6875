import type { Browser, Page } from 'playwright-core';
import type { LocaleMessage } from './build.ts';
import type { FakeExtensionOptions } from './fake-extension.ts';
import type { Scene, Size } from './scene.ts';
import { PICTURE_TIME } from './states.ts';

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
  /** What is shown, in a window of another size: as when a person zooms. */
  resize(size: Size): Promise<void>;
  /** What is shown, with texts that are 40 % longer, or as they are. */
  lengthen(on: boolean): Promise<void>;
  /** What is shown, read in this direction: a new one costs far less than a new page. */
  direct(direction: 'ltr' | 'rtl'): Promise<void>;
  /** What the console and the content security policy complained about since the last call. */
  problems(): string[];
}

const OPEN_SHADOWS = `{const attach = Element.prototype.attachShadow;
Element.prototype.attachShadow = function () { return attach.call(this, { mode: 'open' }); };}`;

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

/** Opens the tab. `fake` is the script of `fake-extension.ts`, which reads its options from the page; `scale`: device pixels of one CSS pixel. */
export async function openReel(
  browser: Browser,
  origin: string,
  fake: string,
  messages: Messages,
  scale = 1,
): Promise<Reel> {
  const context = await browser.newContext({
    colorScheme: 'light',
    reducedMotion: 'reduce',
    timezoneId: 'UTC',
    locale: 'en-GB',
    deviceScaleFactor: scale,
  });
  const page = await context.newPage();
  await page.clock.setFixedTime(PICTURE_TIME);
  let problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  let script: { dispose(): Promise<void> } | undefined;
  let light = true;
  let takes = 0;
  let shown: Scene | null = null;
  const scheme = async (wanted: 'light' | 'dark') => {
    if (light !== (wanted === 'light')) await page.emulateMedia({ colorScheme: wanted });
    light = wanted === 'light';
  };
  let window: Size = { width: 0, height: 0 };
  // A new size costs a tenth of a second, also when it is the same one.
  const inWindow = async ({ width, height }: Size): Promise<void> => {
    if (window.width === width && window.height === height) return;
    window = { width, height };
    await page.setViewportSize(window);
  };
  /** Another address each time: one that differs in its fragment only would not be loaded again. */
  const load = async (scene: Scene, take: Take): Promise<void> => {
    await script?.dispose();
    const options = fakeOptions(scene, take, messages);
    script = await page.addInitScript({
      content: `${OPEN_SHADOWS}globalThis.fakeOptions = ${JSON.stringify(options)};\n${fake}`,
    });
    takes += 1;
    await page.goto(`${origin}/${scene.path.replace(/(?=#|$)/, `?${takes}`)}`);
    await page.locator(scene.ready).first().waitFor({ state: 'attached' });
    await scene.act?.(page);
  };
  /** As the background does when something happens. */
  const change = ({ state }: Scene): Promise<void> =>
    page.evaluate((next) => {
      scrollTo(0, 0);
      if (next) globalThis.fake.setState(next);
    }, state);
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
      else await load(scene, take);
      await settled(page);
      shown = scene;
    },
    async resize(size) {
      await inWindow(size);
      await page.evaluate(() => scrollTo(0, 0));
      await settled(page);
    },
    async lengthen(on) {
      await page.evaluate((longer) => globalThis.fake.lengthen(longer), on);
      await settled(page);
    },
    async direct(direction) {
      await page.evaluate((dir) => {
        const island =
          document.documentElement.lastElementChild?.shadowRoot?.querySelector<HTMLElement>('[dir]');
        (island ?? document.documentElement).dir = dir;
      }, direction);
    },
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

/** Waits until nothing moves any more that ever comes to an end, and everything is drawn. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const ending = document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().iterations !== Number.POSITIVE_INFINITY);
    await Promise.all(ending.map((animation) => animation.finished.catch(() => {})));
    await document.fonts.ready;
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  });
}
