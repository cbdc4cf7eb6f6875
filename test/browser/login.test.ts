import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { signIn } from '../support/browsers/person.ts';
import { openStage, type Stage } from '../support/stage.ts';

let stage: Stage;
afterEach(() => stage?.close());

it('signs a terminal in from a signed-out browser, with a passkey', async () => {
  stage = await openStage();
  const { browser, passkey, idc, home } = stage;
  const opened = browser.nextPage();
  const login = stage.start('login', ...stage.corp, '--json');
  const page = await opened;
  await page.waitForSelector('#sign-in-with-passkey');
  await login.until(/asks you to sign in/);
  await signIn(page, passkey);
  const { code, stdout, stderr } = await login.finished;
  expect({ code, stderr }).toMatchObject({ code: 0 });
  console.log(stderr, stdout);
  const answer = JSON.parse(stdout);
  expect(answer).toMatchObject({ session: 'corp', how: 'browser', browser: 'chromium', region: 'us-east-1' });
  expect(await readFile(join(home, '.aws/config'), 'utf8')).toBe(
    `[sso-session corp]\nsso_start_url = ${idc.startUrl}\nsso_region = us-east-1\nsso_registration_scopes = sso:account:access\n`,
  );
  expect((await stat(answer.cacheFile)).mode & 0o777).toBe(0o600);
  expect(idc.count('CreateToken', { status: 200 })).toBe(1);
  expect(idc.unexpected).toEqual([]);
});
