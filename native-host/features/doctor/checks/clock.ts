import { type Check, fail, inline, ok, skip } from '../check.ts';
import { endpointsOf } from '../sessions.ts';

/** AWS refuses requests that are dated more than five minutes off, and tokens seem to end too early or too late. */
const MOST_MS = 5 * 60_000;

/** The computer's clock beside AWS's, by the Date header of the OIDC endpoint. */
export const clock: Check = {
  id: 'clock',
  title: 'Clock',
  async run(context) {
    const [address] = endpointsOf('sso-oidc', context);
    if (address === undefined) return skip('There is no session yet.');
    const probe = await context.probe(address);
    // That nobody can be reached is another check's subject.
    if (probe.kind !== 'answered')
      return skip(`AWS's time is unknown: AWS cannot be reached (${inline(probe.code)}).`);
    if (probe.dateMs === undefined) return skip("AWS's answer had no Date header.");
    const off = probe.askedAtMs - probe.dateMs;
    const seconds = Math.round(Math.abs(off) / 1000);
    // The header has whole seconds.
    if (seconds <= 2) return ok('in step with AWS');
    const words = `${span(seconds)} ${off < 0 ? 'behind' : 'ahead of'} AWS's`;
    if (Math.abs(off) < MOST_MS) return ok(`${words}, which is harmless`);
    return fail(`The computer's clock is ${words}.`, setClock(context.platform, context.env));
  },
};

function span(seconds: number): string {
  if (seconds < 120) return `${seconds} s`;
  return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}

function setClock(platform: string, env: Readonly<Record<string, string | undefined>>): string {
  if (env.WSL_DISTRO_NAME) return 'run `sudo hwclock --hctosys`, or `wsl --shutdown` in Windows';
  if (platform === 'darwin') return 'run `sudo sntp -sS time.apple.com`';
  if (platform === 'win32') return 'run `w32tm /resync` as administrator';
  return 'run `sudo timedatectl set-ntp true`';
}
