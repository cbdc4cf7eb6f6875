import { request } from 'node:https';
import { expect } from 'vitest';
import type { RunningLine } from './command-line.ts';
import { foreignCode } from './foreign-code.ts';
import { type CenterOptions, type Ground, openGround } from './ground.ts';
import { hostPids } from './home-files.ts';
import { decidedWithout, isDecided } from './hostile-attacks/as-seen.ts';
import type { LabBrowser, LabPage } from './hostile-browsers/browser.ts';
import { hostileChromium } from './hostile-browsers/chromium.ts';
import type { IdentityCenter } from './identity-center/index.ts';
import { type Options, PAGE_DEFAULTS, SERVICE_DEFAULTS } from './identity-center/options.ts';
import type { Look } from './judged.ts';
import { until } from './until.ts';

/**
 * One browser for many attacks. Those that leave our sign-in open, as it was, share one and its tab (`waiting`, `shownAs`,
 * `consentShownAs`); at the end of all of them it is approved for real, so that it was open all the time. Every other one begins
 * with fresh tabs, signed out, and no sign-in under way.
 */
export interface Lab {
  idc: IdentityCenter;
  browser: LabBrowser;
  /** Starts `awsher login`; the attack is over when the terminal still waits, unless it is told to end. */
  login(): Promise<RunningLine>;
  /** The sign-in that attacks share, its tab with nothing in it or on the page for the passkey; all portals are signed in. */
  waiting(): Promise<Ours>;
  /** The same, for one attack alone: its page gets pressed. */
  waitingAlone(): Promise<Ours>;
  /** The code page of the sign-in that attacks share, shown like this in its tab. */
  shownAs(options: Partial<Options>): Promise<Ours>;
  /** Its consent page, after its code was confirmed. */
  consentShownAs(options: Partial<Options>): Promise<Ours>;
  /** No sign-in is under way: the one that attacks have shared is approved for real. */
  alone(): Promise<void>;
  /** A sign-in of this computer on a portal that is signed in, for one attack alone: its tab, as soon as there is one. */
  signedIn(options?: Partial<Options>): Promise<Ours>;
  /** Somebody else's request. `accepted` is the address of its consent page, once they have confirmed it themselves. */
  stranger(): Promise<{ userCode: string; url: string; accepted(): Promise<string> }>;
  signInToPortals(): Promise<void>;
  newTab(url?: string): Promise<LabPage>;
  /** What AWS was told on its pages so far, whatever it answered. */
  presses(): number;
  /** The sign-ins that this attack started and that nobody expects to end. */
  goingOn(): readonly RunningLine[];
  /** Says that the sign-in comes to its end. */
  ends(login: RunningLine): RunningLine;
  /** Makes ready for the next attack; the sign-in that attacks share goes on. */
  next(): Promise<void>;
  clear(): Promise<void>;
  /** Its end, or its use by others. */
  leave(): Promise<void>;
  close(): Promise<void>;
}

/** One of which the extension changes. */
interface ReloadingLab extends Lab {
  /** Loads the extension again, from its folder as that is now, and waits for its host. */
  loadAgain(): Promise<void>;
}

export interface Ours {
  login: RunningLine;
  page: LabPage;
  userCode: string;
}

const PORTALS: NonNullable<CenterOptions> = {
  others: [{ alias: 'rival' }, { alias: 'abroad', region: 'eu-west-1', portalForm: 'instance' }],
};

const BLANK_MS = 50;

/** A Chromium with the given build of the extension, an installed host and an Identity Center with three portals. */
export async function openLab(extension: string): Promise<ReloadingLab> {
  const ground = await openGround(PORTALS);
  const browser = await hostileChromium(ground, extension);
  // From now on a command finds the host.
  await until(() => hostPids(ground.home).length === 1);
  return {
    ...labOf(ground, browser),
    async loadAgain() {
      const before = hostPids(ground.home);
      await browser.loadAgain();
      await until(() => {
        const now = hostPids(ground.home);
        return now.length === 1 && !now.some((pid) => before.includes(pid));
      });
    },
  };
}

