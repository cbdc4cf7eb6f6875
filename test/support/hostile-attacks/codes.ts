import { setTimeout as sleep } from 'node:timers/promises';
import { SIGN_IN_PAGES } from '../../../shared/aws/host-permissions.ts';
import type { LabPage } from '../hostile-browsers/browser.ts';
import type { Lab } from '../hostile-lab.ts';
import type { Options } from '../identity-center/options.ts';
import { until } from '../until.ts';

/** Plays an attack up to its bait; tells whether AWS has got what it must not get. */
export type Attack = (lab: Lab) => Promise<() => boolean>;

export const CONFIRM = '#cli_verification_btn';
export const ALLOW = '[data-testid="allow-access-button"]';

/** From now on every press is one too many. */
export function anyPress(lab: Lab): () => boolean {
  const before = lab.presses();
  return () => lab.presses() > before;
}

/** Whether AWS was told anything about this request. */
export function approvedFor({ idc }: Lab, { userCode }: { userCode: string }): () => boolean {
  const statusOf = () => idc.deviceCodes.find((one) => one.userCode === userCode)?.status;
  const before = statusOf();
  return () => statusOf() !== before;
}

/** Waits until the bait is on the page; it may be gone again already when it was taken. */
export async function laid(page: LabPage, bait: string, taken: () => boolean): Promise<void> {
  const shown = page.waitForSelector(bait, { timeout: 30_000 }).then(
    () => true,
    () => false,
  );
  const gone = (async () => {
    for (const end = Date.now() + 30_000; !taken(); await sleep(25)) if (Date.now() > end) return false;
    return true;
  })();
  // The tab closes as soon as it was taken: then it is no more to be seen.
  if (!(await Promise.race([shown, gone])) && !taken()) throw new Error(`no ${bait} at ${page.url()}`);
}

const codeAddress = (lab: Lab, userCode: string, at = 0): string =>
  `${lab.idc.directories[at]?.startUrl}/#/device?user_code=${userCode}`;

/** A page of AWS's own that looks not as it should, in our own tab. */
export const shownAs =
  (options: Partial<Options>): Attack =>
  async (lab) => {
    const pressed = anyPress(lab);
    const { page } = await lab.shownAs(options);
    await laid(page, CONFIRM, pressed);
    return pressed;
  };

/** Confirm is as it should be; then the consent page is not. */
export const consentShownAs =
  (options: Partial<Options>): Attack =>
  async (lab) => {
    const before = lab.idc.count('DecideConsent');
    const allowed = () => lab.idc.count('DecideConsent') > before;
    const { page } = await lab.consentShownAs(options);
    await laid(page, ALLOW, allowed);
    return allowed;
  };

/** AWS compares codes on its sign-in host, which the person lets awsher see; the address has no code. */
async function compareOnSignInHost(lab: Lab): Promise<Partial<Options>> {
  await lab.browser.allow([SIGN_IN_PAGES]);
  return { verification: 'sign-in-host', completeAddress: false };
}

export const foreignOnSignInHost: Attack = async (lab) => {
  Object.assign(lab.idc.options, await compareOnSignInHost(lab));
  return foreignAlone(lab);
};

/** Our own code in our own tab, at an address that names another request beside ours. */
export const oursAtOtherRequest: Attack = async (lab) => {
  const { page } = await lab.signedIn({ ...(await compareOnSignInHost(lab)), disabledMs: 60_000 });
  await page.waitForSelector(CONFIRM);
  const ours = await page.evaluate(() => location.href, null);
  lab.idc.options.disabledMs = 0;
  const pressed = anyPress(lab);
  await page.goto(`${ours}&request_uri=urn%3Aaws%3Arequest%3Atheirs`);
  await laid(page, CONFIRM, pressed);
  return pressed;
};

export const foreignAlone: Attack = async (lab) => {
  await lab.alone();
  await lab.signInToPortals();
  const { url } = await lab.stranger();
  const pressed = anyPress(lab);
  const page = await lab.newTab(url);
  await laid(page, CONFIRM, pressed);
  return pressed;
};

export const foreignInBackground: Attack = async (lab) => {
  const { page } = await lab.waiting();
  const { url } = await lab.stranger();
  const pressed = anyPress(lab);
  const behind = await lab.newTab();
  await page.bringToFront();
  await behind.goto(url);
  await laid(behind, CONFIRM, pressed);
  return pressed;
};

export const foreignInOurTab: Attack = async (lab) => {
  const { page } = await lab.waiting();
  const { url } = await lab.stranger();
  const pressed = anyPress(lab);
  await page.goto(url);
  await laid(page, CONFIRM, pressed);
  return pressed;
};

export const foreignConsent: Attack = async (lab) => {
  await lab.waiting();
  const address = await (await lab.stranger()).accepted();
  const pressed = anyPress(lab);
  const page = await lab.newTab(address);
  await laid(page, ALLOW, pressed);
  return pressed;
};

export const foreignConsentInOurTab: Attack = async (lab) => {
  const { page } = await lab.waiting();
  const address = await (await lab.stranger()).accepted();
  const pressed = anyPress(lab);
  await page.goto(address);
  await laid(page, ALLOW, pressed);
  return pressed;
};

/** Our tab is held on the consent page, and that page is opened once more elsewhere. */
export const ourConsentElsewhere: Attack = async (lab) => {
  const { page, userCode } = await lab.waitingAlone();
  // Held here and not by a slow answer: Chromium would let the same request of the other tab wait for that one.
  await page.hold(/\/consent\?/);
  await page.goto(codeAddress(lab, userCode));
  await page.waitForURL(/deviceContextId=/);
  const pressed = anyPress(lab);
  const other = await lab.newTab(page.url());
  await laid(other, ALLOW, pressed);
  return pressed;
};

