import type { HTTPRequest, Page } from 'puppeteer-core';
import { tellRequests } from '../browsers/firefox-bidi.ts';
import { shown } from '../browsers/shown.ts';
import { type Lab, labOf } from '../hostile-lab.ts';
import { keptState, looks } from '../judged.ts';
import { type KeptFirefox, keptFirefox } from '../kept-firefox.ts';
import { until } from '../until.ts';
import type { LabBrowser, LabPage } from './browser.ts';
import { holdInStorage } from './hold.ts';

/** The same lab in the Firefox that the tests of a file use one after the other. */
export async function openFirefoxLab(): Promise<Lab> {
  const stage = await keptFirefox();
  return labOf(stage, hostileFirefox(stage));
}

function hostileFirefox(stage: KeptFirefox): LabBrowser {
  const { firefox, ear } = stage;
  const { browser } = firefox;
  let told = false;
  const tell = async () => {
    if (!told) await tellRequests(browser, true);
    told = true;
  };
  return {
    nextPage: async () => pageOf(await firefox.nextPage(), tell),
    newPage: async () => pageOf(await browser.newPage(), tell),
    signInToPortals: stage.signedInToPortal,
    allow: stage.give,
    async holdNext(step) {
      // An event page is a page: another page of the extension may reach into it.
      const view = await ear();
      await view.evaluate(async () => {
        const isApi = (value: unknown): value is typeof chrome =>
          typeof value === 'object' && value !== null && 'storage' in value;
        const window = await new Promise<Window | undefined>((resolve) =>
          chrome.runtime.getBackgroundPage(resolve),
        );
        const api: unknown = window && Reflect.get(window, 'chrome');
        if (!isApi(api)) throw new Error('no event page is running');
        globalThis.background = api;
      });
      await view.evaluate(holdInStorage, `"step":"${step}"`);
      return () => view.evaluate(() => globalThis.release());
    },
    looks: async () => looks(await ear(), ''),
    keptState: async () => keptState(await ear()),
    stopBackground: stage.stopBackground,
    async clear(keep) {
      const first = await ear();
      const kept = keep && driven.get(keep);
      for (const page of await browser.pages())
        if (page !== first && page !== kept?.page) await page.close().catch(() => {});
      if (kept) await kept.release();
      else await browser.deleteCookie(...(await browser.cookies()));
      if (told) await tellRequests(browser, false);
      told = false;
    },
    leave: stage.leave,
    close: stage.close,
  };
}

const driven = new WeakMap<LabPage, { page: Page; release(): Promise<void> }>();

/** `tell`: has Firefox tell of its requests, of which this page answers some. */
function pageOf(page: Page, tell: () => Promise<void>): LabPage {
  /** By address: what is held. */
  const holds = new Map<RegExp, HTTPRequest[]>();
  const served = new Map<string, { html: string; asked: (path: string) => void }>();
  let intercepting = false;
  const intercept = async () => {
    if (intercepting) return;
    intercepting = true;
    page.on('request', answer);
    await tell();
    await page.setRequestInterception(true);
  };
  const answer = (request: HTTPRequest) => {
    const url = new URL(request.url());
    const own = served.get(url.hostname);
    if (own) {
      own.asked(url.pathname);
      void request.respond({ contentType: 'text/html', body: own.html }).catch(() => {});
      return;
    }
    const held = [...holds].find(([address]) => address.test(url.href))?.[1];
    if (held) held.push(request);
    else void request.continue().catch(() => {});
  };
  const release = async () => {
    if (!intercepting) return;
    intercepting = false;
    holds.clear();
    served.clear();
    page.off('request', answer);
    await page.setRequestInterception(false);
  };
  const at = () => page.evaluate(() => location.href).catch(() => '');
  const one: LabPage = {
    // The portal goes on by itself while it loads; the driver then calls the first navigation aborted.
    goto: async (url) => void (await page.goto(url, { waitUntil: 'domcontentloaded' }).catch(() => {})),
    reload: async () => void (await page.reload({ waitUntil: 'domcontentloaded' })),
    url: () => page.url(),
    waitForSelector: async (selector, options) => void (await shown(page, selector, options?.timeout)),
    waitForURL: (wanted) =>
      until(async () => {
        const fits = (url: string) => (typeof wanted === 'string' ? url === wanted : wanted.test(url));
        return fits(await at()) && fits(page.url());
      }),
    waitForText: async (text) => void (await shown(page, `::-p-text(${text})`)),
    evaluate: <R, A>(inPage: (argument: A) => R, argument: A) =>
      page.evaluate(inPage as (argument: unknown) => Awaited<R>, argument as unknown),
    bringToFront: () => page.bringToFront(),
    expose: (name, told) => page.exposeFunction(name, told),
    async hold(address) {
      const held: HTTPRequest[] = [];
      holds.set(address, held);
      await intercept();
      return async () => {
        holds.delete(address);
        // Those of a page that is gone cannot go on.
        for (const request of held) await request.continue().catch(() => {});
      };
    },
    async serve(hostname, html, asked) {
      served.set(hostname, { html, asked });
      await intercept();
    },
    injected: async () => null,
    async frame() {
      await until(() => page.frames().length > 1);
      const [frame] = page.frames().slice(1);
      if (!frame) throw new Error('there is no frame');
      // Asked for again and again: the driver's own waiting fails where the frame goes on to another host meanwhile.
      const isUp = () => document.querySelector('#root, #sign-in-with-passkey') !== null;
      await until(() => frame.evaluate(isUp).catch(() => false));
      return { origin: await frame.evaluate(() => location.origin), injected: null };
    },
  };
  driven.set(one, { page, release });
  return one;
}
