import { samlHostPermissions } from '../../shared/aws/saml-hosts.ts';
import type { DrivenChromium } from './browsers/chromium.ts';
import type { Ground } from './ground.ts';

/**
 * The person's yes in the browser's own question, which no driver can press: given beforehand on chrome://extensions, so
 * that a click on awsher's button is all that is left.
 */
export async function agreeToSaml(browser: DrivenChromium): Promise<void> {
  const { id } = await browser.extension();
  const page = await browser.context.newPage();
  await page.goto('chrome://extensions');
  await page.evaluate(
    async ([extension, hosts]) => {
      const api = Reflect.get(Reflect.get(globalThis, 'chrome'), 'developerPrivate');
      for (const host of hosts) await api.addHostPermission(extension, host);
    },
    [id, samlHostPermissions()] as const,
  );
  await page.close();
}

/** Gives awsher the hosts of AWS's SAML sign-in, for tests that are not about the asking. */
export async function allowSaml(browser: DrivenChromium): Promise<void> {
  await agreeToSaml(browser);
  const { id } = await browser.extension();
  const page = await browser.context.newPage();
  await page.goto(`chrome-extension://${id}/permission/permission.html`);
  await page.evaluate((origins) => {
    // Wherever it lands: the page may not be drawn yet.
    document.addEventListener('click', async () => {
      await chrome.permissions.request({ origins });
      // The page has a title and a life of its own.
      document.documentElement.dataset.given = 'yes';
    });
  }, samlHostPermissions());
  await page.mouse.click(2, 2);
  await page.waitForFunction(() => document.documentElement.dataset.given === 'yes');
  await page.close();
}

/** Sets up the sign-in `corp` of the embedded Identity Center's SAML IdP. */
export async function setUpSaml({ awsher, idc }: Pick<Ground, 'awsher' | 'idc'>): Promise<void> {
  const { code, stderr } = await awsher('saml', 'add', 'corp', '--url', idc.samlStartUrl);
  if (code !== 0) throw new Error(stderr);
}
