import { rmSync } from 'node:fs';
import type { Server, Socket } from 'node:net';
import type * as v from 'valibot';
import { ANSWER_DEADLINE_MS } from '../../../shared/limits.ts';
import type { Told } from '../../../shared/login/progress.ts';
import { LOCAL_COMMAND, LOCAL_HOST } from '../../../shared/protocol/local.ts';
import type { EXTENSION, Hello } from '../../../shared/protocol/native.ts';
import type { Peer } from '../../../shared/protocol/peer.ts';
import { ownProtocol } from '../../../shared/protocol/version.ts';
import { proxyToAws } from '../../aws/calls/proxy.ts';
import { placesRead } from '../../base/files/paths.ts';
import { listen, socketAddress } from '../../base/link/listen.ts';
import { ensureRunFolder, removeRecord, writeRecord } from '../../base/link/run-folder.ts';
import { runFolder } from '../../base/link/run-folder-place.ts';
import { socketPeer } from '../../base/link/socket-peer.ts';
import { isNewer } from '../../base/link/versions.ts';
import type { HostOptions } from './host-options.ts';

export interface DoorOptions
  extends Pick<
    HostOptions,
    'paths' | 'env' | 'platform' | 'uid' | 'pid' | 'browserPid' | 'version' | 'now' | 'log' | 'retire'
  > {
  extension: Peer<typeof EXTENSION>;
}

/** The local socket on which the commands of this home directory find this browser. */
export function createDoor(options: DoorOptions) {
  const { paths, platform, uid, pid, version, now, extension } = options;
  const folder = runFolder(paths.runDir, uid, platform);
  const address = socketAddress(folder, pid, platform);
  const visitors = new Set<Socket>();
  const listeners = new Map<string, (told: Told) => void>();
  let server: Promise<Server> | null = null;
  let known: v.InferOutput<typeof Hello> | null = null;
  let visits = 0;
  let signIns = 0;
  let retiring = false;

  function visit(socket: Socket): void {
    visitors.add(socket);
    const visitor = `${pid}.${++visits}`;
    const waiting = new Set<string>();
    let asked = 0;
    /** A call that waits for a person: its steps go to this visitor, and when the visitor goes, it is given up. */
    async function accompany<T>(start: (participant: string) => Promise<T>): Promise<T> {
      const participant = `${visitor}.${++asked}`;
      waiting.add(participant);
      listeners.set(participant, (told) => peer.notify('signin.progress', told));
      signIns += 1;
      try {
        return await start(participant);
      } finally {
        signIns -= 1;
        waiting.delete(participant);
        listeners.delete(participant);
        retireIfIdle();
      }
    }
    const peer = socketPeer<typeof LOCAL_HOST, typeof LOCAL_COMMAND>(
      socket,
      LOCAL_HOST,
      LOCAL_COMMAND,
      {
        hello: ({ version: theirs }) => {
          // The command is what the person updates; the host that the browser keeps running is then the old one.
          if (isNewer(theirs, version)) retiring = true;
          return {
            ...ownProtocol(),
            version,
            pid,
            browser: known?.browser ?? '',
            label: known?.label ?? '',
            extensionVersion: known?.version ?? '',
          };
        },
        'places.read': () => ({
          ...placesRead(paths, options.env, platform),
          proxy: proxyToAws(options.env),
        }),
        'signin.start': (request) =>
          accompany((participant) => extension.call('signin.start', { participant, ...request })),
        'saml.start': (request) =>
          accompany(async (participant) => {
            const { response, ...where } = await extension.call('saml.start', { participant, ...request });
            return { response: response.expose(), ...where };
          }),
        'handover.open': (request) =>
          extension.call('handover.open', request, { deadlineMs: ANSWER_DEADLINE_MS }),
        'console.open': ({ url }) =>
          extension.call('console.open', { url: url.expose() }, { deadlineMs: ANSWER_DEADLINE_MS }),
        'history.list': (request) =>
          extension.call('history.list', request, { deadlineMs: ANSWER_DEADLINE_MS }),
        'sessions.changed': () => extension.notify('sessions.changed', {}),
      },
      () => {
        visitors.delete(socket);
        for (const participant of waiting) extension.notify('signin.leave', { participant });
        retireIfIdle();
      },
    );
  }

  /** Not before the command has gone that brought the news: it may be about to ask for a sign-in. */
  function retireIfIdle(): void {
    if (retiring && signIns === 0 && visitors.size === 0) options.retire();
  }

  return {
    /** Opens the door at the first hello; a later one only changes the label. */
    async open(hello: v.InferOutput<typeof Hello>): Promise<void> {
      known = hello;
      server ??= (async () => {
        ensureRunFolder(folder, paths.runDir, uid);
        return listen(address, visit);
      })();
      await server;
      const { browser, label } = hello;
      writeRecord(folder, {
        pid,
        browserPid: options.browserPid,
        socket: address,
        browser,
        label,
        version,
        since: now(),
      });
    },
    progress: (participant: string, told: Told) => listeners.get(participant)?.(told),
    close(): void {
      // A door that could not be opened has nothing of ours: a process in another container may have the same pid.
      void server?.then(
        (open) => {
          removeRecord(folder, pid);
          if (platform !== 'win32') rmSync(address, { force: true });
          for (const socket of visitors) socket.end();
          open.close();
        },
        () => {},
      );
    },
  };
}
