import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RunningLine } from '../../support/command-line.ts';
import { tokenFiles } from '../../support/home-files.ts';
import type { HostileBrowser, HostileStage } from '../../support/hostile.ts';
import { PAGE_DEFAULTS, SERVICE_DEFAULTS } from '../../support/identity-center/options.ts';
import { until } from '../../support/until.ts';

const CAUGHT = 'http://127.0.0.1:1/oauth/callback';
/** What a script in the portal does to go somewhere, and to be there for a moment when it was kept from it. */
const goTo = (address: string) =>
  `location.href = ${JSON.stringify(address)}; await new Promise((resolve) => setTimeout(resolve, 300));`;

/**
 * What a script in the portal may try with an answer of its own, one for each way to send it: the page stays, and the true answer is
 * the one that counts. Every form of a wrong answer is in test/shared/oidc/code-flow.test.ts.
 */
const KEPT: Record<string, (request: { state: string }) => string> = {
  'another state': () => goTo(`${CAUGHT}?code=stolen&state=guessed`),
  'a code and an error': ({ state }) => goTo(`${CAUGHT}?code=stolen&error=access_denied&state=${state}`),
  'a link that is clicked': () =>
    `const a = document.createElement('a'); a.href = '${CAUGHT}?code=stolen&state=guessed'; document.body.append(a); a.click();
     await new Promise((resolve) => setTimeout(resolve, 300));`,
  'a frame that is sent there': ({ state }) =>
    `const f = document.createElement('iframe'); f.src = '${CAUGHT}?code=stolen&state=${state}'; document.body.append(f);
     await new Promise((resolve) => setTimeout(resolve, 300));`,
};

/** A script that leaves the page, and lets it do nothing more. */
const leaveFor = (address: string) =>
  `location.href = ${JSON.stringify(address)}; await new Promise(() => {});`;

/** Where the page really leaves: nobody hears anything, and nothing is pressed. */
const LOST: Record<string, (request: { state: string }) => string> = {
  'another port': ({ state }) => leaveFor(`http://127.0.0.1:9/oauth/callback?code=stolen&state=${state}`),
  'a name before the host': ({ state }) =>
    leaveFor(`http://a@127.0.0.1:1/oauth/callback?code=stolen&state=${state}`),
  'in the fragment': ({ state }) => leaveFor(`http://127.0.0.1:1/oauth/callback#code=stolen&state=${state}`),
};

