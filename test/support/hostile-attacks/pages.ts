import { setTimeout as sleep } from 'node:timers/promises';
import type { Frame, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Lab, Ours } from '../hostile-lab.ts';
import { type Attack, anyPress, CONFIRM, laid } from './codes.ts';

/** A page that imitates the code page and tells its own server when its button is pressed. */
const imitation = (userCode: string): string => `<!doctype html><title>AWS</title>
<h1>Authorization requested</h1><div id="user-code">${userCode}</div>
<button id="cli_verification_btn" onclick="fetch('/pressed')">Confirm and continue</button>`;

/** Our own tab at an address of the attacker's choice, with an imitation there. */
export const imitatedAt =
  (origin: string, injected: 'injected' | 'not injected'): Attack =>
  async (lab) => {
    const { page, userCode } = await lab.waiting();
    let told = false;
    const { hostname } = new URL(origin);
    await lab.context.route(
      (url) => url.hostname === hostname,
      async (route) => {
        told ||= new URL(route.request().url()).pathname === '/pressed';
        await route.fulfill({ contentType: 'text/html', body: imitation(userCode) });
      },
    );
    await page.goto(`${origin}/start/#/device?user_code=${userCode}`);
    await laid(page, CONFIRM, () => told);
    expect(page.url()).toContain(origin);
    const { scripts } = await worlds(page);
    expect(scripts).toBe(injected === 'injected' ? 1 : 0);
    return () => told;
  };

/** How many documents of a tab or frame have a world of the extension, and the origins of all documents. */
async function worlds(of: Page | Frame): Promise<{ scripts: number; origins: string[] }> {
  const page = 'frames' in of ? of : of.page();
  const cdp = await page.context().newCDPSession(of);
  const found: { origin: string; isDefault: boolean }[] = [];
  cdp.on('Runtime.executionContextCreated', ({ context: { origin, auxData } }) => {
    found.push({ origin, isDefault: Boolean(auxData?.isDefault) });
  });
  await cdp.send('Runtime.enable');
  await cdp.detach();
  return {
    scripts: found.filter(({ origin }) => origin.startsWith('chrome-extension://')).length,
    origins: found.filter(({ isDefault }) => isDefault).map(({ origin }) => origin),
  };
}

/** Our own code page with something else in front of or behind its host. */
export const oursAtOrigin =
  (change: (origin: string) => string): Attack =>
  async (lab) => {
    const { page, userCode } = await lab.waiting();
    const pressed = anyPress(lab);
    await page.goto(`${change(`https://${lab.idc.portalHost}`)}/start/#/device?user_code=${userCode}`);
    await laid(page, CONFIRM, pressed);
    return pressed;
  };

/** The code page in a frame of another portal, whose own address claims the same. */
export const framed: Attack = async (lab) => {
  const { page, userCode } = await lab.waiting();
  const pressed = anyPress(lab);
  const rival = lab.idc.directories[1];
  await page.goto(rival?.startUrl ?? '');
  await page.getByText('Welcome').waitFor();
  await page.evaluate((address) => {
    const frame = document.createElement('iframe');
    frame.src = address;
    frame.style.cssText = 'width: 900px; height: 500px';
    document.body.prepend(frame);
  }, `${lab.idc.startUrl}/#/device?user_code=${userCode}`);
  await page
    .frameLocator('iframe')
    .locator('#root, #sign-in-with-passkey')
    .first()
    .waitFor({ state: 'attached' });
  // The frame is there, in a process of its own; the content script is in the top document alone.
  const [frame] = page.frames().slice(1);
  if (!frame) throw new Error('there is no frame');
  expect(await worlds(frame)).toEqual({ scripts: 0, origins: [new URL(lab.idc.startUrl).origin] });
  expect((await worlds(page)).scripts).toBe(1);
  return pressed;
};

/** A portal's own page turns itself into the code page of a stranger, without a navigation. */
export const pushedInto: Attack = async (lab) => {
  await lab.waiting();
  const { userCode } = await lab.stranger();
  const page = await lab.newTab(lab.idc.directories[1]?.startUrl);
  await page.getByText('Welcome').waitFor();
  let told = false;
  await page.exposeFunction('tell', () => {
    told = true;
  });
  await page.evaluate((code) => {
    history.pushState(null, '', `#/device?user_code=${code}`);
    document.body.innerHTML = `<div id="user-code">${code}</div>
      <button id="cli_verification_btn" onclick="tell()">Confirm and continue</button>`;
  }, userCode);
  return () => told;
};

/** A script in the page says everything that it could hope to be heard, and clicks what it can reach. */
export const fakesEverything: Attack = async (lab) => {
  const { page } = await lab.signedIn({ extraCode: 'ABCD-EFGH' });
  await page.waitForSelector(CONFIRM);
  const pressed = anyPress(lab);
  const api = await page.evaluate(() => {
    const reading = { confirm: 1, allow: 0, shownCodes: ['ABCD-EFGH'], approved: true, error: false };
    const words = [
      { do: 'press', step: 'confirm', nonce: 'n' },
      { type: 'page.seen', reading },
      { type: 'page.pressed', nonce: 'n', outcome: 'clicked' },
      { type: 'notice.choice', choice: 'mine' },
      { type: 'page.called' },
    ];
    for (const word of words) {
      postMessage(word, '*');
      for (const target of [window, document, document.body]) {
        target.dispatchEvent(new MessageEvent('message', { data: word }));
        target.dispatchEvent(new CustomEvent('awsher', { detail: word }));
      }
    }
    for (const name of ['hashchange', 'popstate', 'pageshow']) dispatchEvent(new Event(name));
    for (const element of document.querySelectorAll('[popover], body > *:not(#root)')) {
      element.dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true }));
      element.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, composed: true }));
    }
    return typeof chrome === 'undefined' ? 'undefined' : typeof chrome.runtime;
  });
  if (api !== 'undefined') throw new Error(`the page has a way to the extension: chrome.runtime is ${api}`);
  return pressed;
};

