import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type PkcePlace, startListening, startTool, type Tool } from '../support/clients/run.ts';
import { HOSTILE_BROWSERS, type HostileStage } from '../support/hostile.ts';
import { listenOnLoopback } from '../support/loopback.ts';
import { until } from '../support/until.ts';

/** Sign-in tools that have AWS's page opened in the browser themselves: nobody told awsher of them. */

/** Programs that listen on a port and print it: one process, and two. */
const ALONE =
  "require('http').createServer().listen(0, '127.0.0.1', function () { console.log(this.address().port); });";
const SHARED = `const server = require('net').createServer().listen(0, '127.0.0.1', () => {
  const child = require('child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)'], {
    stdio: ['pipe', 'ignore', 'ignore', server._handle.fd] });
  process.on('SIGTERM', () => { child.kill(); process.exit(); });
  console.log(server.address().port);
});`;
const EXTENSION_HOST = ['--type=utility', '--utility-sub-type=node.mojom.NodeService'];

describe.each(HOSTILE_BROWSERS.filter(({ installed }) => installed))('in $browser', ({ open }) => {
  let stage: HostileStage;
  const tools: Tool[] = [];
  beforeAll(async () => {
    stage = await open();
    await stage.signedInToPortal();
  });
  afterAll(() => stage?.close());
  afterEach(() => {
    for (const { child } of tools.splice(0)) child.kill();
  });

  async function tool(words: readonly string[], place: PkcePlace = {}) {
    const started = await startListening(stage, words, place);
    tools.push(started);
    return started;
  }

  describe('is approved without a hand', () => {
    it.each<[string, string[], PkcePlace, string]>([
      ['the AWS CLI', ['aws', 'sso', 'login', '--sso-session', 'corp'], {}, ''],
      ['Granted', ['granted', 'sso', 'login'], {}, ''],
      ['aws-sso', ['aws-sso', 'login'], {}, ''],
      [
        'VS Code',
        ['main.js', ...EXTENSION_HOST],
        { program: 'code' },
        '.vscode/extensions/amazonwebservices.aws-toolkit-vscode-3.80.0',
      ],
      [
        'JetBrains',
        ['main.js'],
        { program: 'idea' },
        '.local/share/JetBrains/Idea2026.2/aws-toolkit-jetbrains',
      ],
      ['Kiro', ['main.js', ...EXTENSION_HOST], { program: 'kiro' }, ''],
      ['the AWS CLI in a terminal of VS Code', ['aws', 'sso', 'login'], { under: 'code-terminal' }, ''],
    ])('%s', async (_name, words, place, extension) => {
      if (extension !== '') mkdirSync(join(stage.home, extension), { recursive: true });
      const { address, finished, output } = await tool(words, place);
      await stage.openFromOutside(address);
      await until(() => output().includes('tokenType'));
      const { code, stdout, stderr } = await finished;
      expect({ code, stderr }).toMatchObject({ code: 0 });
      expect(JSON.parse(stdout)).toMatchObject({ tokenType: 'Bearer' });
    });
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
    const { stdout } = await stage.awsher('history', '--limit', '200', '--json');
    const decisions: { act: string; reason: string }[] = JSON.parse(stdout);
    return decisions.filter((one) => one.act === 'left' && one.reason === reason).length;
  }
  /** Where awsher says nothing of its verdict: a sign-in that comes after it is approved. */
  async function laterOneIsApproved(): Promise<void> {
    const { address, finished } = await tool(['aws', 'sso', 'login']);
    await stage.openFromOutside(address);
    expect(await finished).toMatchObject({ code: 0 });
  }

  /** Whether awsher asks the person, or for what reason it leaves the page to them; `null`: it says nothing. */
  type Verdict = 'asks' | 'not-loopback' | 'no-ephemeral-port' | 'other-user' | 'several-listen' | null;

  describe('is not approved without the person', () => {
    it.each<[string, string[], PkcePlace, Verdict]>([
      ['an unknown program', ['company-login'], {}, 'asks'],
      ['aws login, another flow', ['aws', 'login'], {}, 'asks'],
      ['an editor without an AWS extension', ['main.js', ...EXTENSION_HOST], { program: 'cursor' }, 'asks'],
      ['Claude Code', ['aws', 'sso', 'login'], { under: 'claude' }, 'asks'],
      ['Codex', ['aws', 'sso', 'login'], { under: 'codex' }, 'asks'],
      ['Cursor', ['aws', 'sso', 'login'], { under: 'cursor-agent' }, 'asks'],
      ['Gemini CLI', ['aws', 'sso', 'login'], { env: { GEMINI_CLI: '1' } }, 'asks'],
      ['OpenCode', ['aws', 'sso', 'login'], { under: 'opencode' }, 'asks'],
      ['Goose', ['aws', 'sso', 'login'], { env: { GOOSE_TERMINAL: '1' } }, 'asks'],
      [
        'a tool with an endpoint of its own',
        ['aws', '--endpoint-url=https://x.example', 'sso', 'login'],
        {},
        'asks',
      ],
      ['a well-known port', ['aws', 'sso', 'login'], { env: { LISTEN_PORT: '18080' } }, 'no-ephemeral-port'],
      [
        'a listener for the whole network',
        ['aws', 'sso', 'login'],
        { env: { LISTEN_HOST: '0.0.0.0' } },
        'not-loopback',
      ],
      ['a port on which nobody listens', ['aws', 'sso', 'login'], { env: { AUTHORIZE_PORT: '60998' } }, null],
      ['a server that aws-vault runs', ['vite'], { under: 'aws-vault' }, 'asks'],
      [
        'a listener on another loopback address',
        ['aws', 'sso', 'login'],
        { env: { LISTEN_HOST: '::1' } },
        null,
      ],
    ])('%s', notApproved);

    it('a port that two processes hold', () => notHeardBy([], SHARED, 'several-listen'));
    // Skipped where the tests may not become another user, or make a network.
    it.runIf(process.getuid?.() === 0)("another user's listener", () =>
      notHeardBy(['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'], ALONE, 'other-user'),
    );
    const hasNetworks = spawnSync('unshare', ['--net', 'true']).status === 0;
    it.runIf(hasNetworks)('a listener in another network', () =>
      notHeardBy(['unshare', '--net'], ALONE.replace('127.0.0.1', '0.0.0.0'), null),
    );

    /** A tool waits, and its request names the port of another program, which `words` start. */
    async function notHeardBy(words: readonly string[], program: string, verdict: Verdict): Promise<void> {
      const [first = '', ...rest] = [...words, process.execPath, '-e', program];
      const other = startTool(first, rest, { PATH: process.env.PATH ?? '' }, '/');
      tools.push(other);
      await until(() => /^\d+\n/.test(other.output()));
      const env = { AUTHORIZE_PORT: other.output().trim() };
      await notApproved('', ['aws', 'sso', 'login'], { env }, verdict);
    }

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
    const { stdout } = await stage.awsher('history', '--limit', '200', '--json');
    for (const reason of ['all-checks-passed', 'opened-by-page', 'not-loopback', 'no-ephemeral-port'])
      expect(stdout).toContain(reason);
  });
});
