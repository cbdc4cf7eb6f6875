import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import { askOnce } from '../../aws/calls/ask-once.ts';
import { proxyFor } from '../../aws/calls/proxy.ts';
import { knownEnvironment } from '../../aws/resolver/profile-environment.ts';
import { errnoOf } from '../../base/files/file-errors.ts';
import { machineOf } from '../../base/install/machine.ts';
import type { Context } from '../../base/platform/context.ts';
import { programOutput } from '../../base/platform/launch.ts';
import { packageRoot } from '../../base/platform/package-root.ts';
import { talkWith } from '../../base/platform/talk.ts';
import { VERSION } from '../../base/platform/version.ts';
import type { DoctorContext, Probe } from './context.ts';

const PROBE_MS = 8_000;

/** The computer that this runs on, for one round of checks. */
export function thisComputer(context: Pick<Context, 'env' | 'platform' | 'paths' | 'now'>): DoctorContext {
  const { env, platform, paths, now } = context;
  const calls = { env: knownEnvironment(paths, env), now };
  const probes = new Map<string, Promise<Probe>>();
  return {
    env,
    platform,
    paths,
    now,
    machine: machineOf(context),
    packageRoot: ownPackage(),
    version: VERSION,
    nodeVersion: process.versions.node,
    talk: talkWith,
    output: programOutput,
    probe: (address) => {
      const asked = probes.get(address) ?? ask(address, calls);
      probes.set(address, asked);
      return asked;
    },
  };
}

function ownPackage(): string | undefined {
  try {
    return packageRoot();
  } catch {
    return undefined;
  }
}

/** One GET; whatever the server says shows that it can be reached. */
async function ask(address: string, { env, now }: Pick<Context, 'env' | 'now'>): Promise<Probe> {
  let proxy = false;
  try {
    proxy = proxyFor(address, env) !== null;
    const start = now();
    const { status, headers } = await askOnce(address, { env, deadlineMs: PROBE_MS, mostBytes: 0 });
    const answer = { kind: 'answered', status, askedAtMs: (start + now()) / 2 } as const;
    const dateMs = Date.parse(headers.date ?? '');
    return Number.isNaN(dateMs) ? answer : { ...answer, dateMs };
  } catch (thrown) {
    if (thrown instanceof AwsherError) {
      const base = { kind: 'failed', code: thrown.code, proxy } as const;
      return thrown.hint === undefined ? base : { ...base, hint: thrown.hint };
    }
    return { kind: 'failed', code: causeOf(thrown), proxy };
  }
}

/** Several addresses of one name fail together: the first one speaks for them. */
function causeOf(thrown: unknown): string {
  const own = errnoOf(thrown);
  if (own !== undefined) return own;
  if (thrown instanceof AggregateError) return errnoOf(thrown.errors[0]) ?? 'UNKNOWN';
  // hpagent's own error, when the proxy says no: `Bad response: 407`.
  const status = thrown instanceof Error ? /Bad response: (\d{3})$/.exec(thrown.message)?.[1] : undefined;
  return status === undefined ? 'UNKNOWN' : `PROXY_${status}`;
}
