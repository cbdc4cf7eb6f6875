import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { agentsRule } from '../../shared/agents-rule.ts';
import { type Vouch, vouchByListener } from '../../shared/approval/vouch-by-listener.ts';
import { HELLO, type RealHost, startHost } from '../native-host/programs/host/real-host.ts';
import {
  LISTENS_ALONE,
  LISTENS_TWICE,
  type PkcePlace,
  startListening,
  startTool,
  type Tool,
} from '../support/clients/run.ts';
import { type Ground, openGround } from '../support/ground.ts';
import { until } from '../support/until.ts';

/**
 * Sign-in tools that have AWS's page opened in the browser themselves, for real, and the host that tells who listens: what awsher
 * makes of each. What the browser then does is in test/browser/listener.test.ts, one row for each verdict.
 */

let ground: Ground;
let host: RealHost;
const tools: Tool[] = [];
beforeAll(async () => {
  ground = await openGround();
  host = startHost({ home: ground.home });
  await host.extension.call('hello', HELLO);
});
afterAll(async () => {
  host?.closeStdin();
  await host?.ended;
  await ground?.clear();
});
afterEach(() => {
  for (const { child } of tools.splice(0)) child.kill();
});

/** The verdict on a request that a program had opened, as the extension judges it; `null`: nobody listens there. */
async function verdictOn(words: readonly string[], place: PkcePlace): Promise<Vouch | null> {
  const { address, ...tool } = await startListening(ground, words, place);
  tools.push(tool);
  const port = Number(new URL(new URL(address).searchParams.get('redirect_uri') ?? '').port);
  const { listener } = await host.extension.call('listener.who', { port });
  if (listener === null) return null;
  const agents = agentsRule(listener.asker, null);
  const scene = { address, byPage: false, seenBefore: false, asked: null, trusted: false, ask: false };
  return vouchByListener({ ...scene, now: Date.now(), listener, agents });
}

const EXTENSION_HOST = ['--type=utility', '--utility-sub-type=node.mojom.NodeService'];
const approve: Vouch = { act: 'approve' };
const ask = (because: Extract<Vouch, { act: 'ask' }>['because']): Vouch => ({ act: 'ask', because });
const leave = (reason: Extract<Vouch, { act: 'leave' }>['reason']): Vouch => ({ act: 'leave', reason });
const LOGIN = ['aws', 'sso', 'login'];

describe.runIf(process.platform === 'linux')('who waits for the answer', () => {
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
    ['the AWS CLI in a terminal of VS Code', LOGIN, { under: 'code-terminal' }, ''],
  ])('%s is approved', async (_name, words, place, extension) => {
    if (extension !== '') mkdirSync(join(ground.home, extension), { recursive: true });
    expect(await verdictOn(words, place)).toEqual(approve);
  });

  it.each<[string, string[], PkcePlace, Vouch | null]>([
    ['an unknown program', ['company-login'], {}, ask('unknown-program')],
    ['aws login, another flow', ['aws', 'login'], {}, ask('unknown-program')],
    [
      'an editor without an AWS extension',
      ['main.js', ...EXTENSION_HOST],
      { program: 'cursor' },
      ask('unknown-program'),
    ],
    ['Claude Code', LOGIN, { under: 'claude' }, ask('setting')],
    ['Codex', LOGIN, { under: 'codex' }, ask('setting')],
    ['Cursor', LOGIN, { under: 'cursor-agent' }, ask('setting')],
    ['Gemini CLI', LOGIN, { env: { GEMINI_CLI: '1' } }, ask('setting')],
    ['OpenCode', LOGIN, { under: 'opencode' }, ask('setting')],
    ['Goose', LOGIN, { env: { GOOSE_TERMINAL: '1' } }, ask('setting')],
    [
      'a tool with an endpoint of its own',
      ['aws', '--endpoint-url=https://x.example', 'sso', 'login'],
      {},
      ask('endpoint-override'),
    ],
    ['a server that aws-vault runs', ['vite'], { under: 'aws-vault' }, ask('unknown-program')],
    ['a well-known port', LOGIN, { env: { LISTEN_PORT: '18080' } }, leave('no-ephemeral-port')],
    ['a listener for the whole network', LOGIN, { env: { LISTEN_HOST: '0.0.0.0' } }, leave('not-loopback')],
    ['a port on which nobody listens', LOGIN, { env: { AUTHORIZE_PORT: '60998' } }, null],
    ['a listener on another loopback address', LOGIN, { env: { LISTEN_HOST: '::1' } }, null],
  ])('%s is not approved without the person', async (_name, words, place, verdict) => {
    expect(await verdictOn(words, place)).toEqual(verdict);
  });

  describe('the port of another program is not approved', () => {
    it('that two processes hold', () => heardBy([], LISTENS_TWICE, leave('several-listen')));
    // Skipped where the tests may not become another user, or make a network.
    it.runIf(process.getuid?.() === 0)('of another user', () =>
      heardBy(
        ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'],
        LISTENS_ALONE,
        leave('other-user'),
      ),
    );
    const hasNetworks = spawnSync('unshare', ['--net', 'true']).status === 0;
    it.runIf(hasNetworks)('in another network', () =>
      heardBy(['unshare', '--net'], LISTENS_ALONE.replace('127.0.0.1', '0.0.0.0'), null),
    );

    /** A tool waits, and its request names the port of another program, which `words` start. */
    async function heardBy(words: readonly string[], program: string, verdict: Vouch | null): Promise<void> {
      const [first = '', ...rest] = [...words, process.execPath, '-e', program];
      const other = startTool(first, rest, { PATH: process.env.PATH ?? '' }, '/');
      tools.push(other);
      await until(() => /^\d+\n/.test(other.output()));
      expect(await verdictOn(LOGIN, { env: { AUTHORIZE_PORT: other.output().trim() } })).toEqual(verdict);
    }
  });
});
