import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ownStage } from '../support/own-stage.ts';
import { until } from '../support/until.ts';

it('a wrong region is corrected by one click in the popup, and kept in the config', async (test) => {
  const stage = await ownStage(test, { byName: true, signedIn: true, center: { region: 'eu-central-1' } });
  const config = join(stage.home, '.aws/config');
  await mkdir(join(stage.home, '.aws'), { recursive: true });
  const text = `# mine\n[sso-session corp]\nsso_start_url = ${stage.idc.startUrl}\nsso_region = us-east-1\nsso_registration_scopes = sso:account:access\n`;
  await writeFile(config, text);
  const popup = await stage.browser.context.newPage();
  await popup.goto(`chrome-extension://${(await stage.browser.extension()).id}/popup/popup.html`);
  await popup.getByRole('button', { name: /Authorize|Sign in/ }).click();
  await popup.getByRole('button', { name: 'Find the right region' }).click();
  await popup
    .getByText(/Signed in/)
    .first()
    .waitFor();
  await until(async () => stage.idc.count('CreateToken', { status: 200 }) === 1);
  expect(await readFile(config, 'utf8')).toBe(text.replace('us-east-1', 'eu-central-1'));
});