/** A lab for attacks one after the other: made ready after each, and opened anew after one that failed. */
export function sharedLab(open: () => Promise<Lab>): {
  use(attack: (lab: Lab) => Promise<void>): Promise<void>;
  close(): Promise<void>;
} {
  let shared: Lab | null = null;
  const end = async (how: 'leave' | 'close') => {
    const lab = shared;
    shared = null;
    await lab?.[how]();
  };
  return {
    async close() {
      try {
        await shared?.alone();
        await end('leave');
      } finally {
        await end('close');
      }
    },
    async use(attack) {
      try {
        shared ??= await open();
        await attack(shared);
        await shared.next();
      } catch (error) {
        // What a failed attack leaves behind is not for the next one.
        await end('close').catch(() => {});
        throw error;
      }
    },
  };
}

/** The lab on this ground, with a browser whose end is the ground's too. */
export function labOf(ground: Ground, browser: LabBrowser): Lab {
  const { idc } = ground;
  const logins: RunningLine[] = [];
  const ending = new Set<RunningLine>();
  const set = (options: Partial<Options>) =>
    Object.assign(idc.options, PAGE_DEFAULTS, SERVICE_DEFAULTS, { blankMs: BLANK_MS }, options);
  const { signInToPortals } = browser;

  /** The sign-in that attacks share, as long as it is open. */
  let shared: (Ours & { confirmed: boolean }) | null = null;

  function login(): RunningLine {
    const running = ground.line('login', ...ground.corp, '--force', '--verbose', '--timeout', '900');
    logins.push(running);
    return running;
  }
  async function begin(): Promise<Ours> {
    const opened = browser.nextPage();
    const running = login();
    const page = await Promise.race([opened, running.finished]);
    if ('stderr' in page) throw new Error(page.stderr);
    return { login: running, page, userCode: idc.deviceCodes.at(-1)?.userCode ?? '' };
  }
  async function waiting(): Promise<Ours> {
    const ours = await begin();
    await ours.page.waitForSelector('#sign-in-with-passkey');
    await signInToPortals();
    return ours;
  }
  async function signedIn(options: Partial<Options>): Promise<Ours> {
    set(options);
    await signInToPortals();
    return begin();
  }
  /** The one that is open before its code is confirmed, or one that begins as `begins` has it. */
  async function open(begins: () => Promise<Ours>) {
    if (shared?.confirmed) await alone();
    // A document of its own for each attack: to the same address, or to another fragment, nothing would be fetched.
    await shared?.page.goto('about:blank');
    shared ??= { ...(await begins()), confirmed: false };
    return shared;
  }
  const toCodePage = ({ page, userCode }: Ours) =>
    page.goto(`${idc.startUrl}/#/device?user_code=${userCode}`);
  async function alone(): Promise<void> {
    if (shared === null) return;
    const ours = shared;
    shared = null;
    set({});
    if (!ours.confirmed) await ours.page.goto('about:blank');
    // The tab closes as soon as it is approved, perhaps under the driver's hands.
    await (ours.confirmed ? ours.page.reload() : toCodePage(ours)).catch(() => {});
    const { code, stderr } = await ours.login.finished;
    if (code !== 0)
      throw new Error(`the sign-in that the attacks before this one share was not open: ${stderr}`);
    await clear();
  }
  async function closeTabs(keep?: LabPage): Promise<void> {
    idc.faults.clear();
    set({});
    await browser.clear(keep);
  }
  async function clear(): Promise<void> {
    shared = null;
    for (const running of logins) running.interrupt();
    await Promise.all(logins.splice(0).map(({ finished }) => finished));
    ending.clear();
    await closeTabs();
  }

  return {
    idc,
    browser,
    alone,
    clear,
    async login() {
      await alone();
      return login();
    },
    waiting: () => open(waiting),
    async waitingAlone() {
      await alone();
      return waiting();
    },
    async signedIn(options = {}) {
      await alone();
      return signedIn(options);
    },
    async shownAs(options) {
      const isNew = shared === null || shared.confirmed;
      const ours = await open(() => signedIn(options));
      set(options);
      if (!isNew) await toCodePage(ours);
      return ours;
    },
    async consentShownAs(options) {
      let goOn = async () => {};
      if (!shared?.confirmed) {
        const ours = await open(waiting);
        // What the page shows is settled when its document is fetched, so that the options are for the next document. Held here and
        // not by a slow answer: Chromium would let the same request of the next document wait for that one.
        goOn = await ours.page.hold(/\/consent\?/);
        await toCodePage(ours);
        await ours.page.waitForURL(/deviceContextId=/);
        ours.confirmed = true;
      }
      if (!shared) throw new Error('no sign-in is open');
      set(options);
      await shared.page.reload();
      await goOn();
      return shared;
    },
    next: () => (shared ? closeTabs(shared.page) : clear()),
    async stranger() {
      const { userCode, url } = await foreignCode(idc);
      return {
        userCode,
        url,
        accepted: async () => `${idc.startUrl}/${await acceptElsewhere(idc, userCode)}`,
      };
    },
    signInToPortals,
    async newTab(url) {
      const page = await browser.newPage();
      if (url !== undefined) await page.goto(url);
      return page;
    },
    presses: () => idc.count('AcceptUserCode') + idc.count('DecideConsent'),
    goingOn: () => logins.filter((one) => !ending.has(one)),
    ends(running) {
      ending.add(running);
      return running;
    },
    async leave() {
      await clear();
      await browser.leave();
    },
    async close() {
      for (const running of logins) running.interrupt();
      await browser.close();
    },
  };
}

