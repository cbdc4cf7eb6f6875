import { connect } from 'node:net';
import { AwsherError } from '../../../shared/errors/awsher-error.ts';
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
  return Promise.all(readRecords(hostsFolder(context)).map((record) => contact(record, context.version)));
}

async function contact(record: HostRecord, version: string): Promise<Contact> {
  const socket = connect(record.socket);
  try {
    const peer = socketPeer(socket, LOCAL_COMMAND, LOCAL_HOST, { 'signin.progress': () => {} }, () => {});
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
    const params = { ...ownProtocol(), version };
    const hello = await peer.call('hello', params, { deadlineMs: ANSWER_MS });
    const { version: theirs, browser, label, extensionVersion } = hello;
    return {
      kind: 'greeted',
      record,
      other: otherProtocol(hello),
      version: theirs,
      browser,
      label,
      extensionVersion,
    };
  } catch {
    return { kind: isAlive(record.pid) ? 'silent' : 'dead', record };
  } finally {
    socket.destroy();
  }
}
