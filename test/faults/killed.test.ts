import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryName } from '../../native-host/base/files/leftovers.ts';
import { resolvePaths } from '../../native-host/base/files/paths.ts';
import { writeToken } from '../../native-host/base/files/token-cache.ts';
import { Secret } from '../../shared/secret.ts';
import { bundleWorker } from '../native-host/base/files/sandbox.ts';
import { startAwsher } from '../support/awsher.ts';
import { runLine } from '../support/command-line.ts';
import { corpConfig } from '../support/credentials/home.ts';
import { type KindOfWrite, killWriters, leftovers } from '../support/kills.ts';
import { shellEnv } from '../support/shell-env.ts';
import { fault } from './support/fault.ts';
import { bad, ownFolder, signedIn } from './support/homes.ts';

// needs: seconds

describe('a process that is killed', () => {
  let worker: Awaited<ReturnType<typeof bundleWorker>>;
  beforeAll(async () => {
    worker = await bundleWorker('kill');
  });
  afterAll(() => worker.remove());

  // The long one, with its figures: test/bench/kills.ts.
  it.each(['config', 'token'] as const satisfies KindOfWrite[])(
    'in the middle of writing a %s, again and again, damages nothing and holds up nobody',
    async (kind) => {
      const home = ownFolder(kind);
      const paths = resolvePaths({ env: { HOME: home }, platform: 'linux', homedir: () => home });
      mkdirSync(dirname(paths.configFile), { recursive: true });
      writeFileSync(paths.configFile, '# hers\n');
      const report = await killWriters({ worker: worker.file, home, paths }, kind, {
        kills: 40,
        atOnce: 5,
        random: Math.random,
      });
      expect(report.damaged).toEqual([]);
      expect(report.slowestFirstWriteMs).toBeLessThan(10_000);
      expect(report.mostLeftovers).toBeLessThan(20);
      // What the last of them left, the next command removes.
      const next = await runLine(['profiles', 'list'], shellEnv(home));
      expect(next).toMatchObject({ code: 0 });
      expect(leftovers(paths)).toEqual([]);
    },
  );

  fault(
    {
      breaks:
        'A process was killed in the middle of writing a token, and left a temporary file with a refresh token',
      sees: 'nothing: the next command removes it',
      exit: 0,
      within: 3,
    },
    async (ends) => {
      const home = await signedIn();
      const dead = temporaryName('x.json').replace(`-${process.pid}-`, '-4194304-');
      const alive = temporaryName('x.json');
      const foreign = '.x.json.12-0123456789ab.tmp';
      const undo = join(home.paths.stateDir, 'undo', 'abc');
      mkdirSync(undo, { recursive: true });
      for (const folder of [home.paths.ssoCacheDir, home.paths.awsDir, undo])
        for (const name of [dead, alive, foreign]) writeFileSync(join(folder, name), 'secret');
      await ends(() => runLine(['profiles', 'list'], home.env));
      for (const folder of [home.paths.ssoCacheDir, home.paths.awsDir, undo]) {
        const left = readdirSync(folder).filter((name) => name.endsWith('.tmp'));
        expect(left.sort()).toEqual([alive, foreign].sort());
      }
    },
  );

  fault(
    {
      breaks: 'A process was killed with the renewed token written, but not yet in its place',
      sees: 'nothing: the next command puts it in its place, and no refresh token is lost',
      exit: 0,
      within: 3,
    },
    async (ends) => {
      const home = await signedIn();
      const fresh = readFileSync(home.tokenFile('corp'));
      const hash = basename(home.tokenFile('corp'));
      home.changeToken('corp', { expiresAt: Date.now() - 60_000, refreshToken: new Secret('spent') });
      const left = temporaryName(hash).replace(`-${process.pid}-`, '-4194304-');
      const half = temporaryName(hash).replace(`-${process.pid}-`, '-4194304-');
      writeFileSync(join(home.paths.ssoCacheDir, left), fresh, { mode: 0o600 });
      writeFileSync(join(home.paths.ssoCacheDir, half), fresh.subarray(0, 100), { mode: 0o600 });
      await ends(() => runLine(['whoami', '--profile', 'dev'], home.env));
      expect(readFileSync(home.tokenFile('corp'))).toEqual(fresh);
      expect(leftovers(home.paths)).toEqual([]);
      expect(home.idc.count('CreateToken')).toBe(1);
    },
  );

  fault(
    {
      breaks: 'A process was killed between a token and its twin under the start URL',
      sees: 'nothing: the next command that needs the token makes the twin good',
      exit: 0,
      within: 3,
    },
    async (ends) => {
      const home = await signedIn();
      const url = home.idc.startUrl;
      home.config(
        corpConfig(home.idc, `\n[profile old]\nsso_start_url = ${url}\nsso_region = ${home.idc.region}`),
      );
      const token = home.token('corp');
      writeToken(home.paths, url, { ...token, expiresAt: Date.now() - 60_000 });
      await ends(() => runLine(['export', '--profile', 'dev', '--format', 'env'], home.env));
      expect(home.token(url).expiresAt).toBe(token.expiresAt);
    },
  );

  fault(
    {
      breaks: 'Another awsher process is stopped (Ctrl-Z) in the middle of a renewal, and the token is good',
      sees: 'the answer: the token that is there is used',
      exit: 0,
      within: 3,
    },
    async (ends) => {
      const home = await signedIn();
      home.changeToken('corp', { expiresAt: Date.now() - 60_000 });
      const { url, connections } = await bad('silent');
      const stopped = startAwsher(['whoami', '--profile', 'dev'], {
        ...home.env,
        AWS_ENDPOINT_URL_SSO_OIDC: url,
      });
      while (connections() === 0) await new Promise((resolve) => setTimeout(resolve, 20));
      stopped.child.kill('SIGSTOP');
      try {
        home.changeToken('corp', { expiresAt: Date.now() + 600_000 });
        await ends(() => runLine(['accounts'], home.env));
      } finally {
        stopped.child.kill('SIGKILL');
        await stopped.finished;
      }
    },
  );
});
