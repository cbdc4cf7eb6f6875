import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateTokenCommand,
  RegisterClientCommand,
  SSOOIDCClient,
  StartDeviceAuthorizationCommand,
} from '@aws-sdk/client-sso-oidc';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type IdentityCenter, startIdentityCenter } from '../identity-center/index.ts';
import { listenOnLoopback } from '../loopback.ts';
import { type DrivenChromium, launchChromium } from './chromium.ts';
import { findChromium, NO_CHROMIUM } from './find.ts';
import { createPasskey } from './passkey.ts';
import { allowAccess, confirmCode, signIn } from './person.ts';
import { writeProbeExtension } from './probe-extension.ts';

const DEVICE_CODE = 'urn:ietf:params:oauth:grant-type:device_code';
const scopes = ['sso:account:access'];

let home: string;
let idc: IdentityCenter;
let browser: DrivenChromium;

beforeAll(async () => {
  if (findChromium() === null) return;
  home = await mkdtemp(join(tmpdir(), 'awsher-chromium-'));
  idc = await startIdentityCenter();
  const extensionDir = join(home, 'extension');
  await writeProbeExtension(extensionDir);
  browser = await launchChromium({ idc, home, extensionDir });
});
beforeEach(() => {
  if (findChromium() !== null) idc.options.blankMs = 50;
});
afterAll(async () => {
  await browser?.close();
  await idc?.close();
  if (home) await rm(home, { recursive: true, force: true });
});

function oidcClient() {
  return new SSOOIDCClient({ region: 'us-east-1', endpoint: idc.httpUrl });
}

async function startDevice() {
  const oidc = oidcClient();
  const { clientId, clientSecret } = await oidc.send(
    new RegisterClientCommand({ clientName: 'hand-made', clientType: 'public', scopes }),
  );
  const client = { clientId, clientSecret };
  const device = await oidc.send(new StartDeviceAuthorizationCommand({ ...client, startUrl: idc.startUrl }));
  return {
    userCode: device.userCode ?? '',
    url: device.verificationUriComplete ?? '',
    redeem: () =>
      oidc.send(new CreateTokenCommand({ ...client, grantType: DEVICE_CODE, deviceCode: device.deviceCode })),
  };
}

