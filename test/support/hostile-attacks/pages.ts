import { expect } from 'vitest';
import type { LabPage } from '../hostile-browsers/browser.ts';
import type { Lab, Ours } from '../hostile-lab.ts';
import { until } from '../until.ts';
import { ALLOW, type Attack, anyPress, approvedFor, CONFIRM, laid } from './codes.ts';

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
    await page.serve(hostname, imitation(userCode), (path) => {
      told ||= path === '/pressed';
    });
    await page.goto(`${origin}/start/#/device?user_code=${userCode}`);
    await laid(page, CONFIRM, () => told);
    expect(page.url()).toContain(origin);
    const scripts = await page.injected();
    if (scripts !== null) expect(scripts).toBe(injected === 'injected' ? 1 : 0);
    return () => told;
  };

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
  await page.waitForText('Welcome');
  await page.evaluate((address) => {
    const frame = document.createElement('iframe');
    frame.src = address;
    frame.style.cssText = 'width: 900px; height: 500px';
    document.body.prepend(frame);
  }, `${lab.idc.startUrl}/#/device?user_code=${userCode}`);
  // The frame is there, in a process of its own; the content script is in the top document alone.
  const frame = await page.frame();
  // AWS's portal, or the sign-in page to which it goes on in a frame that gets no cookies.
  expect(frame.origin).toMatch(/^https:\/\/(corp\.awsapps\.com|us-east-1\.signin\.aws)$/);
  if (frame.injected !== null) expect([frame.injected, await page.injected()]).toEqual([0, 1]);
  return pressed;
};

/** A portal's own page turns itself into the code page of a stranger, without a navigation. */
export const pushedInto: Attack = async (lab) => {
  await lab.waiting();
  const { userCode } = await lab.stranger();
  const page = await lab.newTab(lab.idc.directories[1]?.startUrl);
  await page.waitForText('Welcome');
  let told = false;
  await page.expose('tell', () => {
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
  const { page } = await lab.shownAs({ extraCode: 'ABCD-EFGH' });
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
  }, null);
  if (api !== 'undefined') throw new Error(`the page has a way to the extension: chrome.runtime is ${api}`);
  return pressed;
};

/** The page lies that everything is done: AWS is asked, and says the truth. */
export const saysApproved: Attack = async (lab) => {
  const { page } = await lab.waitingAlone();
  const tokens = lab.idc.count('CreateToken', { status: 200 });
  await page.goto(`${lab.idc.startUrl}/`);
  await page.waitForText('Welcome');
  await page.evaluate(() => {
    document.body.innerHTML = '<div data-analytics-alert="success">Request approved</div>';
    location.hash = '#/?clientId=c&deviceContextId=d';
  }, null);
  return () => lab.idc.count('CreateToken', { status: 200 }) > tokens;
};

/**
 * The page changes in the moment between what the background was told and the press: that moment lasts until the page has
 * changed, by a browser that takes its time to store what it was given.
 */
const betweenLookAndPress =
  (
    step: 'confirm' | 'allow',
    change: (page: LabPage, lab: Lab, ours: Ours) => Promise<() => boolean>,
  ): Attack =>
  async (lab) => {
    const ours = await lab.waitingAlone();
    const goOn = await lab.browser.holdNext(step);
    await ours.page.goto(`${lab.idc.startUrl}/#/device?user_code=${ours.userCode}`);
    await ours.login.until(step === 'confirm' ? /confirming/ : /allowing/);
    const taken = await change(ours.page, lab, ours);
    await goOn();
    return taken;
  };

/** Two consent pages read alike: only their addresses tell them apart. */
export const movedToForeignConsentBeforePress: Attack = betweenLookAndPress('allow', async (page, lab) => {
  const theirs = await lab.stranger();
  const address = await theirs.accepted();
  await page.evaluate(
    ({ their, allow }) => {
      document.querySelector<HTMLElement>(allow)?.setAttribute('data-ours', '');
      location.replace(their);
    },
    { their: address, allow: ALLOW },
  );
  // Asked for again and again: in a tab behind, the driver's own waiting for a selector stands still.
  const isShown = (selector: string) => document.querySelector(`${selector}:not([data-ours])`) !== null;
  await until(() => page.evaluate(isShown, ALLOW));
  return approvedFor(lab, theirs);
});

export const pushedToForeignBeforePress: Attack = betweenLookAndPress('confirm', async (page, lab) => {
  const theirs = await lab.stranger();
  await page.evaluate((code) => {
    history.pushState(null, '', `#/device?user_code=${code}`);
    dispatchEvent(new HashChangeEvent('hashchange'));
  }, theirs.userCode);
  await page.waitForText(theirs.userCode);
  return approvedFor(lab, theirs);
});

/** The button that the press is for gives way to one that does something else. */
export const buttonReplacedBeforePress: Attack = betweenLookAndPress('confirm', async (page, lab) => {
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
