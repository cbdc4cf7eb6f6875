import { chmodSync, existsSync, unlinkSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import { nodeCrypto } from '../files/lazy-modules.ts';

/** The address on which the host with this pid listens: a socket in the folder, or a pipe that nobody can guess. */
export function socketAddress(folder: string, pid: number, platform: NodeJS.Platform): string {
  if (platform === 'win32')
    return `\\\\.\\pipe\\awsher-${pid}-${nodeCrypto().randomBytes(16).toString('hex')}`;
  return socketFile(folder, pid);
}

export function socketFile(folder: string, pid: number): string {
  return join(folder, `host-${pid}.sock`);
}

/**
 * Listens on a local socket with mode 0600. What is left from an earlier process with the same pid is removed only
 * after nobody answered on it.
 */
export async function listen(address: string, onConnection: (socket: Socket) => void): Promise<Server> {
  if (!address.startsWith('\\\\.\\pipe\\') && existsSync(address)) {
    if (await answers(address)) {
      throw new AwsherError('SOCKET_UNSAFE', `Another process listens on ${address}.`, {
        hint: 'run `awsher doctor`',
      });
    }
    unlinkSync(address);
  }
  const server = createServer(onConnection);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    // The folder is 0700, so nobody else can get to the socket between these two lines.
    server.listen(address, () => {
      if (!address.startsWith('\\\\.\\pipe\\')) chmodSync(address, 0o600);
      server.off('error', reject);
      resolve();
    });
  });
  return server;
}

/** Whether a process answers on a socket. */
export function answers(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(address);
    const settle = (alive: boolean) => {
      socket.destroy();
      resolve(alive);
    };
    socket.once('connect', () => settle(true));
    socket.once('error', () => settle(false));
  });
}
