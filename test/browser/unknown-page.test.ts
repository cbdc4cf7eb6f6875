import { describe, expect, it } from 'vitest';
import { noticeIsOver } from '../support/notice.ts';
import { type OwnStage, ownStage } from '../support/own-stage.ts';

/** AWS names a page on its sign-in host, as it was seen in September 2026: awsher may not see it. */
const center = { verification: 'sign-in-host', completeAddress: false } as const;

async function begin(stage: OwnStage) {
  const opened = stage.browser.nextPage();
  const login = stage.line('login', ...stage.corp);
  const page = await opened;
  await page.waitForSelector('#cli_verification_btn');
  await login.until(/Approve it yourself in the browser tab/);
  return { login, page };
}

describe('a page in a form that nobody knows', () => {
  it('is the person’s: nothing is pressed, no notice comes, and their own clicks end it well', async (test) => {
    const stage = await ownStage(test, { signedIn: true, center });
    const { login, page } = await begin(stage);
    await page.click('#cli_verification_btn');
    // The consent is on the portal, which awsher sees: it follows what could not be judged.
    await page.waitForSelector('[data-testid="allow-access-button"]');
    expect(await stage.judged(page.url())).toEqual(['left']);
    expect(stage.idc.count('DecideConsent')).toBe(0);
    expect(await noticeIsOver(page)).toBe(false);
    await page.click('[data-testid="allow-access-button"]');
    const { code, stderr } = await login.finished;
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(stage.idc.count('AcceptUserCode')).toBe(1);
    expect(stage.idc.count('DecideConsent')).toBe(1);
  });

  it('wants our code typed: the terminal and the popup tell it, and what was typed is signed in', async (test) => {
    // On the portal: AWS returned an address without the code.
    const stage = await ownStage(test, { signedIn: true, center: { completeAddress: false } });
    const opened = stage.browser.nextPage();
    const login = stage.line('login', ...stage.corp);
    const page = await opened;
    await page.waitForSelector('input[name=user_code]');
    await login.until(/Approve it yourself in the browser tab; your code is [A-Z0-9]{4}-[A-Z0-9]{4}/);
    const history = await stage.line('history').finished;
    expect(history.stdout).toContain('corp.awsapps.com/start/');
    expect(history.stderr).toContain('awsher does not know the page corp.awsapps.com/start/: report it');
    const doctor = await stage.awsher('doctor');
    expect(doctor.stdout).toContain('awsher does not know the page corp.awsapps.com/start/\n');
    const [, code = ''] = /your code is (\S{9})/.exec(login.output().stderr) ?? [];
    expect(code).toBe(stage.idc.deviceCodes.at(-1)?.userCode);
    const popup = await stage.browser.context.newPage();
    await popup.goto(`chrome-extension://${(await stage.browser.extension()).id}/popup/popup.html`);
    await popup.getByText(code).waitFor();
    const report = await popup.getByRole('button', { name: 'Copy page report' }).getAttribute('title');
    expect(report).toContain(
      'button#cli_verification_btn[data-analytics="accept-user-code"] "Confirm and continue"',
    );
    expect(report).toContain('page corp.awsapps.com/start/');
    expect(report).toContain('button#account-menu');
    expect(report).not.toMatch(/user_code=|ana@|Ana|[A-Z0-9]{4}-[A-Z0-9]{4}/);
    await popup.close();
    // It never goes into the page by awsher.
    expect(await page.content()).not.toContain(code);
    await page.fill('input[name=user_code]', code);
    await page.click('#cli_verification_btn');
    await page.click('[data-testid="allow-access-button"]');
    expect(await login.finished).toMatchObject({ code: 0 });
  });

  it('closed instead: exit 3', async (test) => {
    const stage = await ownStage(test, { signedIn: true, center });
    const { login, page } = await begin(stage);
    await page.close();
    expect((await login.finished).code).toBe(3);
    expect(stage.idc.count('AcceptUserCode')).toBe(0);
  });
});
