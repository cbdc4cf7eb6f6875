import { connect } from 'node:net';
import type { LoggedDecision } from '../../../shared/approval/decision-log.ts';
import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import { HISTORY_PAGE } from '../../../shared/limits.ts';
import { LOCAL_COMMAND, LOCAL_HOST } from '../../../shared/protocol/local.ts';
import { otherProtocol, ownProtocol } from '../../../shared/protocol/version.ts';
import { type HostRecord, readRecords } from '../../base/link/run-folder.ts';
import { runFolder } from '../../base/link/run-folder-place.ts';
import { socketPeer } from '../../base/link/socket-peer.ts';
import { isAlive } from '../../base/platform/alive.ts';
import { startTimer } from '../../base/platform/timers.ts';
import type { DoctorContext } from './context.ts';

export type Contact =
  | {
      readonly kind: 'greeted';
      readonly record: HostRecord;
      readonly other: 'older' | 'newer' | null;
      readonly version: string;
      readonly browser: string;
      readonly label: string;
      readonly extensionVersion: string;
      readonly reads: Readonly<Record<string, string>> | undefined;
    }
  /** It lives and does not answer as it should. */
  | { readonly kind: 'silent'; readonly record: HostRecord }
  /** Its process is gone and only its files are left. */
  | { readonly kind: 'dead'; readonly record: HostRecord };

const ANSWER_MS = 3_000;

/** The folder in which running hosts leave sockets and records. */
export function hostsFolder({
  paths,
  platform,
  machine,
}: Pick<DoctorContext, 'paths' | 'platform' | 'machine'>): string {
  return runFolder(paths.runDir, machine.uid ?? -1, platform);
}

/** Greets every host that has left a record. Removes nothing. */
export function contactHosts(context: DoctorContext): Promise<Contact[]> {
  return Promise.all(
    readRecords(hostsFolder(context)).map(async (record) => {
      const greeted = await greet(record, context, async (peer, hello) => {
        const { version, browser, label, extensionVersion } = hello;
        const other = otherProtocol(hello);
        // An older one does not tell.
        const reads = await peer.call('places.read', {}, { deadlineMs: ANSWER_MS }).catch(() => undefined);
        return { kind: 'greeted', record, other, version, browser, label, extensionVersion, reads } as const;
      });
      return greeted ?? { kind: isAlive(record.pid) ? 'silent' : 'dead', record };
    }),
  );
}

/** The newest decisions of every connected browser, each newest first; of one that does not tell them, none. */
export async function recentDecisions(context: DoctorContext): Promise<LoggedDecision[][]> {
  const asked = { before: null, limit: HISTORY_PAGE };
  const lists = await Promise.all(
    readRecords(hostsFolder(context)).map((record) =>
      greet(record, context, (peer) => peer.call('history.list', asked, { deadlineMs: ANSWER_MS })),
    ),
  );
  return lists.flatMap((list) => (list === null ? [] : [list.decisions]));
}

type Peer = ReturnType<typeof socketPeer<typeof LOCAL_COMMAND, typeof LOCAL_HOST>>;

/** What becomes of a host that says hello; `null` where it does not, or not in time. */
async function greet<Result>(
  record: HostRecord,
  { version }: DoctorContext,
  use: (peer: Peer, told: Awaited<ReturnType<typeof hello>>) => Promise<Result>,
): Promise<Result | null> {
  const socket = connect(record.socket);
  try {
    const peer = socketPeer(socket, LOCAL_COMMAND, LOCAL_HOST, { 'signin.progress': () => {} });
    const connected = new Promise<void>((resolve, reject) => {
      const stop = startTimer(ANSWER_MS, () => reject(new AwsherError('HOST_LOST', 'No answer.')));
      socket.once('connect', () => {
        stop();
        resolve();
      });
      socket.once('error', (error) => {
        stop();
        reject(error);
      });
    });
    await connected;
    return await use(peer, await hello(peer, version));
  } catch {
    return null;
  } finally {
    socket.destroy();
  }
}

const hello = (peer: Peer, version: string) =>
  peer.call('hello', { ...ownProtocol(), version }, { deadlineMs: ANSWER_MS });
