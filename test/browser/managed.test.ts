import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, it } from 'vitest';
import ids from '../../manifests/ids.json' with { type: 'json' };
import { findChromium } from '../support/browsers/find.ts';
import { expectManaged, firstState, policy, START_URL, stateIn } from '../support/managed.ts';
import { openStage } from '../support/stage.ts';
import { until } from '../support/until.ts';

// In Firefox, everywhere: firefox.test.ts.

const cleanUp: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const step of cleanUp.splice(0)) await step();
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