/** Our tab is held on our own consent page, by an answer that is not coming yet, and is then sent to a stranger's. */
export const foreignConsentAfterConfirm: Attack = async (lab) => {
  lab.idc.faults.add({ operation: 'DescribeConsent', times: 1, delayMs: 30_000 });
  const { page } = await lab.signedIn();
  await page.waitForURL(/deviceContextId=/);
  const address = await (await lab.stranger()).accepted();
  const pressed = anyPress(lab);
  await page.goto(address);
  await laid(page, ALLOW, pressed);
  return pressed;
};

/** The page itself goes on to a stranger's consent in the very task in which it has come to ours. */
export const foreignConsentAtOnce: Attack = async (lab) => {
  const address = await (await lab.stranger()).accepted();
  const { page, userCode } = await lab.waitingAlone();
  await page.goto(`${lab.idc.startUrl}/`);
  await page.waitForText('Welcome');
  const before = lab.idc.count('DecideConsent');
  await page.evaluate(
    ({ theirs, code }) => {
      const arrived = (): boolean => /deviceContextId=/.test(location.hash) && location.href !== theirs;
      addEventListener('hashchange', () => arrived() && location.replace(theirs));
      location.hash = `#/device?user_code=${code}`;
    },
    { theirs: address, code: userCode },
  );
  await page.waitForURL(address);
  const allowed = () => lab.idc.count('DecideConsent') > before;
  await laid(page, ALLOW, allowed);
  return allowed;
};

/** The background is stopped while AWS takes our confirm, and our tab comes to a stranger's consent. */
export const foreignConsentAfterRestart: Attack = async (lab) => {
  lab.idc.faults.add({ operation: 'AcceptUserCode', times: 1, delayMs: 30_000 });
  const { page } = await lab.signedIn();
  await until(() => !lab.idc.faults.armed('AcceptUserCode'));
  const address = await (await lab.stranger()).accepted();
  await lab.browser.stopBackground();
  const pressed = anyPress(lab);
  await page.goto(address);
  await laid(page, ALLOW, pressed);
  return pressed;
};

export const oursInAnotherTab: Attack = async (lab) => {
  const { userCode } = await lab.waiting();
  const pressed = anyPress(lab);
  const other = await lab.newTab(codeAddress(lab, userCode));
  await laid(other, CONFIRM, pressed);
  return pressed;
};

/** Our own code, in our own tab, on the portal of somebody else. */
export const oursAtPortal =
  (directory: number): Attack =>
  async (lab) => {
    const { page, userCode } = await lab.waiting();
    const pressed = anyPress(lab);
    await page.goto(codeAddress(lab, userCode, directory));
    await laid(page, CONFIRM, pressed);
    return pressed;
  };

export const oursAtDeviceHostOf =
  (region: string): Attack =>
  async (lab) => {
    const { page, userCode } = await lab.waiting();
    lab.idc.options.verification = 'device-host';
    const pressed = anyPress(lab);
    await page.goto(`https://device.sso.${region}.amazonaws.com/?user_code=${userCode}`);
    await laid(page, CONFIRM, pressed);
    return pressed;
  };

export const spent: Attack = async (lab) => {
  const { login, userCode } = await lab.signedIn();
  const { code, stderr } = await lab.ends(login).finished;
  if (code !== 0) throw new Error(stderr);
  const pressed = anyPress(lab);
  const page = await lab.newTab(codeAddress(lab, userCode));
  await laid(page, CONFIRM, pressed);
  return pressed;
};

export const expired: Attack = async (lab) => {
  lab.idc.options.deviceCodeSeconds = 2;
  // On a busy machine it is over before its tab is there.
  const { code, stderr } = await lab.ends(await lab.login()).finished;
  const userCode = lab.idc.deviceCodes.at(-1)?.userCode ?? '';
  if (code === 0 || !/expired|in time|ran out/i.test(stderr)) throw new Error(`no truth in: ${stderr}`);
  await lab.signInToPortals();
  const pressed = anyPress(lab);
  const page = await lab.newTab(codeAddress(lab, userCode));
  await laid(page, CONFIRM, pressed);
  return pressed;
};

/** AWS refuses our press, and the page offers its button again. */
export const offeredAgain =
  (operation: 'AcceptUserCode' | 'DecideConsent'): Attack =>
  async (lab) => {
    lab.idc.faults.add({ operation, times: 1, status: 500 });
    const { page } = await lab.signedIn();
    await page.waitForSelector('[data-analytics-alert="error"]');
    const pressed = anyPress(lab);
    await page.evaluate(() => dispatchEvent(new HashChangeEvent('hashchange')), null);
    await laid(page, operation === 'AcceptUserCode' ? CONFIRM : ALLOW, pressed);
    return pressed;
  };

/** Ours in the query, theirs in the fragment, and the page shows ours. */
export const twoCodesInAddress: Attack = async (lab) => {
  const { page, userCode } = await lab.waiting();
  const theirs = await lab.stranger();
  lab.idc.options.shownCode = userCode;
  await page.goto(`${lab.idc.startUrl}/?user_code=${userCode}#/device?user_code=${theirs.userCode}`);
  const taken = approvedFor(lab, theirs);
  await laid(page, CONFIRM, taken);
  return taken;
};

export const ourCodeTwiceInAddress: Attack = async (lab) => {
  const { page, userCode } = await lab.waiting();
  const pressed = anyPress(lab);
  await page.goto(`${codeAddress(lab, userCode)}&user_code=${userCode}`);
  await laid(page, CONFIRM, pressed);
  return pressed;
};

/** The page hides its button from people, not from scripts. */
export const hiddenButton = shownAs({ cover: 'transparent' });