/** A stranger confirms their own code in a browser of theirs; returns the consent page's fragment. */
function acceptElsewhere(idc: IdentityCenter, userCode: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const host = `oidc.${idc.region}.amazonaws.com`;
    const asked = request(
      {
        host: '127.0.0.1',
        port: idc.port,
        servername: host,
        ca: idc.caPem,
        method: 'POST',
        path: '/device_authorization/accept_user_code',
        headers: { host, 'x-amz-sso_bearer_token': idc.portalCookie().value },
      },
      (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        answer.on('end', () => {
          const fragment = /"fragment":"([^"]+)"/.exec(text)?.[1];
          if (fragment === undefined) reject(new Error(text));
          else resolve(fragment);
        });
      },
    );
    asked.on('error', reject).end(JSON.stringify({ userCode }));
  });
}

/**
 * Plays an attack: AWS gets nothing of it, and our own sign-in does not end with a lie. What is decided about the pages as they
 * stand then is a press without the checks in `by`, and none with them: it is those that stop it.
 */
export async function nothingGoesThrough(
  lab: Lab,
  attack: (lab: Lab) => Promise<() => boolean>,
  by: readonly string[] = [],
): Promise<void> {
  const approved = await attack(lab);
  const looks = await lab.browser.looks();
  expect(looks.map(({ judged }) => judged)).not.toContain('pressed');
  expect(approved()).toBe(false);
  if (isDecided(by)) await isStoppedBy(lab, by, looks);
  for (const { code, output } of lab.goingOn()) {
    expect({ ended: code(), ...output() }).toMatchObject({ ended: null });
  }
}

/** Waits until the pages, as they are seen, first or then, would be pressed without these checks; with them they are not. */
async function isStoppedBy({ browser }: Lab, by: readonly string[], first: Look[]): Promise<void> {
  const isPress = (decision: string) => decision.startsWith('press-');
  let seen = first;
  let decisions: string[] = [];
  const isPressed = async () => {
    const kept = await browser.keptState();
    decisions = decidedWithout(by, seen, kept);
    if (decisions.some(isPress)) return true;
    seen = await browser.looks();
    return false;
  };
  await until(isPressed, 10_000).catch((error) => {
    throw new Error(`it is not ${by.join(', ')} that stops it; without that: ${decisions.join(', ')}`, {
      cause: error,
    });
  });
  expect(decidedWithout([], seen, await browser.keptState()).filter(isPress)).toEqual([]);
}
