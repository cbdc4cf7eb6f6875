import type { Page } from 'playwright-core';
import type { Passkey } from './passkey.ts';

/** Uses the passkey on the sign-in page, as a person does. Ends when the page has gone on. */
export async function signIn(page: Page, passkey: Passkey): Promise<void> {
  await passkey.ready(page);
  await page.click('#sign-in-with-passkey');
  await page.waitForURL((url) => !url.pathname.startsWith('/platform/'));
}

/** Compares and confirms the code. Returns the code that the page showed. */
export async function confirmCode(page: Page): Promise<string> {
  const shown = (await page.textContent('#user-code')) ?? '';
  await page.click('#cli_verification_btn');
  return shown;
}

/** Agrees on the consent page. */
export async function allowAccess(page: Page): Promise<void> {
  await page.click('[data-testid="allow-access-button"]');
}
