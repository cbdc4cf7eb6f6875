import { rmSync } from 'node:fs';
import { connect } from 'node:net';
import { ANSWER_DEADLINE_MS } from '../../../shared/limits.ts';
import { LOCAL_COMMAND, LOCAL_HOST } from '../../../shared/protocol/local.ts';
import type { Handlers, Peer } from '../../../shared/protocol/peer.ts';
import { otherProtocol, ownProtocol } from '../../../shared/protocol/version.ts';
import { isAlive } from '../platform/alive.ts';
import { startTimer } from '../platform/timers.ts';
import { socketFile } from './listen.ts';
import { assertPrivate, type HostRecord, readRecords, removeRecord } from './run-folder.ts';
import { socketPeer } from './socket-peer.ts';

/** A running host with its browser, greeted and ready. */
export interface ConnectedHost {
  record: HostRecord;
  browser: string;
  label: string;
  /** It speaks no version of the protocol that we speak: it can be told nothing but that. */
  otherProtocol: 'older' | 'newer' | null;
  peer: Peer<typeof LOCAL_HOST>;
  close(): void;
}

export interface FindOptions {
  folder: string;
  uid: number;
  version: string;
  /** Told how a sign-in of this command goes on. */
  onStep?: Handlers<typeof LOCAL_COMMAND>['signin.progress'] | undefined;
  /** How long a host may take to answer; ANSWER_DEADLINE_MS unless told. */
  deadlineMs?: number | undefined;
}

/** Every running host of this home directory. Records of dead ones are removed; a live socket never is. */
export async function findHosts(options: FindOptions): Promise<ConnectedHost[]> {
  const records = readRecords(options.folder);
  if (records.length === 0) return [];
  assertPrivate(options.folder, options.uid);
  const hosts = await Promise.all(records.map((record) => greet(record, options)));
  return hosts.filter((host) => host !== null);
}

async function greet(record: HostRecord, options: FindOptions): Promise<ConnectedHost | null> {
  const { deadlineMs = ANSWER_DEADLINE_MS, onStep = () => {} } = options;
  const socket = connect(record.socket);
  const connected = await new Promise<boolean>((resolve) => {
    const stop = startTimer(deadlineMs, () => resolve(false));
    socket.once('connect', () => {
      stop();
      resolve(true);
    });
    socket.once('error', () => {
      stop();
      removeDead(record, options.folder);
      resolve(false);
    });
  });
  if (!connected) {
    socket.destroy();
    return null;
  }
  const peer = socketPeer(socket, LOCAL_COMMAND, LOCAL_HOST, { 'signin.progress': onStep });
  try {
    const hello = await peer.call('hello', { ...ownProtocol(), version: options.version }, { deadlineMs });
    return {
      record,
      browser: hello.browser,
      label: hello.label,
      otherProtocol: otherProtocol(hello),
      peer,
      close: () => socket.end(),
    };
  } catch {
    socket.destroy();
    return null;
  }
}

/** The socket of a process that is gone. A process that lives but does not answer keeps its files. */
function removeDead(record: HostRecord, folder: string): void {
  if (isAlive(record.pid)) return;
  removeRecord(folder, record.pid);
  // A pipe has no file; and a record is text, which may name any file.
  if (record.socket === socketFile(folder, record.pid)) rmSync(record.socket, { force: true });
}
