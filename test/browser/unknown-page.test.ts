import { describe, expect, it } from 'vitest';
import { noticeIsOver } from '../support/notice.ts';
import { type OwnStage, ownStage } from '../support/own-stage.ts';

/** AWS names a page on its sign-in host, as it was seen in September 2026: awsher may not see it. */
const center = { verification: 'sign-in-host', completeAddress: false } as const;

async function begin(stage: OwnStage) {
  const opened = stage.browser.nextPage();
  const login = stage.start('login', ...stage.corp);
  const page = await opened;
  await page.waitForSelector('#cli_verification_btn');
  await login.until(/Please look at the tab in your browser and approve it there/);
  return { login, page };
}

describe.concurrent('a page in a form that nobody knows', () => {
  it('is the person’s: nothing is pressed, no notice comes, and their own clicks end it well', async (test) => {
    const stage = await ownStage(test, { signedIn: true, center });
    const { login, page } = await begin(stage);
    await page.click('#cli_verification_btn');
    // The consent is on the portal, which awsher sees: it follows what could not be judged.
    await page.waitForSelector('[data-testid="allow-access-button"]');
    await page.waitForTimeout(1_500);
    expect(stage.idc.count('DecideConsent')).toBe(0);
    expect(await noticeIsOver(page)).toBe(false);
    await page.click('[data-testid="allow-access-button"]');
    const { code, stderr } = await login.finished;
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(stage.idc.count('AcceptUserCode')).toBe(1);
    expect(stage.idc.count('DecideConsent')).toBe(1);
  });

  it('closed instead: exit 3', async (test) => {
    const stage = await ownStage(test, { signedIn: true, center });
    const { login, page } = await begin(stage);
    await page.close();
    expect((await login.finished).code).toBe(3);
    expect(stage.idc.count('AcceptUserCode')).toBe(0);
  });
});
