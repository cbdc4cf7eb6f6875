import { readlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Listener } from '../../../shared/approval/listener.ts';
import { printable } from '../../../shared/printable.ts';
import type { Paths } from '../../base/files/paths.ts';
import { type ListenerSource, listenerOf, type PortListener } from '../../base/platform/port-listener.ts';
import { ancestors, type ProcessInfo, processOf } from '../../base/platform/processes.ts';
import { startTimer } from '../../base/platform/timers.ts';
import { agentsRule } from './agent-rule.ts';
import { told } from './asker.ts';
import { profileOf } from './asker-profile.ts';
import { codingAgent } from './coding-agents.ts';
import { environmentOf, overridesEndpoint } from './endpoint-override.ts';
import { listeningTool, programFile } from './listening-tools.ts';

const MAX_PATH = 1_000;
const MAX_LOOKS = 6;
const LOOK_AGAIN_MS = 40;

export interface ListenerQuestion extends ListenerSource {
  platform: NodeJS.Platform;
  paths: Pick<Paths, 'home' | 'configDir'>;
  /** The browser, whose loopback address may be another one than ours. */
  browserPid: number;
}

/**
 * Who waits for the answer of a PKCE request on a port of this computer: facts, no judgement. `null`: nobody. Never
 * throws; what cannot be told is what no sign-in tool of this person would be.
 */
export async function whoListens(port: number, source: ListenerQuestion): Promise<Listener | null> {
  const { platform, paths, browserPid, procDir = '/proc' } = source;
  const { home } = paths;
  const found = await settledListener(port, source).catch(() => null);
  if (found === null) return null;
  const { own, loopback, processes } = found;
  const facts = {
    own,
    loopback,
    alone: processes.length === 1,
    sameNetwork: platform !== 'linux' || sameNetwork(procDir, browserPid),
  };
  const [one] = processes;
  if (one === undefined) {
    const asker = { command: 'unknown', pid: 0, parents: [] };
    return {
      ...facts,
      asker,
      executable: null,
      trustable: false,
      tool: null,
      since: null,
      agentDenied: false,
      endpointOverride: false,
    };
  }
  const { pid, executable } = one;
  const [itself, above] = await Promise.all([processOf(pid, source), ancestors(pid, source)]);
  const process: ProcessInfo = itself ?? { pid, name: basename(executable ?? 'unknown') };
  const args = process.args ?? [process.name];
  const tool = listeningTool({ executable, args }, home);
  const env = (platform === 'linux' && environmentOf(pid, procDir)) || {};
  const rule = agentsRule(paths);
  const agent = codingAgent([process, ...above], env);
  const cwd = platform === 'linux' ? folderOf(procDir, pid) : null;
  const folder = told(basename(cwd ?? ''));
  const file = programFile({ executable, args }, cwd);
  const shown = file ?? executable;
  const profile = profileOf(args, env);
  return {
    ...facts,
    asker: {
      command: told(tool?.name ?? basename(shown ?? process.name)) || 'unknown',
      pid,
      parents: above
        .map(({ name }) => told(name))
        .filter((name) => name !== '')
        .slice(0, 20),
      ...(folder === '' ? {} : { folder }),
      ...(profile === undefined ? {} : { profile }),
      ...(agent === null ? {} : { agent, ...(rule === 'allow' ? { agentRule: 'allow' } : {}) }),
    },
    executable: shown === null ? null : printable(shown, { instead: '' }).slice(0, MAX_PATH),
    // A path that is not shown as it is could be taken for another one.
    trustable: file !== null && file.length <= MAX_PATH && printable(file, { instead: '' }) === file,
    tool: tool?.name ?? null,
    since: found.since ?? (tool?.lasting === true ? null : finite(one.startedAt)),
    agentDenied: agent !== null && rule === 'deny',
    // What the browser was started with is not what the tool was.
    endpointOverride: overridesEndpoint(process, { ...source, env: { HOME: home, USERPROFILE: home } }),
  };
}

/**
 * A program that is just starting another one has the socket open twice, until the new one runs. Rejects as `listenerOf`.
 */
async function settledListener(port: number, source: ListenerQuestion): Promise<PortListener | null> {
  for (let looks = 1; ; looks++) {
    const found = await listenerOf(port, source);
    if (found === null || found.processes.length <= 1 || looks >= MAX_LOOKS) return found;
    await new Promise<void>((resolve) => startTimer(LOOK_AGAIN_MS, resolve));
  }
}

/** The browser may be in a container with a loopback address of its own. What cannot be told is another one. */
function sameNetwork(procDir: string, browserPid: number): boolean {
  try {
    const of = (pid: number | 'self') => readlinkSync(join(procDir, String(pid), 'ns', 'net'));
    return of('self') === of(browserPid);
  } catch {
    return false;
  }
}

function folderOf(procDir: string, pid: number): string | null {
  try {
    return readlinkSync(join(procDir, String(pid), 'cwd'));
  } catch {
    return null;
  }
}

/** A moment that is not known is long ago. */
const finite = (time: number): number => (Number.isFinite(time) ? Math.round(time) : 0);