// With nobody attached: test/browser/undriven.test.ts.
// Skipped only where Chromium is not installed; `npm test` installs it where it may.
describe.skipIf(NO_CHROMIUM)(`a real Chromium on the production host names${NO_CHROMIUM}`, () => {
  it('signs in with a passkey, walks the device page, and the terminal gets its token', async () => {
    const { context } = browser;
    const passkey = await createPasskey(context, idc.enrolUrl);
    const { userCode, url, redeem } = await startDevice();
    const page = await context.newPage();
    await page.goto(url);
    await page.waitForURL(
      /^https:\/\/us-east-1\.signin\.aws\/platform\/d-[0-9a-f]{10}\/login\?workflowStateHandle=/,
    );
    await signIn(page, passkey);
    expect(await confirmCode(page)).toBe(userCode);
    // The sign-in's own address is gone, the one that was asked for is back.
    await page.waitForURL(
      /^https:\/\/corp\.awsapps\.com\/start\/#\/\?clientId=.*&clientType=public&deviceContextId=/,
    );
    await page.waitForSelector('[data-testid="allow-access-button"]');
    const buttons = await page
      .locator('button')
      .evaluateAll((all) => all.map((one) => one.getAttribute('type')));
    expect(buttons).toEqual(['submit', 'submit']);
    expect(await page.locator('button').first().textContent()).toBe('Deny access');
    await allowAccess(page);
    await page.waitForSelector('[data-analytics-alert="success"]');
    expect(await page.textContent('.awsui-context-alert')).toBe('Request approved');
    expect((await redeem()).accessToken).toBeTruthy();

    // The portal session lives: another request, in another tab, asks for no passkey.
    const second = await startDevice();
    const next = await context.newPage();
    await next.goto(second.url);
    await confirmCode(next);
    await allowAccess(next);
    await next.waitForSelector('[data-analytics-alert="success"]');
    expect((await second.redeem()).accessToken).toBeTruthy();

    // Without it the passkey is used again, in another tab than before.
    idc.endPortalSessions();
    await page.goto(idc.startUrl);
    await page.waitForSelector('#sign-in-with-passkey');
    await signIn(page, passkey);
    await page.getByText('Welcome, Ana').waitFor();
    idc.endPortalSessions();
    await next.goto(idc.startUrl);
    await next.waitForSelector('#sign-in-with-passkey');
    await signIn(next, passkey);
    await next.getByText('Welcome, Ana').waitFor();
    expect(idc.count('VerifyPasskey', { status: 200 })).toBe(3);
    expect(idc.unexpected).toEqual([]);
  });

  it('gives a PKCE code to the loopback address after consent', async () => {
    await browser.context.addCookies([idc.portalCookie()]);
    const seen: string[] = [];
    const callback = createServer((request, response) => {
      seen.push(request.url ?? '');
      response.end('You can close this tab.');
    });
    const callbackPort = await listenOnLoopback(callback);
    try {
      const redirectUri = `http://127.0.0.1:${callbackPort}/oauth/callback`;
      const codeVerifier = randomBytes(48).toString('base64url');
      const oidc = oidcClient();
      const { clientId, clientSecret } = await oidc.send(
        new RegisterClientCommand({
          clientName: 'pkce client',
          clientType: 'public',
          scopes,
          grantTypes: ['authorization_code', 'refresh_token'],
          redirectUris: ['http://127.0.0.1/oauth/callback'],
          issuerUrl: idc.startUrl,
        }),
      );
      const query = new URLSearchParams({
        response_type: 'code',
        client_id: clientId ?? '',
        redirect_uri: redirectUri,
        state: 'the-state',
        code_challenge_method: 'S256',
        scopes: 'sso:account:access',
        code_challenge: createHash('sha256').update(codeVerifier).digest('base64url'),
      });
      const page = await browser.context.newPage();
      await page.goto(`https://oidc.us-east-1.amazonaws.com/authorize?${query}`);
      await page.waitForSelector('[data-testid="allow-access-button"]');
      expect(await page.textContent('h1')).toBe('Allow pkce client to access your data?');
      expect(new URL(page.url()).hash).not.toContain('deviceContextId');
      await allowAccess(page);
      await page.waitForURL(/^http:\/\/127\.0\.0\.1:/);
      const answer = new URLSearchParams(seen.find((one) => one.startsWith('/oauth/'))?.split('?')[1]);
      expect(answer.get('state')).toBe('the-state');
      const token = await oidc.send(
        new CreateTokenCommand({
          clientId,
          clientSecret,
          grantType: 'authorization_code',
          code: answer.get('code') ?? '',
          codeVerifier,
          redirectUri,
        }),
      );
      expect(token.refreshToken).toBeTruthy();
      expect(idc.unexpected).toEqual([]);
    } finally {
      callback.closeAllConnections();
      await new Promise((resolve) => callback.close(resolve));
    }
  });

  it('loads an unpacked extension whose script runs on the portal, and finds nothing outside AWS', async () => {
    idc.endPortalSessions();
    // Long enough to look at the portal before it sends the person to the sign-in page.
    idc.options.blankMs = 20_000;
    const { id, worker } = await browser.extension();
    expect(id).toMatch(/^[a-p]{32}$/);
    const asked = await worker.evaluate(async () => {
      const url = 'https://oidc.us-east-1.amazonaws.com/client/register';
      const body = JSON.stringify({ clientName: 'worker', clientType: 'public' });
      const inside = await fetch(url, { method: 'POST', body });
      const outside = await fetch('https://example.com/').catch((error: unknown) => String(error));
      return { inside: inside.status, outside };
    });
    expect(asked).toEqual({ inside: 200, outside: 'TypeError: Failed to fetch' });
    const page = await browser.context.newPage();
    await page.goto(idc.startUrl);
    await page.waitForSelector('html[data-extension="here"]', { state: 'attached' });
  });
});
