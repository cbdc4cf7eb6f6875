import type { Browser, Page, Target } from 'puppeteer-core';
import * as v from 'valibot';
import { until } from '../until.ts';
import { bidiOf } from './firefox-bidi.ts';

const tab = v.looseObject({ context: v.string(), parent: v.optional(v.null()) });
const CREATED = 'browsingContext.contextCreated';
const DESTROYED = 'browsingContext.contextDestroyed';
const LOOK_MS = 250;

export interface FirefoxTabs {
  /** Lets the driver know the tabs that there are, and only these. */
  look(): Promise<void>;
  /** The next tab that somebody else opens. Call it before the tab opens. */
  nextPage(timeoutMs?: number): Promise<Page>;
}

/**
 * Firefox (153) does not always tell its driver of tabs. A tab for a page of an extension soon moves to another process: where that is
 * before its first document is there, the driver never hears of the tab, or opens one and hears that it no longer exists; and
 * it never hears of the end of a tab with such a page. So whoever waits for a tab asks Firefox now and then which ones it has.
 */
export async function followTabs(browser: Browser): Promise<FirefoxTabs> {
  const bidi = bidiOf(browser);
  const tabsThere = async () => {
    const answer = await bidi.send('browsingContext.getTree', { maxDepth: 0 });
    const { contexts } = v.parse(v.object({ result: v.object({ contexts: v.array(tab) }) }), answer).result;
    return new Map(contexts.map((one) => [one.context, one]));
  };
  const told = await tabsThere();
  const emit = bidi.emit.bind(bidi);
  bidi.emit = (method, params) => {
    const { success, output } = v.safeParse(tab, params);
    if (success && method === CREATED) {
      if (told.has(output.context)) return true;
      told.set(output.context, output);
    }
    if (success && method === DESTROYED) told.delete(output.context);
    return emit(method, params);
  };
  const look = async () => {
    const before = [...told.values()];
    const there = await tabsThere();
    for (const one of there.values()) bidi.emit(CREATED, one);
    for (const one of before) if (!there.has(one.context)) bidi.emit(DESTROYED, one);
  };

  const nextPage = async (timeoutMs = 45_000) => {
    const before = new Set(browser.targets());
    const isNew = (one: Target) => one.type() === 'page' && !before.has(one);
    // Where a tab has no document at the moment, Firefox says no more than that: the next look tells.
    const looks = setInterval(() => look().catch(() => {}), LOOK_MS);
    try {
      const target = await browser.waitForTarget(isNew, { timeout: timeoutMs });
      const page = await target.page();
      if (page === null) throw new Error('the tab has no page');
      return page;
    } finally {
      clearInterval(looks);
    }
  };

  const open = browser.newPage.bind(browser);
  browser.newPage = async () => {
    const before = new Set(await browser.pages());
    try {
      return await open();
    } catch (error) {
      if (!String(error).includes('DiscardedBrowsingContextError')) throw error;
      let page: Page | undefined;
      await until(async () => {
        await look();
        page = (await browser.pages()).find((one) => !before.has(one) && one.url() === 'about:blank');
        return page !== undefined;
      });
      if (page === undefined) throw error;
      return page;
    }
  };

  return {
    look,
    nextPage(timeoutMs) {
      const next = nextPage(timeoutMs);
      // A test that has failed before it comes to this one reports its own reason.
      next.catch(() => {});
      return next;
    },
  };
}
