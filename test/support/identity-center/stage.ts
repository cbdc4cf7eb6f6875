import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  RegisterClientCommand,
  SSOOIDCClient,
  StartDeviceAuthorizationCommand,
} from '@aws-sdk/client-sso-oidc';
import { launchChromium } from '../browsers/chromium.ts';
import { createPasskey } from '../browsers/passkey.ts';
import { startIdentityCenter } from './index.ts';
import { PAGE_DEFAULTS, SERVICE_DEFAULTS, type SetUp } from './options.ts';

export type Stage = Awaited<ReturnType<typeof openStage>>;

/** One browser and one Identity Center for all tests of a file: a person with a passkey in front of the pages. */
export async function openStage(others: SetUp['others']) {
  const home = await mkdtemp(join(tmpdir(), 'awsher-pages-'));
  const idc = await startIdentityCenter({ others });
  const browser = await launchChromium({ idc, home });
  const passkey = await createPasskey(browser.context, idc.enrolUrl);
  const page = await browser.context.newPage();
  return {
    idc,
    browser,
    passkey,
    /** A blank tab in a browser that is signed in to the portal, with every option as it was: one for all tests. */
    async blankPage() {
      Object.assign(idc.options, PAGE_DEFAULTS, SERVICE_DEFAULTS, { blankMs: 20 });
      await browser.context.clearCookies();
      await browser.context.addCookies([idc.portalCookie()]);
      page.removeAllListeners('response');
      await page.unrouteAll();
      await page.goto('about:blank');
      return page;
    },
    /** A terminal asks for a code. */
    async startDevice(directory = idc.directories[0]) {
      if (directory === undefined) throw new Error('no such directory');
      const { region, startUrl } = directory;
      const oidc = new SSOOIDCClient({ region, endpoint: idc.httpUrlIn(region) });
      const { clientId, clientSecret } = await oidc.send(
        new RegisterClientCommand({ clientName: 'hand-made', clientType: 'public' }),
      );
      const device = await oidc.send(
        new StartDeviceAuthorizationCommand({ clientId, clientSecret, startUrl }),
      );
      return { userCode: device.userCode ?? '', url: device.verificationUriComplete ?? '' };
    },
    statusOf: (userCode: string) => idc.deviceCodes.find((one) => one.userCode === userCode)?.status,
    async close() {
      await browser.close();
      await idc.close();
      await rm(home, { recursive: true, force: true });
    },
  };
}
