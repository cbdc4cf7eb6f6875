import { readFileSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ownStage } from '../support/own-stage.ts';
import { agreeToSaml, setUpSaml } from '../support/saml-stage.ts';
import { until } from '../support/until.ts';

it('from the passkey at the IdP to credentials of a role, and nothing of the response stays', async (test) => {
  const stage = await ownStage(test, { passkey: true });
  const { browser, idc, home, passkey } = stage;
  await agreeToSaml(browser);
  await setUpSaml(stage);
  const tabs = browser.context.pages().length;
  const asking = browser.nextPage();
  const login = stage.start('saml', 'login', 'corp', '--role', 'Admin', '--verbose');
  const permission = await asking;
  await login.until(/Press Allow in the browser tab in front/);
  const opened = browser.nextPage();
  await permission.getByRole('button', { name: /allow/i }).click();
  const page = await opened;
  await login.until(/Sign in on the page/);
  await passkey.ready(page);
  await page.click('#sign-in-with-passkey');
  const { code, stdout, stderr } = await login.finished;
  expect({ code, stdout, stderr }).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^✓ signed in to corp as ana@example.com: Admin in 111122223333, until /),
  });
  await until(() => browser.context.pages().length === tabs);
  const file = join(home, '.aws/config');
  expect(readFileSync(file, 'utf8')).toMatch(
    /^\[profile corp\]\ncredential_process = \S+ \S+awsher.js credential-process --saml corp --profile corp\n$/,
  );
  const keys = await stage.awsher('credential-process', '--profile', 'corp');
  expect(JSON.parse(keys.stdout)).toMatchObject({ Version: 1, AccountId: '111122223333' });
  const saml = join(home, '.local/state/awsher/saml');
  for (const name of await readdir(saml)) expect(statSync(join(saml, name)).mode & 0o777).toBe(0o600);
  // The issuer is pinned now, and the second time is silent: the IdP's session lives.
  expect(readFileSync(join(home, '.config/awsher/saml.ini'), 'utf8')).toContain(idc.options.samlIssuer);
  const again = await stage.awsher('saml', 'login', 'corp', '--role', 'Admin', '--json');
  expect(JSON.parse(again.stdout)).toMatchObject({
    profile: 'corp',
    roleArn: 'arn:aws:iam::111122223333:role/Admin',
    who: 'ana@example.com',
    browser: 'chromium',
  });
  expect(idc.unexpected).toEqual([]);
});
