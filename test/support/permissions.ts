import type { DrivenChromium } from './browsers/chromium.ts';

/**
 * The person's yes in the browser's own question, which no driver can press: given beforehand on chrome://extensions, so
 * that a click on awsher's button is all that is left.
 */
export async function agreeTo(browser: DrivenChromium, hosts: readonly string[]): Promise<void> {
  const { id } = await browser.extension();
  const page = await browser.context.newPage();
  await page.goto('chrome://extensions');
  await page.evaluate(
    async ([extension, hosts]) => {
      const api = Reflect.get(Reflect.get(globalThis, 'chrome'), 'developerPrivate');
      for (const host of hosts) await api.addHostPermission(extension, host);
    },
    [id, hosts] as const,
  );
  await page.close();
}

/** Gives awsher hosts that it asks for later, for tests that are not about the asking. */
export async function allow(browser: DrivenChromium, hosts: readonly string[]): Promise<void> {
  await agreeTo(browser, hosts);
  const { id } = await browser.extension();
  const page = await browser.context.newPage();
  await page.goto(`chrome-extension://${id}/permission/permission.html`);
  await page.evaluate(
    (origins) => {
      // Wherever it lands: the page may not be drawn yet.
      document.addEventListener('click', async () => {
        await chrome.permissions.request({ origins });
        // The page has a title and a life of its own.
        document.documentElement.dataset.given = 'yes';
      });
    },
    [...hosts],
  );
  await page.mouse.click(2, 2);
  await page.waitForFunction(() => document.documentElement.dataset.given === 'yes');
  await page.close();
}

/** Takes back what the person has given since the installation. */
export async function takeBackHosts(browser: DrivenChromium): Promise<void> {
  const { worker } = await browser.extension();
  await worker.evaluate(async () => {
    const { host_permissions = [], content_scripts = [] } = chrome.runtime.getManifest();
    const installed = new Set<string>([
      ...host_permissions,
      ...content_scripts.flatMap(({ matches = [] }) => matches),
    ]);
    const { origins = [] } = await chrome.permissions.getAll();
    const given = origins.filter((one) => !installed.has(one));
    if (given.length > 0) await chrome.permissions.remove({ origins: given });
  });
}
