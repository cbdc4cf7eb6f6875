import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { resolvePaths } from '../../native-host/base/files/paths.ts';
import { bundleWorker } from '../native-host/base/files/sandbox.ts';
import { type KindOfWrite, killRenewals, killWriters, leftovers, renewalWindows } from '../support/kills.ts';
import { median } from './measure.ts';

// node --import tsx test/bench/kills.ts KILLS [RENEWALS] [HOME]
// Kills writers of config and token (half of KILLS each), and commands in the middle of a renewal. With HOME the homes stay,
// so that a campaign can be made in parts, each on what thousands of dead left behind.
const [kills = '10000', renewals = '200', kept] = process.argv.slice(2);
const worker = await bundleWorker('kill');
const place = kept ?? mkdtempSync(join(tmpdir(), 'awsher-kills-'));
let damaged = 0;
try {
  for (const kind of ['config', 'token'] as const satisfies KindOfWrite[]) {
    const home = join(place, kind);
    const paths = resolvePaths({ env: { HOME: home }, platform: 'linux', homedir: () => home });
    mkdirSync(dirname(paths.configFile), { recursive: true });
    writeFileSync(paths.configFile, '# hers\n');
    const began = Date.now();
    const report = await killWriters({ worker: worker.file, home, paths }, kind, {
      kills: Number(kills) / 2,
      atOnce: 5,
      random: Math.random,
    });
    damaged += report.damaged.length;
    for (const line of report.damaged) console.log(`  ${line}`);
    const { firstWritesMs, slowestFirstWriteMs, mostLeftovers, writes } = report;
    console.log(
      `${kind}: ${report.kills} kills, ${writes} writes, ${report.damaged.length} damaged; first write after a kill: median ${Math.round(median(firstWritesMs))} ms, slowest ${Math.round(slowestFirstWriteMs)} ms; temporary files: at most ${mostLeftovers}, ${leftovers(paths).length} left; ${Math.round((Date.now() - began) / 1000)} s`,
    );
  }
  if (Number(renewals) > 0) {
    const { kills, spent, answered } = await killRenewals({ kills: Number(renewals), random: Math.random });
    console.log(
      `renewals: ${kills} kills, ${answered} after AWS had answered, ${spent} left a spent refresh token`,
    );
    const windows = await renewalWindows(50);
    for (const [what, times] of Object.entries(windows))
      console.log(
        `from AWS's answer to the new token ${what}: median ${median(times).toFixed(1)} ms, longest ${Math.max(...times).toFixed(1)} ms`,
      );
  }
} finally {
  worker.remove();
  if (kept === undefined) rmSync(place, { recursive: true, force: true, maxRetries: 5 });
}
process.exit(damaged === 0 ? 0 : 1);
