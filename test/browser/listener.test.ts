import { mkdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type PkcePlace, startListening, type Tool } from '../support/clients/run.ts';
import { HOSTILE_BROWSERS, type HostileStage } from '../support/hostile.ts';
import { listenOnLoopback } from '../support/loopback.ts';
import { until } from '../support/until.ts';

/** Sign-in tools that have AWS's page opened in the browser themselves: nobody told awsher of them. */

const EXTENSION_HOST = ['--type=utility', '--utility-sub-type=node.mojom.NodeService'];
/** Longer than a press would take: a page reports every second. */
const aMoment = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1_500));

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
  const presses = () => stage.idc.count('DecideConsent');

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

  describe('is not approved without the person', () => {
    it.each<[string, string[], PkcePlace, boolean]>([
      ['an unknown program', ['company-login'], {}, true],
      ['aws login, another flow', ['aws', 'login'], {}, true],
      ['an editor without an AWS extension', ['main.js', ...EXTENSION_HOST], { program: 'cursor' }, true],
      ['Claude Code', ['aws', 'sso', 'login'], { under: 'claude' }, true],
      ['Codex', ['aws', 'sso', 'login'], { under: 'codex' }, true],
      ['Cursor', ['aws', 'sso', 'login'], { under: 'cursor-agent' }, true],
      ['Gemini CLI', ['aws', 'sso', 'login'], { env: { GEMINI_CLI: '1' } }, true],
      ['OpenCode', ['aws', 'sso', 'login'], { under: 'opencode' }, true],
      ['Goose', ['aws', 'sso', 'login'], { env: { GOOSE_TERMINAL: '1' } }, true],
      [
        'a tool with an endpoint of its own',
        ['aws', '--endpoint-url=https://x.example', 'sso', 'login'],
        {},
        true,
      ],
      ['a well-known port', ['aws', 'sso', 'login'], { env: { LISTEN_PORT: '18080' } }, false],
      [
        'a listener for the whole network',
        ['aws', 'sso', 'login'],
        { env: { LISTEN_HOST: '0.0.0.0' } },
        false,
      ],
      [
        'a port on which nobody listens',
        ['aws', 'sso', 'login'],
        { env: { AUTHORIZE_PORT: '60998' } },
        false,
      ],
    ])('%s', async (_name, words, place, asks) => {
      const before = presses();
      const consents = await stage.count('consents');
      const dialogs = await stage.count('dialogs');
      const { address, child } = await tool(words, place);
      await stage.openFromOutside(address);
      await until(async () => (await stage.count('consents')) > consents);
      if (asks) await until(async () => (await stage.count('dialogs')) > dialogs);
      await aMoment();
      expect(await stage.count('dialogs')).toBe(dialogs + (asks ? 1 : 0));
      expect(presses()).toBe(before);
      expect(child.exitCode).toBeNull();
    });

    it('an address of a page, while a real tool waits', async () => {
      const before = presses();
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
        await tab.waitFor('[data-testid="allow-access-button"]');
        await aMoment();
        expect(presses()).toBe(before);
      } finally {
        page.close();
      }
    });

    it('the same address again, in a second tab', async () => {
      const { address, finished } = await tool(['aws', 'sso', 'login']);
      await stage.openFromOutside(address);
      expect((await finished).code).toBe(0);
      const before = presses();
      await stage.openFromOutside(address);
      await aMoment();
      expect(presses()).toBe(before);
    });
  });

  it('what was decided is in the history', async () => {
    const { stdout } = await stage.awsher('history', '--limit', '200', '--json');
    for (const reason of ['all-checks-passed', 'opened-by-page', 'not-loopback', 'no-ephemeral-port'])
      expect(stdout).toContain(reason);
  });
});
