import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { regionOf } from '../../../extension/ui/session-form/region-of.ts';
import { dueStep } from '../../../extension/welcome/progress.ts';
import type { ViewState } from '../../../shared/protocol/internal.ts';
import { NO_CHROMIUM } from '../../support/browsers/find.ts';
import { background } from '../../support/views/pages.ts';
import { type Stage, viewsStage } from '../../support/views/stage.ts';
import {
  attempt,
  PICTURE_TIME,
  session,
  status,
  unavailable,
  viewState,
} from '../../support/views/states.ts';

const added = { source: 'extension', status: null } as const;
const good = { status: status('valid', 3_600_000) };

describe('which step is due', () => {
  const ended = attempt('done', { endedAt: PICTURE_TIME });
  it.each<[string, ViewState, string]>([
    ['no host', viewState({ host: unavailable('missing') }), 'host'],
    ['a host that is on its way', viewState({ host: { state: 'connecting' } }), 'host'],
    [
      'a host that went away at the end',
      viewState({ host: unavailable('failed'), sessions: [session('a', good)] }),
      'host',
    ],
    ['no session', viewState(), 'session'],
    ['a new session', viewState({ sessions: [session('a', added)] }), 'sign-in'],
    [
      'a session that is over',
      viewState({ sessions: [session('a', { status: status('expired', -1) })] }),
      'sign-in',
    ],
    [
      'a sign-in that runs',
      viewState({ sessions: [session('a', { ...added, attempt: attempt('confirming') })] }),
      'sign-in',
    ],
    [
      'a sign-in that ended well',
      viewState({ sessions: [session('a', { ...added, attempt: ended })] }),
      'done',
    ],
    ['signed in by the terminal', viewState({ sessions: [session('a'), session('b', good)] }), 'done'],
    [
      'one that renews by itself',
      viewState({ sessions: [session('a', { status: status('refreshable', -1, true) })] }),
      'done',
    ],
  ])('%s', (_, state, due) => expect(dueStep(state)).toBe(due));
});

describe('the region that a start URL tells', () => {
  it.each([
    ['https://ssoins-7223a1b2c3d4e5f6.eu-west-1.portal.amazonaws.com', 'eu-west-1'],
    ['  https://SSOINS-7223A1B2.portal.ap-northeast-2.app.aws/', 'ap-northeast-2'],
    ['https://start.us-gov-west-1.us-gov-home.awsapps.com/directory/d-1', 'us-gov-west-1'],
    ['https://d-1234567890.awsapps.com/start', null],
    ['https://evil.example/eu-west-1.portal.amazonaws.com', null],
    ['https://ssoins-1.eu-west-1.portal.amazonaws.com.evil.example', null],
    ['https://ssoins-7223', null],
    ['', null],
  ])('%s', (startUrl, region) => expect(regionOf(startUrl)).toBe(region));
});

it('names the version of Node.js that package.json asks for', async () => {
  const text = async (path: string) => readFile(new URL(`../../../${path}`, import.meta.url), 'utf8');
  const { engines }: { engines: { node: string } } = JSON.parse(await text('package.json'));
  const [, node] = /NODE = '(.+)'/.exec(await text('extension/welcome/host-part.tsx')) ?? [];
  expect(engines.node).toBe(`>=${node}.0`);
});

// Skipped only where Chromium is not installed; `npm test` installs it where it may.
describe.skipIf(NO_CHROMIUM)(`the welcome page${NO_CHROMIUM}`, () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await viewsStage();
  });
  const open = (state: ViewState) => stage.open('welcome/welcome.html', state, { width: 900 });

  it('shows the one line to paste for this system', async () => {
    const { page, close } = await open(
      viewState({ host: unavailable('missing'), installCommand: 'awsher install --browser edge' }),
    );
    await page
      .locator('code', { hasText: 'npm install -g awsher && awsher install --browser edge' })
      .waitFor();
    await close();
  });

  it('takes the focus along when a step ends, and leaves it where it is otherwise', async () => {
    const { page, close } = await open(viewState({ host: unavailable('missing') }));
    const worker = background(page);
    const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim());
    await page.getByRole('button', { name: /^Copy/ }).first().focus();
    await worker.setState(viewState());
    await page.locator('#startUrl').waitFor();
    expect(await focused()).toBe('Add your access portal');
    await page.locator('#startUrl').focus();
    await worker.setState(viewState({ settings: { ...viewState().settings, label: 'work' } }));
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('startUrl');
    await close();
  });

  it('adds the session, fills in the region that the address tells, and shows a refusal in its place', async () => {
    const { page, close } = await open(viewState());
    const worker = background(page);
    await page.locator('#startUrl').fill('https://ssoins-7223a1b2c3d4e5f6.eu-west-1.portal.amazonaws.com');
    expect(await page.locator('#region').inputValue()).toBe('eu-west-1');
    await page.locator('.field-more summary').click();
    await page.locator('#name').fill('corp');
    await page.getByRole('button', { name: 'Add session' }).click();
    expect(await worker.requests()).toEqual([
      {
        type: 'session.add',
        session: 'corp',
        startUrl: 'https://ssoins-7223a1b2c3d4e5f6.eu-west-1.portal.amazonaws.com',
        region: 'eu-west-1',
      },
    ]);
    await worker.refuse({ code: 'NAME_INVALID', message: 'Not that name.' });
    await page.locator('form [role=alert]').getByText('Not that name.').waitFor();
    await close();
  });

  it('signs in, keeps a held Enter key from cancelling, and cancels on demand', async () => {
    const { page, close } = await open(viewState({ sessions: [session('corp', added)] }));
    const worker = background(page);
    await page.getByRole('button', { name: 'Sign in corp' }).press('Enter');
    await worker.setState(
      viewState({ sessions: [session('corp', { ...added, attempt: attempt('registering') })] }),
    );
    await page.getByRole('button', { name: 'Cancel' }).waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.className)).toBe('sign-in');
    await page.keyboard.press('Enter');
    expect(await worker.requests()).toEqual([{ type: 'authorize', session: 'corp' }]);
    await page.getByRole('button', { name: 'Cancel' }).click();
    expect(await worker.requests()).toEqual([
      { type: 'authorize', session: 'corp' },
      { type: 'cancel', session: 'corp' },
    ]);
    await close();
  });
});
