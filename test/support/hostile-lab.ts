import { request } from 'node:https';
import { expect } from 'vitest';
import type { Running } from './awsher.ts';
import { foreignCode } from './foreign-code.ts';
import { type CenterOptions, type Ground, openGround } from './ground.ts';
import { hostPids } from './home-files.ts';
import type { LabBrowser, LabPage } from './hostile-browsers/browser.ts';
import { hostileChromium } from './hostile-browsers/chromium.ts';
import { hostileFirefox } from './hostile-browsers/firefox.ts';
import type { IdentityCenter } from './identity-center/index.ts';
import { type Options, PAGE_DEFAULTS, SERVICE_DEFAULTS } from './identity-center/options.ts';
import { until } from './until.ts';

/** One browser for many attacks; each begins with fresh tabs, signed out, and no sign-in under way. */
export interface Lab {
  idc: IdentityCenter;
  browser: LabBrowser;
  /** Starts `awsher login`; the attack is over when the terminal still waits, unless it is told to end. */
  login(): Running;
  /** A sign-in of this computer whose tab waits for the passkey; afterwards all portals are signed in. */
  waiting(): Promise<Ours>;
  /** A sign-in of this computer on a portal that is signed in: its tab, as soon as there is one. */
  signedIn(options?: Partial<Options>): Promise<Ours>;
  /** Somebody else's request. `accepted` is the address of its consent page, once they have confirmed it themselves. */
  stranger(): Promise<{ userCode: string; url: string; accepted(): Promise<string> }>;
  signInToPortals(): Promise<void>;
  newTab(url?: string): Promise<LabPage>;
  /** What AWS was told on its pages so far, whatever it answered. */
  presses(): number;
  /** The sign-ins that this attack started and that nobody expects to end. */
  goingOn(): readonly Running[];
  /** Says that the sign-in comes to its end. */
  ends(login: Running): Running;
  /** Loads the extension again, and waits for its host. */
  loadAgain(): Promise<void>;
  clear(): Promise<void>;
  close(): Promise<void>;
}

export interface Ours {
  login: Running;
  page: LabPage;
  userCode: string;
}

const PORTALS: NonNullable<CenterOptions> = {
  others: [{ alias: 'rival' }, { alias: 'abroad', region: 'eu-west-1', portalForm: 'instance' }],
};

const BLANK_MS = 50;

/** A browser with the given build of the extension, an installed host and an Identity Center with three portals. */
export async function openLab(extension: string, browser: 'chromium' | 'firefox' = 'chromium'): Promise<Lab> {
  const ground = await openGround(PORTALS);
  const opened = await (browser === 'chromium' ? hostileChromium : hostileFirefox)(ground, extension);
  // From now on a command finds the host.
  await until(() => hostPids(ground.home).length === 1);
  return labOf(ground, opened);
}

/** A lab for attacks one after the other: cleared after each, and opened anew after one that failed. */
export function sharedLab(open: () => Promise<Lab>): {
  use(attack: (lab: Lab) => Promise<void>): Promise<void>;
  close(): Promise<void>;
} {
  let shared: Lab | null = null;
  const close = async () => {
    const lab = shared;
    shared = null;
    await lab?.close();
  };
  return {
    close,
    async use(attack) {
      try {
        shared ??= await open();
        await attack(shared);
        await shared.clear();
      } catch (error) {
        // What a failed attack leaves behind is not for the next one.
        await close().catch(() => {});
        throw error;
      }
    },
  };
}

function labOf(ground: Ground, browser: LabBrowser): Lab {
  const { idc } = ground;
  const logins: Running[] = [];
  const ending = new Set<Running>();
  const set = (options: Partial<Options>) =>
    Object.assign(idc.options, PAGE_DEFAULTS, SERVICE_DEFAULTS, { blankMs: BLANK_MS }, options);
  const { signInToPortals } = browser;

  function login(): Running {
    const running = ground.start('login', ...ground.corp, '--force', '--verbose', '--timeout', '40');
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

  return {
    idc,
    browser,
    login,
    async waiting() {
      const ours = await begin();
      await ours.page.waitForSelector('#sign-in-with-passkey');
      await signInToPortals();
      return ours;
    },
    async signedIn(options = {}) {
      set(options);
      await signInToPortals();
      return begin();
    },
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
    async loadAgain() {
      const before = hostPids(ground.home);
      await browser.loadAgain();
      await until(() => {
        const now = hostPids(ground.home);
        return now.length === 1 && !now.some((pid) => before.includes(pid));
      });
    },
    async clear() {
      for (const { child } of logins) child.kill('SIGINT');
      await Promise.all(logins.splice(0).map(({ finished }) => finished));
      ending.clear();
      idc.faults.clear();
      set({});
      await browser.clear();
    },
    async close() {
      for (const { child } of logins) child.kill('SIGINT');
      await browser.close().catch(() => {});
      await ground.clear();
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

/** Plays an attack: AWS gets nothing of it, and our own sign-in does not end with a lie. */
export async function nothingGoesThrough(
  lab: Lab,
  attack: (lab: Lab) => Promise<() => boolean>,
): Promise<void> {
  const approved = await attack(lab);
  expect(await lab.browser.judged()).not.toContain('pressed');
  expect(approved()).toBe(false);
  for (const { child, output } of lab.goingOn()) {
    expect({ ended: child.exitCode, ...output() }).toMatchObject({ ended: null });
  }
}
