import { readFile, stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { resolvePaths } from '../../native-host/base/files/paths.ts';
import { tokenFilePath } from '../../native-host/base/files/token-cache.ts';
import type { Passkey } from '../../test/support/browsers/passkey.ts';
import { signIn } from '../../test/support/browsers/person.ts';
import type { IdentityCenter } from '../../test/support/identity-center/index.ts';
import type { StartedBrowser } from './browser.ts';
import { must } from './failure.ts';
import type { Screen } from './screen.mjs';
import type { Terminal } from './terminal.ts';

/** Everything that the acts of the demo play with. */
export interface Scene {
  readonly screen: Screen;
  readonly idc: IdentityCenter;
  readonly terminal: Terminal;
  readonly browser: StartedBrowser;
  readonly passkey: Passkey;
  readonly home: string;
  pause(milliseconds: number): Promise<void>;
  /** Tells a person who watches the window what happens now; nobody else. */
  caption(command: string, words: string): Promise<void>;
}

/** The sso-session of the demo. */
export const SESSION = 'corp';

/** From a browser where nobody is signed in: the person's part is the passkey, the rest is awsher's. */
export async function signInFirst({
  screen,
  idc,
  terminal,
  browser,
  passkey,
  home,
  pause,
  caption,
}: Scene): Promise<void> {
  await caption(
    'awsher login corp',
    'A terminal asks for a sign-in. The sign-in page comes to the front, because nobody is signed in here.',
  );
  await pause(3000);
  const opened = browser.nextPage(60_000);
  opened.catch(() => {});
  const login = terminal.awsher(['login', SESSION, '--start-url', idc.startUrl, '--region', idc.region]);
  const page = await screen.step(
    'opening the approval page in the background',
    () => login.during(untilSignInPage(opened, login.until(/Sign in on the page/))),
    'the sign-in page came to the front, because nobody is signed in there',
  );
  must((await browser.cameToFront()) > 0, 'The sign-in page did not come to the front.');
  await pause(2500);
  await screen.step(
    'the person takes the passkey',
    () => login.during(signIn(page, passkey)),
    `${idc.user.displayName} used the passkey: a person’s only part, played by a virtual authenticator`,
  );
  const answered = (operation: string) => login.during(untilAnswered(idc, operation));
  await screen.step(
    'confirming',
    () => answered('AcceptUserCode'),
    'awsher confirmed the code, because this terminal had asked for it',
  );
  await screen.step('allowing', () => answered('DecideConsent'), 'awsher allowed access');
  await screen.step(
    'fetching the token',
    async () => {
      await login.done();
      await untilClosed(page);
    },
    () => `stored with ${idc.count('CreateToken', { status: 200 })} CreateToken, and the tab is closed`,
  );
  const tokens = idc.count('CreateToken', { status: 200 });
  must(tokens === 1, `One token was to be fetched, and ${tokens} were.`);
  await screen.step(
    'looking at the files',
    () => lookAtFiles(home, idc.startUrl),
    (line) => line,
  );
  await pause(1500);
}

/** The same command twice more: from the cache, and by force while the browser is still signed in. */
export async function signInAgain({ screen, idc, terminal, browser, pause, caption }: Scene): Promise<void> {
  await caption(
    'awsher login corp',
    'The terminal has its token. Asked again, it answers from the cache: no tab, no request.',
  );
  await pause(3000);
  const before = idc.requests.length;
  await screen.step(
    'asking again',
    () => terminal.awsher(['login', SESSION]).done(),
    () => `answered from the cache: ${idc.requests.length - before} requests`,
  );
  must(idc.requests.length === before, 'A sign-in that is still good asked AWS again.');
  await pause(1500);

  await caption(
    'awsher login corp --force',
    'A new sign-in, with the portal session alive: watch the tabs. Nothing comes to the front.',
  );
  await pause(3000);
  const fronts = await browser.cameToFront();
  const passkeys = idc.count('VerifyPasskey');
  const opened = browser.nextPage(60_000);
  opened.catch(() => {});
  const login = terminal.awsher(['login', SESSION, '--force']);
  await screen.step(
    'signing in anew',
    async () => {
      const page = await login.during(opened);
      await login.done();
      await untilClosed(page);
    },
    'signed in anew in a background tab: nothing came to the front, nobody was asked',
  );
  must((await browser.cameToFront()) === fronts, 'A tab came to the front although nobody was needed.');
  must(
    idc.count('VerifyPasskey') === passkeys,
    'The passkey was asked for although the portal session is alive.',
  );
  await pause(2000);
}

async function untilSignInPage(opened: Promise<Page>, told: Promise<void>): Promise<Page> {
  told.catch(() => {});
  const page = await opened;
  await page.waitForSelector('#sign-in-with-passkey');
  await told;
  return page;
}

async function untilAnswered(idc: IdentityCenter, operation: string): Promise<void> {
  const deadline = performance.now() + 60_000;
  while (idc.count(operation, { status: 200 }) === 0) {
    must(performance.now() < deadline, `Nobody called ${operation} within a minute.`);
    await sleep(10);
  }
}

async function untilClosed(page: Page): Promise<void> {
  if (!page.isClosed()) await page.waitForEvent('close', { timeout: 10_000 });
}

/** Token and config as every AWS program reads them. Returns the line for the screen. */
async function lookAtFiles(home: string, startUrl: string): Promise<string> {
  const paths = resolvePaths({ env: process.env, platform: process.platform, homedir: () => home });
  const file = tokenFilePath(paths, SESSION);
  const { mode } = await stat(file);
  must(process.platform === 'win32' || (mode & 0o777) === 0o600, `${file} can be read by others.`);
  const config = await readFile(paths.configFile, 'utf8');
  must(
    config.includes(`[sso-session ${SESSION}]`) && config.includes(startUrl),
    `${paths.configFile} lacks the session.`,
    config,
  );
  return `the token is in ~${file.slice(home.length).replaceAll('\\', '/')}`;
}