/** The page lies that everything is done: AWS is asked, and says the truth. */
export const saysApproved: Attack = async (lab) => {
  const { page } = await lab.waiting();
  const tokens = lab.idc.count('CreateToken', { status: 200 });
  await page.goto(`${lab.idc.startUrl}/`);
  await page.getByText('Welcome').waitFor();
  await page.evaluate(() => {
    document.body.innerHTML = '<div data-analytics-alert="success">Request approved</div>';
    location.hash = '#/?clientId=c&deviceContextId=d';
  });
  return () => lab.idc.count('CreateToken', { status: 200 }) > tokens;
};

/**
 * The page changes in the moment between what the background was told and the press: that moment is made a second
 * long, by a browser that takes its time to store what it was given.
 */
const betweenLookAndPress =
  (change: (page: Page, lab: Lab, ours: Ours) => Promise<() => boolean>): Attack =>
  async (lab) => {
    const ours = await lab.waiting();
    const [worker] = lab.context.serviceWorkers();
    if (!worker) throw new Error('no background is running');
    await worker.evaluate(() => {
      const set = chrome.storage.session.set.bind(chrome.storage.session);
      let held = false;
      Object.assign(chrome.storage.session, {
        set: async (items: Record<string, unknown>) => {
          if (!held && JSON.stringify(items).includes('"step":"confirm"')) {
            held = true;
            await new Promise((resolve) => setTimeout(resolve, 1_000));
          }
          await set(items);
        },
      });
    });
    await ours.page.goto(`${lab.idc.startUrl}/#/device?user_code=${ours.userCode}`);
    await ours.login.until(/confirming/);
    const taken = await change(ours.page, lab, ours);
    // The press is still on its way.
    for (const end = Date.now() + 2_500; !taken() && Date.now() < end; ) await sleep(25);
    return taken;
  };

export const pushedToForeignBeforePress: Attack = betweenLookAndPress(async (page, lab) => {
  const theirs = await lab.stranger();
  await page.evaluate((code) => {
    history.pushState(null, '', `#/device?user_code=${code}`);
    dispatchEvent(new HashChangeEvent('hashchange'));
  }, theirs.userCode);
  await page.getByText(theirs.userCode).waitFor();
  return () =>
    lab.idc.deviceCodes.some((one) => one.userCode === theirs.userCode && one.status !== 'pending');
});

/** The button that the press is for gives way to one that does something else. */
export const buttonReplacedBeforePress: Attack = betweenLookAndPress(async (page, lab) => {
  const pressed = anyPress(lab);
  await page.evaluate((selector) => {
    const button = document.querySelector<HTMLButtonElement>(selector);
    const other = button?.cloneNode(true);
    if (!(other instanceof HTMLElement) || !button) return;
    other.style.cssText = 'position: fixed; inset: 0; opacity: 0.01';
    other.setAttribute('data-testid', 'allow-access-button');
    button.replaceWith(other);
  }, CONFIRM);
  return pressed;
});
