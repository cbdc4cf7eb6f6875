import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import type { Server, Socket } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findHosts } from '../../../../native-host/base/link/find-hosts.ts';
import { answers, listen, socketAddress } from '../../../../native-host/base/link/listen.ts';
import {
  ensureRunFolder,
  type HostRecord,
  readRecords,
  writeRecord,
} from '../../../../native-host/base/link/run-folder.ts';
import { socketPeer } from '../../../../native-host/base/link/socket-peer.ts';
import { LOCAL_COMMAND, LOCAL_HOST } from '../../../../shared/protocol/local.ts';
import type { Surface } from '../../../../shared/protocol/peer.ts';
import { makeSandbox, type Sandbox } from '../files/sandbox.ts';

/** The part of a host that these tests are about. */
const HOST_SIDE = {
  methods: { hello: LOCAL_HOST.methods.hello, 'signin.start': LOCAL_HOST.methods['signin.start'] },
  notifications: {},
} satisfies Surface;

const uid = process.getuid?.() ?? -1;
let sandbox: Sandbox;
let folder: string;
const servers: Server[] = [];
const sockets = new Set<Socket>();

beforeEach(() => {
  sandbox = makeSandbox();
  folder = sandbox.paths.runDir;
  ensureRunFolder(folder, folder, uid);
});
afterEach(() => {
  for (const socket of sockets) socket.destroy();
  for (const server of servers.splice(0)) server.close();
  sandbox.remove();
});

/** The pid of a process that is gone. */
const deadPid = (): number => spawnSync(process.execPath, ['-e', '0']).pid;

const recordOf = (pid: number, more: Partial<HostRecord> = {}): HostRecord => ({
  pid,
  browserPid: process.pid,
  socket: join(folder, `host-${pid}.sock`),
  browser: 'chromium',
  label: '',
  version: '0.1.0',
  since: pid,
  ...more,
});

/** A host in this process, under a pid of its own choice. */
async function host(pid: number, protocol = 1, answersHello = true): Promise<Server> {
  const server = await listen(join(folder, `host-${pid}.sock`), (socket) => {
    sockets.add(socket);
    if (!answersHello) return;
    socketPeer<typeof HOST_SIDE, typeof LOCAL_COMMAND>(
      socket,
      HOST_SIDE,
      LOCAL_COMMAND,
      {
        hello: () => ({
          protocol,
          version: '9.9.9',
          pid,
          browser: 'chromium',
          label: `profile ${pid}`,
          extensionVersion: '1',
        }),
        'signin.start': () => Promise.reject(new Error('not here')),
      },
      () => {},
    );
  });
  servers.push(server);
  writeRecord(folder, recordOf(pid));
  return server;
}

async function find() {
  const hosts = await findHosts({
    folder,
    uid,
    version: '0.1.0',
  });
  return hosts;
}

describe('findHosts', () => {
  it('finds none where there is none, and makes nothing', async () => {
    fs.rmSync(folder, { recursive: true });
    expect(await find()).toEqual([]);
    expect(fs.existsSync(folder)).toBe(false);
  });

  it.each([[[101]], [[101, 103, 102]]])('finds %j, the youngest first, greeted and ready', async (pids) => {
    for (const pid of pids) await host(pid);
    const hosts = await find();
    expect(hosts.map(({ label }) => label)).toEqual(
      pids.toSorted((a, b) => b - a).map((pid) => `profile ${pid}`),
    );
    for (const { otherProtocol, close } of hosts) {
      expect(otherProtocol).toBeNull();
      close();
    }
  });

  it('tells which one speaks another protocol', async () => {
    await host(101, 2);
    const [found] = await find();
    expect(found?.otherProtocol).toBe('newer');
    found?.close();
  });

  it('removes what a dead host left, and the dead one only', async () => {
    const dead = deadPid();
    await host(101);
    writeRecord(folder, recordOf(dead));
    fs.writeFileSync(join(folder, `host-${dead}.sock`), '');
    const hosts = await find();
    expect(hosts).toHaveLength(1);
    expect(readRecords(folder).map(({ pid }) => pid)).toEqual([101]);
    expect(fs.readdirSync(folder).sort()).toEqual(['host-101.json', 'host-101.sock']);
    hosts[0]?.close();
  });

  it('removes no other file that a record names', async () => {
    const treasure = join(folder, 'treasure');
    const beside = `${folder}-beside`;
    fs.writeFileSync(treasure, '');
    fs.writeFileSync(beside, '');
    for (const socket of [treasure, beside, join(folder, '../../features', 'run-beside')]) {
      writeRecord(folder, recordOf(deadPid(), { socket }));
    }
    expect(await find()).toEqual([]);
    expect([fs.existsSync(treasure), fs.existsSync(beside)]).toEqual([true, true]);
    expect(readRecords(folder)).toEqual([]);
  });

  it('keeps the files of a process that lives but does not listen', async () => {
    writeRecord(folder, recordOf(process.pid));
    expect(await find()).toEqual([]);
    expect(readRecords(folder)).toHaveLength(1);
  });

  it('does not trust a folder that others can write to', async () => {
    await host(101);
    fs.chmodSync(folder, 0o777);
    await expect(find()).rejects.toMatchObject({ code: 'SOCKET_UNSAFE' });
  });

  it('waits no longer than the deadline for one that never answers, and keeps its socket', async () => {
    await host(101, 1, false);
    await host(102);
    const started = performance.now();
    const hosts = await find();
    expect(hosts.map(({ label }) => label)).toEqual(['profile 102']);
    expect(performance.now() - started).toBeLessThan(8_000);
    expect(readRecords(folder)).toHaveLength(2);
    hosts[0]?.close();
  });

  it('ends open calls with their link', async () => {
    await host(101);
    const [found] = await find();
    const asker = { command: 'awsher login', pid: 1, parents: [] };
    const target = {
      session: 'corp',
      startUrl: 'https://corp.awsapps.com/start',
      region: 'us-east-1',
      scopes: [],
    };
    for (const socket of sockets) socket.destroy();
    await expect(
      found?.peer.call('signin.start', { target, asker, watch: false, joinOnly: false }),
    ).rejects.toMatchObject({ code: 'BROWSER_LOST' });
  });
});

describe('listen', () => {
  it('makes the socket for this user alone', async () => {
    const address = socketAddress(folder, 7, 'linux');
    servers.push(await listen(address, () => {}));
    expect((fs.lstatSync(address).mode & 0o777).toString(8)).toBe('600');
    expect(await answers(address)).toBe(true);
  });

  it('never takes the place of one that answers', async () => {
    await host(101);
    const address = join(folder, 'host-101.sock');
    await expect(listen(address, () => {})).rejects.toMatchObject({ code: 'SOCKET_UNSAFE' });
    expect(await answers(address)).toBe(true);
  });

  it('replaces what a killed process left', async () => {
    const address = join(folder, 'host-7.sock');
    const leave = `require('net').createServer().listen(${JSON.stringify(address)}, () => process.kill(process.pid, 'SIGKILL'))`;
    spawnSync(process.execPath, ['-e', leave]);
    expect(fs.lstatSync(address).isSocket()).toBe(true);
    expect(await answers(address)).toBe(false);
    servers.push(await listen(address, () => {}));
    expect(await answers(address)).toBe(true);
  });

  it('is a pipe that nobody can guess on Windows', () => {
    const [one, two] = [socketAddress(folder, 7, 'win32'), socketAddress(folder, 7, 'win32')];
    expect(one).toMatch(/^\\\\\.\\pipe\\awsher-7-[0-9a-f]{32}$/);
    expect(one).not.toBe(two);
  });
});
