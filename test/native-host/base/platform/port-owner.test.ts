import { connect, createServer, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { comesFromUs, listensOn } from '../../../../native-host/base/platform/port-owner.ts';
import { asSecondUser, NO_SECOND_USER } from '../../../support/second-user.ts';

let server: Server | undefined;
afterEach(() => server?.close());

async function listen(host: string): Promise<number> {
  const started = createServer();
  server = started;
  await new Promise<void>((resolve) => started.listen(0, host, resolve));
  const address = started.address();
  return typeof address === 'object' && address ? address.port : 0;
}

describe.runIf(process.platform === 'linux')('on Linux, for real', () => {
  const platform = 'linux';

  it.each(['127.0.0.1', '0.0.0.0', '::', '::ffff:127.0.0.1'])('finds who listens on %s', async (host) => {
    const port = await listen(host);
    expect(await listensOn([1, process.pid], port, { platform })).toBe(true);
    expect(await listensOn([process.ppid], port, { platform })).toBe(false);
    expect(await listensOn([], port, { platform })).toBe(false);
  });

  it('does not count another address, or a port that nobody has', async () => {
    expect(await listensOn([process.pid], await listen('127.0.0.2'), { platform })).toBe(false);
    server?.close();
    expect(await listensOn([process.pid], 1, { platform })).toBe(false);
    expect(await listensOn([process.pid], 1, { platform, procDir: '/nowhere' })).toBe(false);
  });
});

describe.runIf(process.platform === 'linux')('who calls, on Linux, for real', () => {
  const uid = process.getuid?.() ?? -1;
  const source = { platform: 'linux', uid };

  async function called(by: (port: number) => void, alsoRoot = false): Promise<boolean> {
    const port = await listen('127.0.0.1');
    const peer = new Promise<number>((resolve) =>
      server?.once('connection', (socket) => resolve(socket.remotePort ?? 0)),
    );
    by(port);
    return comesFromUs({ port, peerPort: await peer, alsoRoot }, source);
  }

  it('knows its own user', async () => {
    expect(await called((port) => void connect(port, '127.0.0.1'))).toBe(true);
    expect(await comesFromUs({ port: 1, peerPort: 2 }, source)).toBe(false);
  });

  it.skipIf(NO_SECOND_USER).each(['127.0.0.1', '::ffff:127.0.0.1'])(
    'knows another user, who calls %s',
    async (host) => {
      const script = (port: number) => `require('node:net').connect(${port}, '${host}')`;
      let stop = () => {};
      for (const alsoRoot of [false, true]) {
        const came = called((port) => ({ stop } = asSecondUser(script(port))), alsoRoot);
        expect(await came).toBe(false);
        stop();
      }
    },
  );
});

it('asks lsof and netstat who calls', async () => {
  const answers = {
    darwin: `p1\nf3\nn127.0.0.1:5000->127.0.0.1:80\np${process.pid}\nf5\nn127.0.0.1:4000->127.0.0.1:80\n`,
    win32: `  TCP    127.0.0.1:4000         127.0.0.1:80         HERGESTELLT     ${process.pid}\r\n`,
  };
  for (const platform of ['darwin', 'win32'] as const) {
    const source = { platform, uid: 501, run: async () => answers[platform] };
    expect(await comesFromUs({ port: 80, peerPort: 4000 }, source)).toBe(true);
    expect(await comesFromUs({ port: 80, peerPort: 4001 }, source)).toBe(false);
    expect(await comesFromUs({ port: 81, peerPort: 4000 }, source)).toBe(false);
  }
});

it('on macOS asks lsof', async () => {
  const asked: string[] = [];
  const run = async (program: string, args: readonly string[]) => {
    asked.push([program, ...args].join(' '));
    return 'p412\nf5\np977\nf3\n';
  };
  expect(await listensOn([977], 51234, { platform: 'darwin', run })).toBe(true);
  expect(await listensOn([97], 51234, { platform: 'darwin', run })).toBe(false);
  expect(asked[0]).toBe('/usr/sbin/lsof -nP -a -iTCP:51234 -sTCP:LISTEN -Fp');
});

it('on Windows reads netstat in any language', async () => {
  const run = async () =>
    [
      '',
      'Aktive Verbindungen',
      '  Proto  Lokale Adresse         Remoteadresse          Status           PID',
      '  TCP    0.0.0.0:135            0.0.0.0:0              ABHÖREN         900',
      '  TCP    127.0.0.1:51234        0.0.0.0:0              ABHÖREN         4321',
      '  TCP    127.0.0.1:51234        127.0.0.1:60000        HERGESTELLT     4322',
      '  TCP    192.168.0.7:51234      0.0.0.0:0              ABHÖREN         4323',
      '  TCP    127.0.0.1:5123         0.0.0.0:0              ABHÖREN         4324',
      '',
    ].join('\r\n');
  const platform = 'win32';
  expect(await listensOn([4321], 51234, { platform, run })).toBe(true);
  for (const pid of [900, 4322, 4323, 4324])
    expect(await listensOn([pid], 51234, { platform, run }), String(pid)).toBe(false);
});

it('is no when the system does not tell', async () => {
  const run = () => Promise.reject(new Error('not found'));
  for (const platform of ['darwin', 'win32'])
    expect(await listensOn([process.pid], 51234, { platform, run })).toBe(false);
});
