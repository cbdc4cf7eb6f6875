import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterEach, describe, expect, it } from 'vitest';
import ids from '../../manifests/ids.json' with { type: 'json' };
import { ViewMessage, type ViewState } from '../../shared/protocol/internal.ts';
import { COMMAND } from '../support/awsher.ts';
import { findChromium, NO_FIREFOX } from '../support/browsers/find.ts';
import { startTool } from '../support/clients/run.ts';
import { tokenFiles } from '../support/home-files.ts';
import { keptFirefox } from '../support/kept-firefox.ts';
import { sharedStage } from '../support/shared-stage.ts';
import { openStage } from '../support/stage.ts';
import { until } from '../support/until.ts';

const cleanUp: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const step of cleanUp.splice(0)) await step();
});

/** Runs in a page of the extension: the first state that the background sends to a view. */
const firstState = () =>
  new Promise<unknown>((resolve) => {
    const port = (globalThis.browser ?? chrome).runtime.connect({ name: 'view' });
    port.onMessage.addListener((message: unknown) => {
      port.disconnect();
      resolve(message);
    });
  });

function stateIn(message: unknown): ViewState {
  const parsed = v.parse(ViewMessage, message);
  if (parsed.type !== 'state') throw new Error(`no state: ${parsed.type}`);
  return parsed.state;
}

/** Two that count, and two that do not. */
const policy = (startUrl: string) => ({
  sessions: [
    { name: 'corp', startUrl, region: 'us-east-1' },
    { name: 'bad]', startUrl, region: 'us-east-1' },
  ],
  watch: true,
  ask: 'yes',
  agents: 'deny',
});

const START_URL = 'https://corp.awsapps.com/start';

function expectManaged({ sessions, settings, managed }: ViewState): void {
  expect(sessions.map(({ target, source }) => [target.session, target.startUrl, source])).toEqual([
    ['corp', START_URL, 'managed'],
  ]);
  expect(settings).toMatchObject({ watch: true, ask: false });
  expect(managed).toEqual(['watch']);
}

// Skipped only where this Firefox is not installed; `npm test` installs it where it may (scripts/test.mjs).
describe.skipIf(NO_FIREFOX)(`what an administrator gives, in Firefox${NO_FIREFOX}`, () => {
  const nextStage = sharedStage(() => keptFirefox());

  it('is offered and locked, lets no agent in, and its session signs in and is written to the config', async (test) => {
    const stage = await nextStage(test);
    await stage.manage(policy(START_URL));
    test.onTestFinished(() => stage.manage(null));
    const popup = await stage.openView('popup/popup.html');
    await popup.waitForSelector('::-p-text(corp.awsapps.com)');
    expectManaged(stateIn(await popup.evaluate(firstState)));
    await stage.signedInToPortal();
    // A coding agent that the person's own settings allow.
    await mkdir(join(stage.home, '.config/awsher'), { recursive: true });
    await writeFile(join(stage.home, '.config/awsher/config.ini'), 'agents = allow\n');
    const words = [
      'login',
      'other',
      '--start-url',
      'https://other.awsapps.com/start',
      '--region',
      'us-east-1',
    ];
    const env = { ...stage.env, CLAUDECODE: '1' };
    const agent = startTool(process.execPath, [COMMAND, ...words], env, stage.home);
    const { code, stderr } = await agent.finished;
    expect({ code, stderr }).toMatchObject({ code: 3, stderr: expect.stringContaining('[AGENT_DENIED]') });
    expect(stage.idc.requests.filter(({ service }) => service === 'sso-oidc')).toEqual([]);
    await (await popup.waitForSelector('::-p-text(Authorize CLI)'))?.click();
    await until(async () => (await tokenFiles(stage.home)).length === 1, 30_000);
    await until(async () =>
      /\[sso-session corp\]/.test(await readFile(join(stage.home, '.aws/config'), 'utf8').catch(() => '')),
    );
  });
});

// A policy of Chromium is a file of the whole computer: other browsers that run meanwhile see it too. So it is played only
// where somebody says that this is all right.
const allowed = process.env.AWSHER_TEST_POLICY_FILE !== undefined && findChromium() !== null;
describe.skipIf(!allowed)('what an administrator gives, in Chromium (AWSHER_TEST_POLICY_FILE)', () => {
  it('is offered and locked; a change counts at once', async () => {
    const file = process.env.AWSHER_TEST_POLICY_FILE ?? '';
    const give = (settings: object) =>
      writeFile(file, JSON.stringify({ '3rdparty': { extensions: { [ids.chromium[0] ?? '']: settings } } }));
    await mkdir(join(file, '..'), { recursive: true });
    cleanUp.push(() => rm(file, { force: true }));
    await give(policy(START_URL));
    const stage = await openStage();
    cleanUp.unshift(() => stage.close());
    const { id } = await stage.browser.extension();
    const page = await stage.browser.context.newPage();
    await page.goto(`chrome-extension://${id}/popup/popup.html`);
    await page.getByText('corp.awsapps.com').waitFor();
    expectManaged(stateIn(await page.evaluate(firstState)));
    await give({ label: 'given' });
    await until(async () => stateIn(await page.evaluate(firstState)).settings.label === 'given', 30_000);
  });
});