// Skipped only where the browser is not installed; `npm test` installs it where it may. What is decided from what the rows show each browser to hear and to do: test/extension/background/request/tokens.test.ts.
export function pkceIn({ browser, installed, open }: HostileBrowser): void {
  describe.runIf(installed)(`a sign-in by PKCE in ${browser}`, () => {
    let stage: HostileStage;
    beforeAll(async () => {
      stage = await open();
      await stage.signedInToPortal();
    });
    afterAll(() => stage?.leave());
    beforeEach(() => {
      stage.idc.faults.clear();
      Object.assign(stage.idc.options, PAGE_DEFAULTS, SERVICE_DEFAULTS, { blankMs: 0 });
    });

    const login = () =>
      stage.line('login', ...stage.corp, '--flow', 'pkce', '--force', '--json', '--verbose');
    const counts = () => ({
      pressed: stage.idc.count('DecideConsent'),
      asked: stage.idc.count('CreateToken'),
      tokens: stage.idc.count('CreateToken', { status: 200 }),
    });
    /** What has come since. */
    const since = (before: ReturnType<typeof counts>) => {
      const now = counts();
      return {
        pressed: now.pressed - before.pressed,
        asked: now.asked - before.asked,
        tokens: now.tokens - before.tokens,
      };
    };
    const ONE = { pressed: 1, asked: 1, tokens: 1 };

    it.for(['page', 'oidc'] as const)('with the portal session alive; last hop: %s', async (lastHop) => {
      stage.idc.options.lastHop = lastHop;
      const before = counts();
      const { code, stdout, stderr } = await login().finished;
      expect({ code, stderr }).toMatchObject({ code: 0 });
      expect(JSON.parse(stdout)).toMatchObject({ how: 'browser', flow: 'pkce' });
      expect(since(before)).toEqual(ONE);
      expect(stage.idc.deviceCodes).toEqual([]);
      expect(await tokenFiles(stage.home)).toHaveLength(1);
    });

    /** Each script in a sign-in of its own, all side by side. */
    function sideBySide(scripts: typeof KEPT) {
      const waiting = Object.values(scripts);
      // Whichever comes to its consent page gets the next one: the sign-ins are alike.
      stage.idc.options.atConsent = (request) => waiting.shift()?.(request) ?? '';
      const args = ['--start-url', stage.idc.startUrl, '--region', 'us-east-1', '--flow', 'pkce', '--force'];
      const running = waiting.map((_, at) => stage.line('login', `row-${at}`, ...args));
      return { waiting, running };
    }
    /** Ends what still waits for its page, as Ctrl-C does. */
    async function interrupted(running: readonly RunningLine[]): Promise<(number | null)[]> {
      for (const one of running) one.interrupt();
      return Promise.all(running.map(async ({ finished }) => (await finished).code));
    }

    it('what a script in the portal answers is not taken, and the true answer is', async () => {
      const before = counts();
      const { waiting, running } = sideBySide(KEPT);
      const all = running.length;
      const ends = await Promise.all(running.map(({ finished }) => finished));
      expect(ends.map(({ code }) => code)).toEqual(Array(all).fill(0));
      expect(since(before)).toEqual({ pressed: all, asked: all, tokens: all });
      expect(waiting).toEqual([]);
    });

    it('where a script in the portal leaves the page, nobody hears, and nothing is pressed', async () => {
      const before = counts();
      const { waiting, running } = sideBySide(LOST);
      const all = running.length;
      // An address that nobody serves; Chromium tells no more of it.
      const isLost = (url: string) => /^(chrome-error:|http:)/.test(url);
      await until(async () => (await stage.tabs()).filter(isLost).length === all);
      expect(waiting).toEqual([]);
      // What awsher heard of it comes before what it hears of a sign-in that comes after it.
      expect((await login().finished).code).toBe(0);
      expect(await interrupted(running)).toEqual(Array(all).fill(130));
      expect(since(before)).toEqual(ONE);
    });

    it('a foreign request in our tab is not pressed', async () => {
      const { clientId, address } = await foreignRequest();
      stage.idc.options.atConsent = ({ redirectUri }) =>
        redirectUri.includes(':1/')
          ? `location.href = ${JSON.stringify(address)}; await new Promise(() => {});`
          : '';
      const before = counts();
      const running = login();
      const theirs = () => stage.idc.consentOf('theirs');
      await until(async () => {
        const part = theirs();
        return part !== null && (await stage.tabs()).some((url) => url.includes(part));
      });
      expect(await stage.judged(theirs() ?? '')).toEqual(['left']);
      expect(await interrupted([running])).toEqual([130]);
      expect(since(before)).toEqual({ pressed: 0, asked: 0, tokens: 0 });
      expect(clientId).not.toBe('');
    });

    /** A request of somebody else, as their tool would open it. */
    async function foreignRequest(): Promise<{ clientId: string; address: string }> {
      const response = await fetch(`${stage.idc.httpUrl}/client/register`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({
          clientName: 'stranger',
          clientType: 'public',
          scopes: ['sso:account:access'],
          grantTypes: ['authorization_code', 'refresh_token'],
          redirectUris: ['http://127.0.0.1/oauth/callback'],
          issuerUrl: stage.idc.startUrl,
        }),
      });
      const { clientId }: { clientId: string } = await response.json();
      const query = new URLSearchParams({
        response_type: 'code',
        client_id: clientId,
        redirect_uri: 'http://127.0.0.1:39077/oauth/callback',
        state: 'theirs',
        code_challenge_method: 'S256',
        scopes: 'sso:account:access',
        code_challenge: 'x'.repeat(43),
      });
      return { clientId, address: `https://oidc.us-east-1.amazonaws.com/authorize?${query}` };
    }
  });
}
