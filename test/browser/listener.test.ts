import { createServer } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type PkcePlace, startListening, type Tool } from '../support/clients/run.ts';
import { HOSTILE_BROWSERS, type HostileStage } from '../support/hostile.ts';
import { listenOnLoopback } from '../support/loopback.ts';
import { until } from '../support/until.ts';

/**
 * Sign-in tools that have AWS's page opened in the browser themselves: nobody told awsher of them. One row for each way that
 * awsher goes; which tool gets which verdict, for real, is in test/flows/listeners.test.ts.
 */

type Verdict = 'asks' | 'not-loopback' | null;

/** Requests that are not approved, with what awsher does: it asks the person, or leaves the page to them for a reason, or says nothing. */
const REFUSED: [name: string, words: string[], place: PkcePlace, verdict: Verdict][] = [
  ['an unknown program', ['company-login'], {}, 'asks'],
];
/** The same ways; the host tells these apart, and knows no browser. They are played in one. */
const REFUSED_BY_HOST: typeof REFUSED = [
  ['Claude Code', ['aws', 'sso', 'login'], { under: 'claude' }, 'asks'],
  [
    'a listener for the whole network',
    ['aws', 'sso', 'login'],
    { env: { LISTEN_HOST: '0.0.0.0' } },
    'not-loopback',
  ],
  ['a port on which nobody listens', ['aws', 'sso', 'login'], { env: { AUTHORIZE_PORT: '60998' } }, null],
];

describe.each(HOSTILE_BROWSERS.filter(({ installed }) => installed))('in $browser', ({ browser, open }) => {
  const isChromium = browser === 'chromium';
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
  /** Where awsher says nothing of its verdict: a sign-in that comes after it is approved. */
  async function laterOneIsApproved(): Promise<void> {
    const { address, finished } = await tool(['aws', 'sso', 'login']);
    await stage.openFromOutside(address);
    expect(await finished).toMatchObject({ code: 0 });
  }

  describe('is not approved without the person', () => {
    it.each(isChromium ? [...REFUSED, ...REFUSED_BY_HOST] : REFUSED)('%s', notApproved);

    async function notApproved(
      _name: string,
      words: readonly string[],
      place: PkcePlace,
      verdict: Verdict,
    ): Promise<void> {
      const presses = stage.idc.count('DecideConsent');
      const earlier = await dialogs();
      const asking = async () => (await dialogs()).filter((url) => !earlier.includes(url)).length;
      const leaves = verdict === null || verdict === 'asks' ? 0 : await left(verdict);
      const { address, child } = await tool(words, place);
      await stage.openFromOutside(address);
      const consent = await consentOf(address);
      if (verdict === 'asks') await until(async () => (await asking()) === 1);
      else if (verdict !== null) await until(async () => (await left(verdict)) > leaves);
      else await laterOneIsApproved();
      expect(await stage.judged(consent)).toEqual(['left']);
      expect(await asking()).toBe(verdict === 'asks' ? 1 : 0);
      expect(stage.idc.count('DecideConsent') - presses).toBe(verdict === null ? 1 : 0);
      expect(child.exitCode).toBeNull();
      await stage.closeTab(consent);
    }

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

    it('the same address again, in a second tab', async () => {
      const { address, finished } = await tool(['aws', 'sso', 'login']);
      await stage.openFromOutside(address);
      expect((await finished).code).toBe(0);
      const first = stage.idc.consentOf(new URL(address).searchParams.get('state') ?? '');
      const presses = stage.idc.count('DecideConsent');
      await stage.openFromOutside(address);
      await until(async () => (await consentOf(address)) !== first);
      await laterOneIsApproved();
      expect(await stage.judged(await consentOf(address))).toEqual(['left']);
      expect(stage.idc.count('DecideConsent') - presses).toBe(1);
    });
  });

  it('what was decided is in the history', async () => {
    const { stdout } = await stage.line('history', '--limit', '200', '--json').finished;
    for (const reason of ['all-checks-passed', 'opened-by-page', ...(isChromium ? ['not-loopback'] : [])])
      expect(stdout).toContain(reason);
  });
});
