import { appendFileSync } from 'node:fs';
import { startAwsher } from '../support/awsher.ts';
import { openHome } from '../support/credentials/home.ts';
import type { Row } from './measure.ts';

const ACCOUNTS = 1_300;
const RATE = 20;

/** A whole listing against a portal that allows 20 calls a second and punishes bursts with a second of refusals; then a second one. */
export async function listing(): Promise<Row[]> {
  const home = await openHome({
    accounts: ACCOUNTS,
    rolesPerAccount: 5,
    portalRatePerSecond: RATE,
    portalBurst: 5,
    portalShutSeconds: 1,
  });
  try {
    const { startUrl, region } = home.idc;
    home.config('');
    appendFileSync(
      home.paths.configFile,
      `[sso-session corp]\nsso_start_url = ${startUrl}\nsso_region = ${region}\nsso_registration_scopes = sso:account:access\n`,
    );
    await home.signIn();
    const calls = (status: number) =>
      home.idc.count('ListAccounts', { status }) + home.idc.count('ListAccountRoles', { status });
    const run = async (...args: string[]) => {
      const before = [calls(200), calls(429)] as const;
      const started = performance.now();
      const child = startAwsher(['accounts', ...args], home.env);
      await child.until(/\d{12}/, 300_000);
      const first = performance.now() - started;
      const { code, stdout, stderr } = await child.finished;
      if (code !== 0) throw new Error(stderr);
      const took = (performance.now() - started) / 1000;
      return { first, took, stdout, answers: calls(200) - before[0], refused: calls(429) - before[1] };
    };
    const full = await run();
    const share = full.answers / RATE / full.took;
    const again = await run();
    const lines = full.stdout.trimEnd().split('\n').length;
    return [
      {
        what: `${ACCOUNTS} accounts × 5 roles at ${RATE} a second, bursts punished`,
        figure: `${(share * 100).toFixed(1)} % of the rate (${full.took.toFixed(1)} s), ${lines} accounts`,
        bar: '≥ 95 %, all of them',
        holds: share >= 0.95 && lines === ACCOUNTS,
      },
      {
        what: 'refused meanwhile (429), of the answers',
        figure: `${full.refused} of ${full.answers}`,
        bar: '< 1 of 20',
        holds: full.refused * 20 < full.answers,
      },
      {
        what: 'first account on the screen',
        figure: `${full.first.toFixed(0)} ms (the second time ${again.first.toFixed(0)} ms)`,
        bar: '< 1,000 ms',
        holds: full.first < 1000,
      },
      {
        what: 'calls of a second run, nothing changed',
        figure: `${again.answers} of ${full.answers} (${again.took.toFixed(1)} s)`,
        bar: '≤ a tenth',
        holds: again.answers * 10 <= full.answers,
      },
    ];
  } finally {
    await home.close();
  }
}
