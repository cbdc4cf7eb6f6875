import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signIn } from '../support/browsers/person.ts';
import { type Options, PAGE_DEFAULTS, SERVICE_DEFAULTS } from '../support/identity-center/options.ts';
import { noticeIsOver } from '../support/notice.ts';
import { keptStage } from '../support/own-stage.ts';
import { until } from '../support/until.ts';

// What differs from row to row is the page; what must not differ is that nobody has to click.

/** The page is complete but blank for a moment, as the real one is. */
const BLANK_MS = 100;

/**
 * Ways in which a page of the alias portal may look and behave, one for each way in which that comes to the content script. Every
 * language, mark and word, and each kind of button by itself: test/extension/content/read-page.test.ts.
 */
const PAGES: readonly [name: string, options: Partial<Options>][] = [
  ['English, by its words', { markers: 'text' }],
  ['a remembered consent', { skipConsent: true }],
  ['rendered anew all the time', { rerenderMs: 150 }],
  [
    'marks alone, blank and then disabled at first, under a cookie banner, with a hidden twin of each button',
    {
      locale: 'ja',
      markers: 'attributes',
      blankMs: 700,
      disabledMs: 500,
      cover: 'cookie-banner',
      twin: 'hidden',
    },
  ],
];

let stage: Awaited<ReturnType<typeof keptStage>>;

beforeAll(async () => {
  stage = await keptStage({ passkey: true });
});
afterAll(() => stage?.leave());

/** More rows would meet awsher's own limit of presses in a minute. */
const beginAnew = () => beforeAll(() => stage.renew());

/** A signed-in portal of the row, and no other. */
async function begin(alias: string, options: Partial<Options>, portal: 'signed in' | 'signed out') {
  const { idc, browser } = stage;
  Object.assign(idc.options, PAGE_DEFAULTS, SERVICE_DEFAULTS, { blankMs: BLANK_MS }, options);
  await browser.context.clearCookies();
  const directory = idc.directories.find((one) => one.alias === alias);
  if (!directory) throw new Error('no such directory');
  if (portal === 'signed in') await browser.context.addCookies([idc.portalCookie(directory)]);
  const before = {
    tokens: idc.count('CreateToken', { status: 200 }),
    presses: idc.count('AcceptUserCode'),
    consents: idc.count('DecideConsent'),
    pages: browser.context.pages().length,
  };
  const opened = browser.nextPage();
  const { startUrl, region } = directory;
  const login = stage.line(
    'login',
    alias,
    '--start-url',
    startUrl,
    '--region',
    region,
    '--force',
    '--verbose',
    '--timeout',
    '25',
  );
  return { login, opened, before };
}

/** It ended well, with nobody's help on AWS's pages, one press each, one token, and no tab left. */
async function expectApproved(
  { login, before }: Awaited<ReturnType<typeof begin>>,
  { skipConsent = false }: Partial<Options> = {},
): Promise<string> {
  const { idc, browser } = stage;
  const { code, stderr } = await login.finished;
  expect({ code, stderr }).toMatchObject({ code: 0 });
  expect(stderr).not.toContain('step: click-needed');
  expect(idc.count('AcceptUserCode') - before.presses).toBe(1);
  expect(idc.count('DecideConsent') - before.consents).toBe(skipConsent ? 0 : 1);
  expect(idc.count('CreateToken', { status: 200 }) - before.tokens).toBe(1);
  expect(idc.unexpected).toEqual([]);
  await until(() => browser.context.pages().length === before.pages);
  return stderr;
}

// Every form, to what decides: test/shared/approval/legitimate.test.ts, test/shared/aws. In which the browser itself puts the content
// script, by the patterns of the manifest, it alone can show; and a sign-in in another partition.
describe('every kind of portal, signed in', () => {
  it('China: nobody is needed', async () => {
    const stderr = await expectApproved(await begin('china', {}, 'signed in'));
    expect(stderr).not.toContain('step: sign-in-needed');
  });

  it('awsher is in the code page of each of them, and knows whose it is', async () => {
    const { idc, browser } = stage;
    Object.assign(idc.options, PAGE_DEFAULTS, SERVICE_DEFAULTS, { blankMs: BLANK_MS });
    await browser.context.addCookies(idc.directories.map((one) => idc.portalCookie(one)));
    const page = await browser.context.newPage();
    for (const { startUrl } of idc.directories) {
      // Nobody here asked for this code: the background tells, when it may see the page's address.
      await page.goto(`${startUrl}/#/device?user_code=WXYZ-2345`);
      await page.waitForSelector('#cli_verification_btn');
      await until(() => noticeIsOver(page));
    }
    await page.close();
  });
});

describe('every way in which a page may look: nobody is needed', () => {
  beginAnew();

  it.each(PAGES)('%s', async (_name, options) => {
    const stderr = await expectApproved(await begin('corp', options, 'signed in'), options);
    expect(stderr).not.toContain('step: sign-in-needed');
  });
});

describe('a sign-in on the way', () => {
  beginAnew();

  // On a portal of today: undriven.test.ts and popup.test.ts.
  it('the old device page: confirmed before the sign-in, allowed on another host after it', async () => {
    const options: Partial<Options> = { verification: 'device-host', signIn: 'silent' };
    await expectApproved(await begin('china', options, 'signed out'));
  });

  it('the old device page, in Chinese, by its words: after the passkey, nothing is left to the person', async () => {
    const options: Partial<Options> = { verification: 'device-host', locale: 'zh', markers: 'text' };
    const row = await begin('corp', options, 'signed out');
    const page = await row.opened;
    await page.waitForSelector('#sign-in-with-passkey');
    await signIn(page, stage.passkey);
    await expectApproved(row);
  });
});
