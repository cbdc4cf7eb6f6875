import type { Page } from 'playwright-core';
import { NO_PREFERENCES } from '../../../extension/platform/role-storage.ts';
import type { ViewState } from '../../../shared/protocol/internal.ts';
import { background } from './pages.ts';
import { keptCatalogue, LIVED_IN, ROLE_ANSWERS, storedRoles } from './role-states.ts';
import type { Scene } from './scene.ts';
import { session, status, viewState } from './states.ts';

const SIGNED_IN = viewState({ sessions: [session('corp', { status: status('valid', 3_600_000) })] });
const SIGNED_OUT = viewState({ sessions: [session('corp')] });

/** Whoever opens the tab has the list, or the words that stand in its place. */
async function openTab(page: Page): Promise<void> {
  await page.locator('#tab-roles').click();
  await page.locator('.role-row, .roles-empty').first().waitFor();
}

const press =
  (...selectors: string[]) =>
  async (page: Page): Promise<void> => {
    for (const selector of selectors) await page.locator(selector).click();
  };

const MORE = '.more';
const KEYS = '.role-more button:last-child';
const SHOW = '.role-buttons .button-bad';
const EXPLAIN = '.role-more button:nth-child(3)';
const DESCRIBE = '.role-more button:nth-child(4)';

type PopupScene = (name: string, state: ViewState | null, more?: Partial<Scene>) => Scene;

/** Every state of the view of accounts and roles. */
export function roleScenes(popupScene: PopupScene): Scene[] {
  const scene = (name: string, more: Partial<Scene> = {}, state: ViewState = SIGNED_IN): Scene => {
    const { act } = more;
    return popupScene(`roles-${name}`, state, {
      roles: storedRoles(),
      ...more,
      async act(page) {
        await openTab(page);
        await act?.(page);
      },
    });
  };
  const terminal = async (page: Page): Promise<void> => {
    await page.keyboard.press('Shift+Enter');
    await page.locator('.role-panel .command, .role-failed').first().waitFor();
  };
  const two = [
    keptCatalogue(20, 3),
    keptCatalogue(3, 2, { session: 'lab', startUrl: 'https://lab.awsapps.com/start' }),
  ];
  const odd = keptCatalogue(12, 2);
  const [first, second, third] = odd.accounts;
  if (first)
    first.accountName = 'A name that is a good deal longer than any box in which it could ever stand';
  if (second) Object.assign(second, { roles: null, problem: 'forbidden' });
  if (third) third.accountName = '\u202egnihtemos \u0007<b>';
  return [
    scene('used'),
    scene('fresh', { roles: storedRoles(undefined, NO_PREFERENCES) }),
    scene('search', { act: (page) => page.keyboard.insertText('prod admin') }),
    scene('no-match', { act: (page) => page.keyboard.insertText('nothing like it') }),
    scene('more', { act: press(MORE) }),
    scene('terminal', { act: terminal }),
    scene('failed', {
      roles: storedRoles(undefined, LIVED_IN, {
        ...ROLE_ANSWERS,
        profile: {
          type: 'failed',
          error: {
            code: 'CONFIG_INVALID',
            message: 'Line 12 of the config begins a section that is there twice.',
            hint: 'run `awsher doctor --fix`, or edit line 12',
          },
        },
      }),
      act: terminal,
    }),
    scene('explain', {
      async act(page) {
        await press(MORE, EXPLAIN)(page);
        await page.locator('.explain-line').first().waitFor();
      },
    }),
    scene('explain-none', {
      roles: storedRoles(undefined, LIVED_IN, {
        ...ROLE_ANSWERS,
        explain: { type: 'explain', profile: null, verdict: '', lines: [] },
      }),
      async act(page) {
        await press(MORE, EXPLAIN)(page);
        await page.locator('.explain .late').waitFor({ state: 'detached' });
      },
    }),
    scene('keys-ask', { act: press(MORE, KEYS) }),
    scene('keys', {
      async act(page) {
        await press(MORE, KEYS, SHOW)(page);
        await page.locator('.key-lines').waitFor();
      },
    }),
    scene('keys-hidden', {
      async act(page) {
        await press(MORE, KEYS, SHOW)(page);
        // Before the keys have come, the second button is another one.
        await page.locator('.key-lines').waitFor();
        await press('.role-buttons button:nth-child(2)')(page);
        await page.locator('.key-lines').waitFor({ state: 'detached' });
      },
    }),
    scene('describe', { act: press(MORE, DESCRIBE) }),
    scene('two-sessions', { roles: storedRoles(two, NO_PREFERENCES) }),
    scene('odd', { roles: storedRoles([odd], NO_PREFERENCES) }),
    scene('listing', {
      act: (page) =>
        background(page).sayToRoles({
          type: 'progress',
          progress: { session: 'corp', done: 120, total: 1_000, ended: false, error: null },
        }),
    }),
    scene('not-renewed', {
      roles: storedRoles(undefined, LIVED_IN, {
        ...ROLE_ANSWERS,
        refresh: { type: 'failed', error: { code: 'NETWORK', message: 'AWS cannot be reached.' } },
      }),
    }),
    scene('first-listing', { roles: storedRoles([], NO_PREFERENCES) }),
    scene('signed-out', { roles: storedRoles([], NO_PREFERENCES) }, SIGNED_OUT),
    ...['de', 'ko', 'ja'].map((language) => scene(`more-${language}`, { language, act: press(MORE) })),
  ];
}
