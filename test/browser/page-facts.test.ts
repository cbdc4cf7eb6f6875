import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { PAGE_FACTS } from '../../shared/approval/page-facts.ts';
import { foreignCode } from '../support/foreign-code.ts';
import { noticeIsOver } from '../support/notice.ts';
import { ROOT } from '../support/root.ts';
import { openStage } from '../support/stage.ts';
import { until } from '../support/until.ts';

/** Words and addresses of tomorrow's pages, which the extension that was built does not know. */
const TOMORROW = [
  [PAGE_FACTS.asOf, '2099-01-01'],
  ['Confirm and continue', 'This is my code'],
  ['Allow access', 'Grant permission'],
  ['Request approved', 'All done'],
  ['path:`/device`,parameter:`user_code`', 'path:`/activate`,parameter:`userCode`'],
  ['path:`/`,parameter:`deviceContextId`', 'path:`/consent`,parameter:`contextId`'],
] as const;

/** The built package with other facts about AWS's pages in its host: what an update of the command brings. */
async function updatedPackage(folder: string): Promise<string> {
  const dist = join(folder, 'dist');
  await cp(join(ROOT, 'dist'), dist, { recursive: true });
  for (const name of ['package.json', 'manifests'])
    await cp(join(ROOT, name), join(folder, name), { recursive: true });
  let changed = 0;
  for (const name of await readdir(join(dist, 'host'), { recursive: true })) {
    if (!name.endsWith('.js')) continue;
    const file = join(dist, 'host', name);
    const text = await readFile(file, 'utf8');
    if (!TOMORROW.every(([from]) => text.includes(from))) continue;
    await writeFile(
      file,
      TOMORROW.reduce((all, [from, to]) => all.replaceAll(from, to), text),
    );
    changed++;
  }
  expect(changed).toBe(1);
  return join(dist, 'cli', 'awsher.js');
}

it("a change of AWS's pages is mended by an update of the command alone", async ({ onTestFinished }) => {
  const folder = await mkdtemp(join(tmpdir(), 'awsher-facts-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const stage = await openStage({
    install: await updatedPackage(folder),
    center: { markers: 'none', routes: 'new' },
  });
  onTestFinished(() => stage.close());
  await stage.browser.context.addCookies([stage.idc.portalCookie()]);
  const { code, stderr } = await stage.awsher('login', ...stage.corp);
  expect({ code, stderr }).toMatchObject({ code: 0 });
  expect(stderr).not.toContain('Approve it yourself in the browser tab');
  expect([stage.idc.count('AcceptUserCode'), stage.idc.count('DecideConsent')]).toEqual([1, 1]);
  // And a code of nobody here, at an address in the new form.
  const stranger = await foreignCode(stage.idc);
  expect(stranger.url).toContain('/#/activate?userCode=');
  const tab = await stage.browser.context.newPage();
  await tab.goto(stranger.url);
  await until(() => noticeIsOver(tab));
});
