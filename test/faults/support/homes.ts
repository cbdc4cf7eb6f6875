import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { awsher, type Finished } from '../../support/awsher.ts';
import { runLine } from '../../support/command-line.ts';
import { corpConfig, type Home, openHome } from '../../support/credentials/home.ts';
import { atEndOfFile } from '../../support/end-of-file.ts';
import { listenOnLoopback } from '../../support/loopback.ts';
import { type BadServer, badServer } from './bad-servers.ts';

/** A home in which somebody is signed in to `corp`, with the profile `dev`; each test has its own. */
export async function signedIn(options: Parameters<typeof openHome>[0] = {}): Promise<Home> {
  const home = await openHome(options);
  atEndOfFile(() => home.close());
  home.config(corpConfig(home.idc));
  await home.signIn();
  return home;
}

export async function bad(behavior: Parameters<typeof badServer>[0]): Promise<BadServer> {
  const server = await badServer(behavior);
  atEndOfFile(server.close);
  return server;
}

/** A server on loopback that answers in its own way. Gives its address. */
export async function answering(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  atEndOfFile(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${await listenOnLoopback(server)}`;
}

/** As `answering`, with this JSON for everything. */
export const answeringJson = (text: string): Promise<string> =>
  answering((request: IncomingMessage, response) => {
    request.resume();
    response.setHeader('content-type', 'application/json');
    response.end(text);
  });

/** A folder of the test's own, that lives as long as its file. */
export function ownFolder(...parts: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'awsher-fault-'));
  atEndOfFile(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  const path = join(folder, ...parts);
  mkdirSync(path, { recursive: true });
  return path;
}

/** The commands that hand out what a good token gives. */
export const HANDING_OUT = [
  ['credential-process', '--profile', 'dev'],
  ['export', '--profile', 'dev', '--format', 'env'],
  ['exec', '--profile', 'dev', '--', 'true'],
  ['whoami', '--profile', 'dev'],
  ['accounts'],
] as const;

/** As a process where the command has a lane of its own, or a child. */
export const handOut = (command: readonly string[], env: Record<string, string>): Promise<Finished> =>
  command[0] === 'credential-process' || command[0] === 'exec' ? awsher(command, env) : runLine(command, env);
