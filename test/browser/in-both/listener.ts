import { createServer } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type PkcePlace, startListening, type Tool } from '../../support/clients/run.ts';
import type { HostileBrowser, HostileStage } from '../../support/hostile.ts';
import { listenOnLoopback } from '../../support/loopback.ts';
import { until } from '../../support/until.ts';

/**
 * Sign-in tools that have AWS's page opened in the browser themselves: nobody told awsher of them. What each browser tells of
 * it; which tool gets which verdict, for real, is in test/flows/listeners.test.ts, and what awsher does with a verdict in
 * test/extension/background/approval/listener-vouch.test.ts.
 */

export function listenerIn({ browser, installed, open }: HostileBrowser): void {
  describe.runIf(installed)(`sign-in tools in ${browser}`, () => {
    let stage: HostileStage;
    const tools: Tool[] = [];
    beforeAll(async () => {
      stage = await open();
      await stage.signedInToPortal();
    });
    afterAll(() => stage?.leave());
    afterEach(() => {
      for (const { child } of tools.splice(0)) child.kill();
    });

    async function tool(words: readonly string[], place: PkcePlace = {}) {
      const started = await startListening(stage, words, place);
      tools.push(started);
      return started;
    }

    it('the AWS CLI is approved without a hand', async () => {
      const { address, finished, output } = await tool(['aws', 'sso', 'login', '--sso-session', 'corp']);
      await stage.openFromOutside(address);
      await until(() => output().includes('tokenType'));
      const { code, stdout, stderr } = await finished;
      expect({ code, stderr }).toMatchObject({ code: 0 });
      expect(JSON.parse(stdout)).toMatchObject({ tokenType: 'Bearer' });
    });

    /** Until the consent page of this request is in a tab; gives what its address has in it. */
    async function consentOf(address: string): Promise<string> {
      const state = new URL(address).searchParams.get('state') ?? '';
      const shown = async () => {
        const part = stage.idc.consentOf(state);
        return part !== null && (await stage.tabs()).some((url) => url.includes(part));
      };
      await until(shown);
      return stage.idc.consentOf(state) ?? '';
    }
    const dialogs = async () => (await stage.tabs()).filter((url) => url.includes('/ask/ask.html#'));
    /** How often awsher has left a request to the person for this reason. */
    async function left(reason: string): Promise<number> {
      const { stdout } = await stage.line('history', '--limit', '200', '--json').finished;
      const decisions: { act: string; reason: string }[] = JSON.parse(stdout);
      return decisions.filter((one) => one.act === 'left' && one.reason === reason).length;
    }
    describe('is not approved without the person', () => {
      it('an unknown program', async () => {
        const presses = stage.idc.count('DecideConsent');
        const earlier = await dialogs();
        const asking = async () => (await dialogs()).filter((url) => !earlier.includes(url)).length;
        const { address, child } = await tool(['company-login']);
        await stage.openFromOutside(address);
        const consent = await consentOf(address);
        await until(async () => (await asking()) === 1);
        expect(await stage.judged(consent)).toEqual(['left']);
        expect(await asking()).toBe(1);
        expect(stage.idc.count('DecideConsent')).toBe(presses);
        expect(child.exitCode).toBeNull();
        await stage.closeTab(consent);
      });

      it('an address of a page, while a real tool waits', async () => {
        const presses = stage.idc.count('DecideConsent');
        const leaves = await left('opened-by-page');
        const { address } = await tool(['aws', 'sso', 'login']);
        const forged = address.replace(/state=[^&]+/, 'state=forged');
        const page = createServer((_request, response) => {
          response.writeHead(200, { 'content-type': 'text/html' });
          response.end(`<a id="go" href="${forged.replaceAll('&', '&amp;')}">go</a>`);
        });
        try {
          const tab = await stage.newTab();
          await tab.goto(`http://127.0.0.1:${await listenOnLoopback(page)}/`);
          await tab.clickAt('#go');
          const consent = await consentOf(forged);
          await until(async () => (await left('opened-by-page')) > leaves);
          expect(await stage.judged(consent)).toEqual(['left']);
          expect(stage.idc.count('DecideConsent')).toBe(presses);
        } finally {
          page.close();
        }
      });
    });

    it('what was decided is in the history', async () => {
      const { stdout } = await stage.line('history', '--limit', '200', '--json').finished;
      for (const reason of ['all-checks-passed', 'opened-by-page']) expect(stdout).toContain(reason);
    });
  });
}
