import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Finished, type Running, startAwsher } from './awsher.ts';
import { type IdentityCenter, startIdentityCenter } from './identity-center/index.ts';
import { shellEnv } from './shell-env.ts';

export type CenterOptions = Parameters<typeof startIdentityCenter>[0];

/** Everything of the main job but the browser: Identity Center, a home of its own, the command in it. */
export interface Ground {
  home: string;
  idc: IdentityCenter;
  /** Environment of the person's shell. */
  env: Record<string, string>;
  awsher(...args: string[]): Promise<Finished>;
  start(...args: string[]): Running;
  /** Arguments that name the session `corp` of the embedded Identity Center. */
  corp: string[];
  /** Registers the host; fails the test when the command fails. */
  install(...args: string[]): Promise<void>;
  /** Ends the Identity Center and removes the home. */
  clear(): Promise<void>;
}

export async function openGround(center: CenterOptions = {}): Promise<Ground> {
  const home = await mkdtemp(join(tmpdir(), 'awsher-stage-'));
  const idc = await startIdentityCenter({ blankMs: 100, ...center });
  const env = shellEnv(home, idc.endpoints);
  const start = (...args: string[]) => startAwsher(args, env, home);
  return {
    home,
    idc,
    env,
    start,
    awsher: (...args) => start(...args).finished,
    corp: ['corp', '--start-url', idc.startUrl, '--region', 'us-east-1'],
    async install(...args) {
      const { code, stderr } = await start('install', ...args).finished;
      if (code !== 0) throw new Error(`install failed: ${stderr}`);
    },
    async clear() {
      await idc.close();
      await rm(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
