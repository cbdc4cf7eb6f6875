import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Finished, type Running, startAwsher } from './awsher.ts';
import { startConnectProxy } from './browsers/connect-proxy.ts';
import { type RunningLine, startLine } from './command-line.ts';
import { type IdentityCenter, startIdentityCenter } from './identity-center/index.ts';
import { enterScene, type Scene } from './scene.ts';
import { shellEnv } from './shell-env.ts';

export type CenterOptions = Parameters<typeof startIdentityCenter>[0];

/** Everything of the main job but the browser: Identity Center, a home of its own, the command in it. */
export interface Ground {
  home: string;
  idc: IdentityCenter;
  /** What leads a command or a native host to the Identity Center. */
  services: Record<string, string>;
  /** What is told of it when a test fails. */
  scene: Scene;
  /** Environment of the person's shell. */
  env: Record<string, string>;
  awsher(...args: string[]): Promise<Finished>;
  start(...args: string[]): Running;
  /** The same in the process of the test, for a tenth of the work: where the process is not what is shown. */
  line(...args: string[]): RunningLine;
  /** Arguments that name the session `corp` of the embedded Identity Center. */
  corp: string[];
  /** Registers the host; fails the test when the command fails. */
  install(...args: string[]): Promise<void>;
  /** Ends the Identity Center and removes the home. */
  clear(): Promise<void>;
}

/**
 * `byName`: commands and hosts ask AWS's own host names, through a proxy that leads to the Identity Center and with its
 * certificate, so that whom they ask is seen. Otherwise they are told its address.
 */
export async function openGround(center: CenterOptions = {}, byName = false): Promise<Ground> {
  const home = await mkdtemp(join(tmpdir(), 'awsher-stage-'));
  const idc = await startIdentityCenter({ blankMs: 100, ...center });
  const proxy = byName ? await startConnectProxy(idc.port) : null;
  const bundle = join(home, 'ca.pem');
  if (proxy !== null) await writeFile(bundle, idc.caPem);
  const services: Record<string, string> =
    proxy === null ? idc.endpoints : { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`, AWS_CA_BUNDLE: bundle };
  const env = shellEnv(home, services);
  const scene: Scene = { home, idc, commands: [] };
  const leave = enterScene(scene);
  const start = (...args: string[]) => {
    const running = startAwsher(args, env, home);
    const { child, output } = running;
    scene.commands.push({ words: args, output, end: () => child.exitCode ?? child.signalCode });
    return running;
  };
  return {
    home,
    idc,
    services,
    scene,
    env,
    start,
    line(...args) {
      const running = startLine(args, env);
      scene.commands.push({ words: args, output: running.output, end: running.code });
      return running;
    },
    awsher: (...args) => start(...args).finished,
    corp: ['corp', '--start-url', idc.startUrl, '--region', 'us-east-1'],
    async install(...args) {
      const { code, stderr } = await start('install', ...args).finished;
      if (code !== 0) throw new Error(`install failed: ${stderr}`);
    },
    async clear() {
      await proxy?.close();
      leave();
      await idc.close();
      await rm(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
