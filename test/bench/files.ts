import { spawn } from 'node:child_process';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { resolvePaths } from '../../native-host/base/files/paths.ts';
import { ensureSsoSession } from '../../native-host/base/files/sso-session.ts';
import { COMMAND } from '../support/awsher.ts';
import { startIdentityCenter } from '../support/identity-center/index.ts';
import { median, quietEnv, type Row } from './measure.ts';

/** One edit in a config of ten thousand profiles: read, prove, write, with an undo copy. */
export async function bigConfig(): Promise<Row[]> {
  const took = async (profiles: number): Promise<number> => {
    const home = mkdtempSync(join(tmpdir(), 'awsher-bench-'));
    mkdirSync(join(home, '.aws'));
    const lines = Array.from(
      { length: profiles },
      (_, at) =>
        `[profile p${at}]\nsso_session = corp\nsso_account_id = ${100000000000 + at}\nsso_role_name = Admin\n`,
    );
    writeFileSync(join(home, '.aws/config'), lines.join('\n'));
    const paths = resolvePaths({ env: { HOME: home }, platform: process.platform, homedir });
    const times: number[] = [];
    for (let round = 0; round < 7; round++) {
      const started = performance.now();
      await ensureSsoSession(paths, {
        name: `s${round}`,
        startUrl: 'https://corp.awsapps.com/start',
        region: 'us-east-1',
      });
      times.push(performance.now() - started);
    }
    rmSync(home, { recursive: true, force: true });
    return median(times);
  };
  const [small, big] = [await took(1_000), await took(10_000)];
  return [
    {
      what: 'an edit in a config of 10,000 profiles',
      figure: `${big.toFixed(0)} ms (1,000 profiles: ${small.toFixed(0)} ms)`,
      bar: '< 200 ms, linear',
      holds: big < 200 && big < small * 15,
    },
  ];
}

/** Twenty commands at once with an expired token: one refresh, everyone right. */
export async function twentyAtOnce(): Promise<Row[]> {
  const idc = await startIdentityCenter();
  const home = mkdtempSync(join(tmpdir(), 'awsher-bench-'));
  try {
    const env = quietEnv(home, idc.endpoints);
    const run = (...args: string[]) =>
      new Promise<number | null>((resolve) => {
        spawn(process.execPath, [COMMAND, ...args], { env, stdio: 'ignore' }).on('close', resolve);
      });
    const login = run('login', 'corp', '--start-url', idc.startUrl, '--region', 'us-east-1', '--no-browser');
    while (idc.deviceCodes.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    idc.approve(idc.deviceCodes[0]?.userCode ?? '');
    await login;
    const [account] = idc.accounts;
    appendFileSync(
      join(home, '.aws/config'),
      `\n[profile bench]\nsso_session = corp\nsso_account_id = ${account?.accountId}\nsso_role_name = ${account?.roles[0]}\n`,
    );
    // Five minutes are left: less than the window in which a command renews.
    const [file] = readdirSync(join(home, '.aws/sso/cache'));
    const path = join(home, '.aws/sso/cache', file ?? '');
    const token = JSON.parse(readFileSync(path, 'utf8'));
    const soon = `${new Date(Date.now() + 300_000).toISOString().slice(0, 19)}Z`;
    writeFileSync(path, JSON.stringify({ ...token, expiresAt: soon }));
    const before = idc.count('CreateToken', { status: 200 });
    const started = performance.now();
    const codes = await Promise.all(
      Array.from({ length: 20 }, () => run('credential-process', '--profile', 'bench')),
    );
    const took = performance.now() - started;
    const refreshes = idc.count('CreateToken', { status: 200 }) - before;
    return [
      {
        what: '20 commands at once, the token about to end',
        figure: `${refreshes} refresh, ${codes.filter((code) => code === 0).length} of 20 right, ${(took / 1000).toFixed(1)} s for all`,
        bar: '1 refresh, all right',
        holds: refreshes === 1 && codes.every((code) => code === 0),
      },
    ];
  } finally {
    await idc.close();
    rmSync(home, { recursive: true, force: true });
  }
}
