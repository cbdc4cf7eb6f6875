import { describe, expect, it } from 'vitest';
import { screenHere } from '../support/desktop/screen.ts';
import { openWindow } from '../support/desktop/window.ts';
import { until } from '../support/until.ts';

// The popup in the window that Chromium draws for it, and the shortcut that opens it: no page shows either.
// Skipped only where there is no Xvfb or no xdotool; `npm test` installs them where it may (scripts/test.mjs).
describe.skipIf(!screenHere())('the popup, in its real window', () => {
  it('opens by its shortcut; nothing scrolls around it and no row is cut', async ({ onTestFinished }) => {
    const { screen, ground, browser, close } = await openWindow({
      config: ({ idc }) =>
        ['corp', 'lab', 'partner', 'staging', 'audit', 'games']
          .map((name) => `[sso-session ${name}]\nsso_start_url = ${idc.startUrl}\nsso_region = us-east-1\n`)
          .join('\n'),
    });
    onTestFinished(close);
    const { idc } = ground;
    const { id } = await browser.extension();
    await browser.context.addCookies([idc.portalCookie()]);
    expect((await ground.line('login', 'corp').finished).code).toBe(0);
    const page = await browser.context.newPage();
    await page.goto(idc.startUrl);
    const options = await browser.context.newPage();
    await options.goto(`chrome-extension://${id}/options/options.html`);
    await page.bringToFront();
    // The driver sees no popup; another page of the extension does.
    const seen = () => options.evaluate<Seen>(`(${seenOf})(chrome.extension.getViews({ type: 'popup' })[0])`);
    // The window follows what is in it.
    const settled = async (arrived: (now: Seen) => boolean): Promise<Seen> => {
      let now = await seen();
      const fits = ({ scroll, window }: Seen) => String(scroll) === String(window) && window[1] <= 600;
      await until(async () => {
        now = await seen();
        return arrived(now) && fits(now);
      }).catch(() => expect([arrived(now), now]).toEqual([true, { ...now, scroll: now.window }]));
      return now;
    };

    screen.press('alt+shift+k');
    const sessions = await settled(({ rows }) => rows.length === 6);
    expect(sessions.rows.every(({ whole }) => whole)).toBe(true);

    await options.evaluate(
      `chrome.extension.getViews({ type: 'popup' })[0].document.querySelectorAll('[role=tab]')[1].click()`,
    );
    await settled(({ list }) => list);
    screen.press('Down');
    const roles = await settled(({ rows }) => rows.some(({ chosen }) => chosen));
    expect(roles.rows.filter(({ whole }) => whole).length).toBeGreaterThanOrEqual(4);
    expect(roles.rows.find(({ chosen }) => chosen)).toEqual({ chosen: true, whole: true });
  });
});

interface Seen {
  /** Width and height of what would be scrolled, and of the window. */
  readonly scroll: readonly [number, number];
  readonly window: readonly [number, number];
  readonly list: boolean;
  readonly rows: readonly { readonly whole: boolean; readonly chosen: boolean }[];
}

/** Runs in a page of the extension. */
function seenOf(popup: Window | undefined): Seen {
  // A window that is just opening has no document yet.
  const root = popup?.document?.documentElement;
  if (!popup || !root) return { scroll: [0, 0], window: [0, 0], list: false, rows: [] };
  const list = popup.document.querySelector('.role-list');
  const place = (list ?? root).getBoundingClientRect();
  const rows = [...popup.document.querySelectorAll('.card-row, [role=option]')].map((row) => {
    const { top, bottom, left, right } = row.getBoundingClientRect();
    const whole = top >= place.top && bottom <= place.bottom && left >= 0 && right <= popup.innerWidth;
    return { whole, chosen: row.getAttribute('aria-selected') === 'true' };
  });
  return {
    scroll: [root.scrollWidth, root.scrollHeight],
    window: [popup.innerWidth, popup.innerHeight],
    list: list !== null,
    rows,
  };
}
