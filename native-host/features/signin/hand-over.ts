import type { ApprovalAddress } from '../../../shared/approval/approval-address.ts';
import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import type { HandOverOpen } from '../../../shared/protocol/native.ts';
import { hashCode, leaveVouch, VOUCH_MS } from '../../base/files/vouches.ts';
import type { ConnectedHost } from '../../base/link/find-hosts.ts';
import type { Context } from '../../base/platform/context.ts';
import { listensOn } from '../../base/platform/port-owner.ts';
import { ancestors } from '../../base/platform/processes.ts';
import { isFarAway } from '../../base/platform/remote.ts';
import { agentsRule } from './agent-rule.ts';
import { chooseBrowser, connectedBrowsers } from './browser-sign-in.ts';
import { overridesEndpoint } from './endpoint-override.ts';
import { originOf } from './hand-over-asker.ts';
import { readLastBrowser } from './last-browser.ts';
import { tellWhoAsks } from './tell-who-asks.ts';

/** The command that asked waits for us to end, and its PKCE callback server answers only then. */
const DEADLINE_MS = 2_000;
/** A host that was just replaced by a newer one is back after this. */
const AGAIN_MS = 200;

export interface HandOverResult {
  /** The browser that took it; `null` when none did. */
  browser: string | null;
  /** What was told about the command that asked. */
  request: HandOverOpen;
}

/**
 * Hands an approval of another command to a connected browser. Returns as soon as the browser has it, and never waits for
 * the approval. A browser gets two seconds to take it, and no less where this computer was slow to find it.
 */
export async function handOver(
  context: Context,
  address: ApprovalAddress,
  wanted: string | undefined,
): Promise<HandOverResult> {
  const mayLook = !isFarAway(context.env);
  const [hosts, request] = await Promise.all([
    mayLook ? browsersThere(context, DEADLINE_MS) : [],
    describe(context, address),
  ]);
  // So that awsher knows the code if its page has to be opened by the system. A link without a sign-in command behind
  // it gets no such word: the notice is what protects the person then.
  if (address.kind === 'device' && request.silent) await vouchFor(context, address.userCode, request);
  const deadline = context.now() + DEADLINE_MS;
  let found = hosts;
  for (;;) {
    const given = await give(context, found, wanted, request, deadline - context.now());
    if (given !== 'gone') return { browser: given?.browser ?? null, request };
    if (context.now() + AGAIN_MS >= deadline) return { browser: null, request };
    await context.sleep(AGAIN_MS, context.signal);
    found = await browsersThere(context, deadline - context.now());
  }
}

/** `gone`: the host ended just now, perhaps for a newer one. `null`: no browser takes it. */
async function give(
  { paths }: Context,
  hosts: readonly ConnectedHost[],
  wanted: string | undefined,
  request: HandOverOpen,
  deadlineMs: number,
): Promise<{ browser: string } | 'gone' | null> {
  const host = chooseBrowser(hosts, wanted, readLastBrowser(paths));
  try {
    if (!host || host.otherProtocol !== null || deadlineMs <= 0) return null;
    await tellWhoAsks(request, (asked) => host.peer.call('handover.open', asked, { deadlineMs }));
    return { browser: host.browser };
  } catch (thrown) {
    return thrown instanceof AwsherError && thrown.code === 'BROWSER_LOST' ? 'gone' : null;
  } finally {
    for (const other of hosts) other.close();
  }
}

const browsersThere = (context: Context, deadlineMs: number): Promise<ConnectedHost[]> =>
  connectedBrowsers(context, undefined, deadlineMs).catch(() => []);

/** Silent only for a person's known sign-in command, and for PKCE only when that command itself waits for the answer. */
async function describe(context: Context, address: ApprovalAddress): Promise<HandOverOpen> {
  const { pid, platform, paths } = context;
  const { asker, family } = originOf(context, await ancestors(pid, { platform }), agentsRule(paths));
  const pids = family.map((one) => one.pid);
  const known =
    address.kind === 'device' ? pids.length > 0 : await listensOn(pids, address.port, { platform });
  if (known && family.some((one) => overridesEndpoint(one, context))) {
    return { url: address.url, asker, silent: false, askBecause: 'endpoint-override' };
  }
  return { url: address.url, asker, silent: known };
}

async function vouchFor(context: Context, userCode: string, { asker }: HandOverOpen): Promise<void> {
  const { command, pid, parents } = asker;
  const vouch = { codeHash: hashCode(userCode), until: context.now() + VOUCH_MS, command, pid, parents };
  // It spares the person a question, no more: a file that cannot be written stops nothing.
  await leaveVouch(context.paths, vouch, context.now(), { timeoutMs: DEADLINE_MS / 4 }).catch(() => {});
}
