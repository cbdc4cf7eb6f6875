import { type ChildProcess, spawn } from 'node:child_process';
import { copyFileSync, linkSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { resolvePaths } from '../../../../native-host/base/files/paths.ts';
import { type ListenerQuestion, whoListens } from '../../../../native-host/features/signin/listener.ts';
import { asSecondUser, NO_SECOND_USER } from '../../../support/second-user.ts';

// needs: seconds

let home: string;
const children: ChildProcess[] = [];
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'awsher-listener-'));
});
afterEach(() => {
  for (const { pid } of children.splice(0)) if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  rmSync(home, { recursive: true, force: true, maxRetries: 5 });
});

const LISTENS = (address = '127.0.0.1') =>
  `const s = require('node:net').createServer(); s.listen(0, '${address}', () => console.log(s.address().port));`;

/** A process with all that it starts; gives its port, and its number. */
async function start(
  command: string,
  args: string[],
  { env = {}, argv0 = command }: { env?: Record<string, string>; argv0?: string } = {},
): Promise<[number, number]> {
  const child = spawn(command, args, {
    env: { PATH: process.env.PATH, HOME: home, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
    cwd: home,
    detached: true,
    argv0,
  });
  children.push(child);
  const port = await new Promise<number>((resolve) =>
    child.stdout.once('data', (text: Buffer) => resolve(Number(text.toString()))),
  );
  return [port, child.pid ?? 0];
}

/** A program file of the home: JavaScript that listens, or node itself under another name. */
function program(path: string, text: string | 'node' = LISTENS()): string {
  const file = join(home, path);
  mkdirSync(dirname(file), { recursive: true });
  if (text !== 'node') writeFileSync(file, text, { mode: 0o755 });
  else
    try {
      linkSync(process.execPath, file);
    } catch {
      copyFileSync(process.execPath, file);
    }
  return file;
}

function who(port: number, more: Partial<ListenerQuestion> = {}) {
  const paths = resolvePaths({ env: { HOME: home }, platform: 'linux', homedir: () => home });
  return whoListens(port, {
    platform: 'linux',
    uid: process.getuid?.() ?? -1,
    now: Date.now(),
    paths,
    browserPid: process.pid,
    ...more,
  });
}

const KNOWN = { own: true, loopback: true, alone: true, sameNetwork: true, endpointOverride: false };

describe.runIf(process.platform === 'linux')('who listens, on Linux, for real', () => {
  it.each([
    ['bin/aws', ['sso', 'login', '--profile', 'dev'], 'aws sso login'],
    ['bin/aws', ['configure', 'sso'], 'aws configure sso'],
    ['bin/granted', ['sso', 'login'], 'granted sso login'],
    ['bin/assume', ['prod'], 'assume'],
    ['bin/aws-sso', ['exec'], 'aws-sso'],
    ['bin/aws-vault', ['exec', 'prod', '--', 'zsh'], 'aws-vault'],
    ['bin/aws-sso-util', ['login'], 'aws-sso-util login'],
  ])('%s %s is a known sign-in tool', async (path, words, command) => {
    const began = Date.now();
    const [port, pid] = await start(process.execPath, [program(path), ...words]);
    const found = await who(port);
    expect(found).toMatchObject({
      ...KNOWN,
      tool: command,
      executable: join(home, path),
      agentDenied: false,
    });
    expect(found?.asker).toMatchObject({ command, pid });
    expect(found?.asker.agent).toBeUndefined();
    // The kernel's moment of its own start is told in whole seconds.
    expect(Math.abs((found?.since ?? 0) - began)).toBeLessThan(30_000);
  });

  it.each([
    ['bin/aws', ['login']],
    ['bin/aws', ['s3', 'ls']],
    ['bin/company-login', []],
    ['node_modules/.bin/vite', ['aws', 'sso', 'login']],
  ])('%s %s is none', async (path, words) => {
    const [port] = await start(process.execPath, [program(path), ...words]);
    expect(await who(port)).toMatchObject({ ...KNOWN, tool: null });
  });

  it('does not believe the name that a process gives itself', async () => {
    const [port] = await start(process.execPath, ['-e', LISTENS(), 'sso', 'login'], { argv0: 'aws' });
    expect(await who(port)).toMatchObject({ tool: null, executable: process.execPath, trustable: false });
  });

  const HOST_OF_EXTENSIONS = ['--type=utility', '--utility-sub-type=node.mojom.NodeService'];
  const toolkit = (folder: string) => mkdirSync(join(home, folder), { recursive: true });
  it.each([
    ['code', HOST_OF_EXTENSIONS, '.vscode/extensions/amazonwebservices.aws-toolkit-vscode-3.80.0', 'VS Code'],
    ['cursor', HOST_OF_EXTENSIONS, '.cursor/extensions/amazonwebservices.amazon-q-vscode-1.9.0', 'Cursor'],
    ['kiro', HOST_OF_EXTENSIONS, '.kiro', 'Kiro'],
    ['idea', [], '.local/share/JetBrains/IntelliJIdea2026.2/aws-toolkit-jetbrains', 'JetBrains'],
    ['lens-desktop', [], '.lens', 'Lens'],
  ])('%s with its AWS extension is known, and runs all day', async (name, words, folder, tool) => {
    const [port] = await start(program(`opt/${name}`, 'node'), [program('main.js'), ...words]);
    if (name !== 'kiro' && name !== 'lens-desktop') expect(await who(port)).toMatchObject({ tool: null });
    toolkit(folder);
    expect(await who(port)).toMatchObject({ ...KNOWN, tool, since: null });
  });

  it('another process of an editor than the one of its extensions is not known', async () => {
    toolkit('.vscode/extensions/amazonwebservices.aws-toolkit-vscode-3.80.0');
    const [port] = await start(program('opt/code', 'node'), [program('main.js'), '--type=renderer']);
    expect(await who(port)).toMatchObject({ tool: null });
  });

  it('nobody is nobody, and a port of every address is told as one', async () => {
    expect(await who(1)).toBeNull();
    const [port] = await start(process.execPath, [program('bin/aws', LISTENS('0.0.0.0')), 'sso', 'login']);
    expect(await who(port)).toMatchObject({ ...KNOWN, loopback: false });
  });

  it('a socket that a tool left open to its child is not its own alone', async () => {
    const text = `const { spawn } = require('node:child_process'); const s = require('node:net').createServer();
      s.listen(0, '127.0.0.1', () => {
        const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: ['ignore', 'ignore', 'ignore', s._handle.fd] });
        child.once('spawn', () => console.log(s.address().port));
      });`;
    const [port] = await start(process.execPath, [program('bin/aws', text), 'sso', 'login']);
    expect(await who(port)).toMatchObject({ own: true, alone: false });
  });

  it('a program that a tool is just starting does not count', async () => {
    const text = `const { spawn } = require('node:child_process'); const s = require('node:net').createServer();
      s.listen(0, '127.0.0.1', () => {
        const child = spawn('sleep', ['0.12'], { stdio: ['ignore', 'ignore', 'ignore', s._handle.fd] });
        child.once('spawn', () => console.log(s.address().port));
      });`;
    const [port] = await start(process.execPath, [program('bin/aws', text), 'sso', 'login']);
    expect(await who(port)).toMatchObject({ ...KNOWN, tool: 'aws sso login' });
  });

  it.skipIf(NO_SECOND_USER)("another user's is not ours, and nothing is told of it", async () => {
    const { line, stop } = asSecondUser(LISTENS());
    try {
      expect(await who(Number(await line))).toMatchObject({ own: false, tool: null, executable: null });
    } finally {
      stop();
    }
  });

  it.skipIf(NO_SECOND_USER)('one in another network namespace is nobody', async () => {
    const [port, pid] = await start('unshare', [
      '-n',
      process.execPath,
      program('bin/aws', LISTENS('0.0.0.0')),
      'sso',
      'login',
    ]);
    expect(await who(port)).toBeNull();
    // And a browser that lives there does not reach what listens here.
    const [here] = await start(process.execPath, [program('bin/aws'), 'sso', 'login']);
    expect(await who(here, { browserPid: pid })).toMatchObject({ sameNetwork: false });
    expect(await who(here, { browserPid: 4_194_304 })).toMatchObject({ sameNetwork: false });
  });

  it.each([
    ['by its name', 'claude', {}, 'Claude Code'],
    ['by its name', 'codex', {}, 'Codex'],
    ['by its name', 'cursor-agent', {}, 'Cursor'],
    ['by its variables', 'sh', { GEMINI_CLI: '1' }, 'Gemini CLI'],
    ['by its variables', 'sh', { OPENCODE: '1' }, 'OpenCode'],
    ['by its variables', 'sh', { KIRO_SESSION: '1' }, 'Kiro'],
    ['a shell of the person in an editor is none', 'code', { TERM_PROGRAM: 'vscode' }, undefined],
  ])('an agent above it is told, %s: %s', async (_how, name, env, agent) => {
    const above = program(`opt/${name}`, '#!/bin/sh\n"$@"\n:\n');
    const [port] = await start(above, [process.execPath, program('bin/aws'), 'sso', 'login'], { env });
    const found = await who(port);
    expect(found?.tool).toBe('aws sso login');
    expect(found?.asker.agent).toBe(agent);
    if (agent === undefined) return;
    program('.config/awsher/config.ini', 'agents = allow\n');
    expect((await who(port))?.asker).toMatchObject({ agent, agentRule: 'allow' });
    program('.config/awsher/config.ini', 'agents = deny\n');
    expect(await who(port)).toMatchObject({ agentDenied: true });
  });

  it('a tool with an endpoint of its own is told', async () => {
    const [port] = await start(process.execPath, [program('bin/aws'), 'sso', 'login'], {
      env: { AWS_ENDPOINT_URL_SSO_OIDC: 'https://elsewhere.example' },
    });
    expect(await who(port)).toMatchObject({ ...KNOWN, endpointOverride: true });
  });
});
