import { type ChildProcess, spawn } from 'node:child_process';
import { copyFile, link, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { COMMAND } from '../awsher.ts';
import type { Stage } from '../stage.ts';

/** Other tools that sign in, as a person starts them: with `awsher open-url %s` for their browser. */

const PKCE_LOGIN = fileURLToPath(new URL('pkce-login.cjs', import.meta.url));
export const OPEN_URL = `${process.execPath} ${COMMAND} open-url %s`;

/** Programs that listen on a port and print it: one process, and two. */
export const LISTENS_ALONE =
  "require('http').createServer().listen(0, '127.0.0.1', function () { console.log(this.address().port); });";
export const LISTENS_TWICE = `const server = require('net').createServer().listen(0, '127.0.0.1', () => {
  const child = require('child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)'], {
    stdio: ['pipe', 'ignore', 'ignore', server._handle.fd] });
  process.on('SIGTERM', () => { child.kill(); process.exit(); });
  console.log(server.address().port);
});`;

export interface Tool {
  child: ChildProcess;
  output(): string;
  finished: Promise<{ code: number | null; stdout: string; stderr: string }>;
}

/**
 * Without the variables that lead awsher's own calls to the embedded Identity Center: while such a one is in force, nothing is
 * approved silently. These tools are led there by other ways, which no attacker has.
 */
export function awsOwn(env: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^AWS_ENDPOINT_URL/.test(name)));
}

/** Starts a program in the stage's home. It is ended with the test by `stop`. */
export function startTool(
  program: string,
  args: readonly string[],
  env: Record<string, string>,
  cwd: string,
): Tool {
  const child = spawn(program, [...args], { env: awsOwn(env), cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  const text = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const)
    child[stream].setEncoding('utf8').on('data', (chunk: string) => {
      text[stream] += chunk;
    });
  return {
    child,
    output: () => text.stdout + text.stderr,
    finished: new Promise((resolve) => child.on('close', (code) => resolve({ code, ...text }))),
  };
}

/** The PKCE client under a name and with words of its own, for example `aws sso login`. */
export async function startPkce(
  stage: Pick<Stage, 'home' | 'env' | 'idc'>,
  [name = '', ...words]: readonly string[],
  more: Record<string, string> = {},
): Promise<Tool> {
  const folder = join(stage.home, 'bin');
  await mkdir(folder, { recursive: true });
  await copyFile(PKCE_LOGIN, join(folder, name));
  const env = {
    ...stage.env,
    BROWSER: OPEN_URL,
    START_URL: stage.idc.startUrl,
    OIDC: stage.idc.httpUrl,
    ...more,
  };
  return startTool(process.execPath, [join(folder, name), ...words], env, stage.home);
}

/** Where the PKCE client runs, and as what. */
export interface PkcePlace {
  /** The program is node itself under this name, as editors are programs of their own. */
  program?: string;
  /** A program of this name starts it. */
  under?: string;
  env?: Record<string, string>;
}

/** The PKCE client of a tool that has its address opened by the system, without `$BROWSER`. Gives the address. */
export async function startListening(
  stage: Pick<Stage, 'home' | 'env' | 'idc'>,
  words: readonly string[],
  { program, under, env = {} }: PkcePlace = {},
): Promise<Tool & { address: string }> {
  const [name = '', ...rest] = words;
  const folder = join(stage.home, 'bin');
  await mkdir(folder, { recursive: true });
  await copyFile(PKCE_LOGIN, join(folder, name));
  const node = program === undefined ? process.execPath : join(folder, program);
  if (program !== undefined) await link(process.execPath, node).catch(() => copyFile(process.execPath, node));
  let command = [node, join(folder, name), ...rest];
  if (under !== undefined) {
    // What it started ends with it.
    const script = `#!/bin/sh\ntrap 'kill "$child"' TERM\n"$@" &\nchild=$!\nwait "$child"\n`;
    await writeFile(join(folder, under), script, { mode: 0o755 });
    command = [join(folder, under), ...command];
  }
  const tool = startTool(
    command[0] ?? '',
    command.slice(1),
    { ...stage.env, BROWSER: 'true', START_URL: stage.idc.startUrl, OIDC: stage.idc.httpUrl, ...env },
    stage.home,
  );
  const address = await new Promise<string>((resolve, reject) => {
    const look = () => {
      const found = /^https:\/\/\S+$/m.exec(tool.output())?.[0];
      if (found !== undefined) resolve(found);
    };
    tool.child.stderr?.on('data', look);
    tool.child.once('exit', () => reject(new Error(tool.output())));
  });
  return { ...tool, address };
}

/**
 * A program that does nothing but hand an address to $BROWSER, as a mail client does, or to the opener `through`, and
 * waits. With `nested` it starts its last word as a program of its own, which does that.
 */
export async function startOpener(
  { home, env: own }: Pick<Stage, 'home' | 'env'>,
  words: readonly string[],
  url: string,
  { nested = false, browser = OPEN_URL, through = '$BROWSER' } = {},
): Promise<Tool> {
  const folder = join(home, 'bin');
  await mkdir(folder, { recursive: true });
  const [name = '', ...rest] = words;
  const last = words.at(-1) ?? '';
  await writeFile(
    join(folder, nested ? last : name),
    through === '$BROWSER' ? HAND_OVER : opensWith(through),
  );
  if (nested) await writeFile(join(folder, name), startsProgram(join(folder, last)));
  const env = { ...own, BROWSER: browser, ADDRESS: url };
  return startTool(process.execPath, [join(folder, name), ...rest], env, home);
}

const RUN = "const { spawnSync } = require('node:child_process');\n";
const HAND_OVER = `${RUN}const [program, ...words] = process.env.BROWSER.split(':')[0].split(' ');
const { status } = spawnSync(program, words.map((word) => word.replace('%s', process.env.ADDRESS)), { stdio: 'inherit' });
process.exitCode = status;
`;
const opensWith = (program: string): string =>
  `${RUN}process.exitCode = spawnSync('${program}', [process.env.ADDRESS], { stdio: 'inherit' }).status;\n`;
const startsProgram = (path: string): string =>
  `${RUN}spawnSync(process.execPath, [${JSON.stringify(path)}], { stdio: 'inherit' });\n`;
