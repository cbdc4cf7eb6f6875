import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import ids from '../../../../manifests/ids.json' with { type: 'json' };
import { shLauncher } from '../../../../native-host/base/install/launcher.ts';
import { encodeFrame } from '../../../../native-host/base/link/frames.ts';
import { answers } from '../../../../native-host/base/link/listen.ts';
import { makeSandbox, type Sandbox } from '../../base/files/sandbox.ts';
import {
  HELLO,
  HOST_PROGRAM,
  type HostOptions,
  ORIGIN,
  type RealHost,
  startHost,
  took,
} from './real-host.ts';

let sandbox: Sandbox;
const hosts: RealHost[] = [];

beforeEach(() => {
  sandbox = makeSandbox();
});
afterEach(async () => {
  for (const host of hosts.splice(0)) {
    host.child.kill('SIGKILL');
    await host.ended;
  }
  sandbox.remove();
});

const start = (options: Partial<HostOptions> = {}): RealHost => {
  const host = startHost({ home: sandbox.home, ...options });
  hosts.push(host);
  return host;
};
const runFiles = (): string[] =>
  fs.existsSync(sandbox.paths.runDir) ? fs.readdirSync(sandbox.paths.runDir) : [];
const firstChromium = ids.chromium[0] ?? '';
/** Text that a preloaded module makes the host print, in every way that programs print. */
function printer(): string {
  const file = join(sandbox.home, 'printer.cjs');
  const ways =
    "console.log('JUNK'); console.info('JUNK'); process.stdout.write('JUNK\\n'); process.emitWarning('JUNK');";
  fs.writeFileSync(file, `setInterval(() => { ${ways} }, 5).unref();`);
  return file;
}

describe('the caller', () => {
  it.each([
    ['nobody', []],
    ['an extension of another id', ['chrome-extension://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/']],
    ['an origin without its slash', [ORIGIN.slice(0, -1)]],
    ['an origin with a path', [`${ORIGIN}popup.html`]],
    ['the origin as the second argument', ['x', ORIGIN]],
    ['the id alone', [firstChromium]],
    ['the id on another scheme', [`moz-extension://${firstChromium}/`]],
    ['an add-on of another id', ['/x/manifest.json', 'other@example.com']],
    ['the add-on without a manifest', [ids.firefox]],
    ['the add-on with no JSON file', ['/x/manifest', ids.firefox]],
    ['a web page', ['https://corp.awsapps.com/']],
    ['a person', ['--help']],
  ])('%s gets exit 1, one sentence on stderr and no byte on stdout', async (_who, args) => {
    const host = start({ args });
    // Not even a valid hello is read.
    host.write(encodeFrame({ jsonrpc: '2.0', id: 1, method: 'hello', params: HELLO }));
    const { code, stdout, stderr } = await host.ended;
    expect([code, stdout.length]).toEqual([1, 0]);
    expect(stderr).toMatch(/^awsher-host: .+ Run `awsher --help`\.\n$/);
    expect(fs.readdirSync(sandbox.home)).toEqual([]);
  });

  it.each([
    ['Chromium', [ORIGIN]],
    ['Chromium on Windows, with a window handle', [ORIGIN, '--parent-window=0']],
    ['Firefox', ['/home/ana/.mozilla/native-messaging-hosts/x.json', ids.firefox]],
  ])('%s is answered', async (_who, args) => {
    const host = start({ args });
    await expect(host.extension.call('hello', HELLO)).resolves.toMatchObject({ protocol: 1, pid: host.pid });
  });
});

describe('hello', () => {
  it.each([0, 2, 99])('in protocol %d is told ours, and no door is opened', async (protocol) => {
    const host = start();
    const answer = await host.extension.call('hello', { ...HELLO, protocol });
    expect(answer).toMatchObject({ protocol: 1 });
    expect(runFiles()).toEqual([]);
  });

  it('opens the door with a private socket and a record; a second one changes the label only', async () => {
    const host = start();
    await host.extension.call('hello', HELLO);
    const record = () =>
      JSON.parse(fs.readFileSync(join(sandbox.paths.runDir, `host-${host.pid}.json`), 'utf8'));
    expect(record()).toMatchObject({
      pid: host.pid,
      browserPid: process.pid,
      browser: 'chromium',
      label: 'work',
    });
    expect((fs.lstatSync(record().socket).mode & 0o777).toString(8)).toBe('600');
    await host.extension.call('hello', { ...HELLO, label: 'home' });
    expect(record().label).toBe('home');
    expect(runFiles()).toHaveLength(2);
  });

  it('fails with one sentence when the run folder is not private, and nothing of it is touched', async () => {
    fs.mkdirSync(sandbox.paths.runDir, { recursive: true });
    fs.chmodSync(sandbox.paths.runDir, 0o777);
    const host = start();
    await expect(host.extension.call('hello', HELLO)).rejects.toMatchObject({ code: 'SOCKET_UNSAFE' });
    host.closeStdin();
    expect((await host.ended).code).toBe(0);
    expect(runFiles()).toEqual([]);
  });
});

it('finds its home in a browser that has no HOME, through the installed launcher', async () => {
  const launcher = join(sandbox.home, 'awsher-host');
  const { home } = sandbox;
  const text = shLauncher({ node: process.execPath, host: HOST_PROGRAM, fallbacks: [], home, files: {} });
  fs.writeFileSync(launcher, text, { mode: 0o755 });
  const host = start({ launcher });
  await expect(host.extension.call('hello', HELLO)).resolves.toMatchObject({ protocol: 1 });
  expect(runFiles()).toContain(`host-${host.pid}.json`);
});

describe('the end', () => {
  const ways: [string, (host: RealHost) => void][] = [
    ['the browser closes stdin', (host) => host.closeStdin()],
    ['SIGTERM', (host) => void host.child.kill('SIGTERM')],
    ['SIGINT', (host) => void host.child.kill('SIGINT')],
    ['SIGHUP', (host) => void host.child.kill('SIGHUP')],
    [
      'the browser stops reading, and something is said',
      (host) => {
        host.child.stdout?.destroy();
        host.write(encodeFrame({ jsonrpc: '2.0', id: 9, method: 'sessions.list', params: {} }));
      },
    ],
    ['what is no JSON', (host) => host.write(Buffer.from([3, 0, 0, 0, 123, 123, 123]))],
    ['a frame of nothing', (host) => host.write(Buffer.alloc(4))],
    [
      'a frame of 64 MiB',
      (host) => {
        const header = Buffer.alloc(4);
        header.writeUInt32LE(64 * 1024 * 1024);
        host.write(header);
        host.write(Buffer.alloc(64 * 1024 * 1024, 120));
      },
    ],
  ];

  it.each(ways)('%s: within a second, exit 0, neither socket nor record left', async (_name, way) => {
    const host = start();
    await host.extension.call('hello', HELLO);
    expect(runFiles()).toHaveLength(2);
    way(host);
    expect(await took(host.ended)).toBeLessThan(1_000);
    expect((await host.ended).code).toBe(0);
    expect(runFiles()).toEqual([]);
  });

  it('comes at once also when the browser goes away before it has said hello', async () => {
    const host = start();
    host.closeStdin();
    expect(await took(host.ended)).toBeLessThan(1_500);
    expect(runFiles()).toEqual([]);
  });

  it('comes in the middle of opening the door, and still nothing is left', async () => {
    const host = start();
    host.write(encodeFrame({ jsonrpc: '2.0', id: 1, method: 'hello', params: HELLO }));
    host.closeStdin();
    await host.ended;
    expect(runFiles()).toEqual([]);
  });

  it('by SIGKILL leaves a socket that the next host can tell for dead', async () => {
    const host = start();
    await host.extension.call('hello', HELLO);
    host.child.kill('SIGKILL');
    await host.ended;
    expect(await answers(join(sandbox.paths.runDir, `host-${host.pid}.sock`))).toBe(false);
  });
});

describe('stdout', () => {
  it('carries frames only, whatever prints', async () => {
    const host = start({ env: { NODE_OPTIONS: `--require ${printer()}` } });
    await host.extension.call('hello', HELLO);
    for (let round = 0; round < 20; round++) await host.extension.call('sessions.list', {});
    await expect.poll(() => host.frames.length).toBe(21);
    host.closeStdin();
    const { stdout, stderr } = await host.ended;
    expect(host.junk()).toBe(false);
    expect(stdout.includes('JUNK')).toBe(false);
    expect(stderr).toContain('JUNK');
  });

  it('stays silent without a question', async () => {
    const host = start();
    await new Promise((resolve) => setTimeout(resolve, 300));
    host.closeStdin();
    expect((await host.ended).stdout).toHaveLength(0);
  });
});

it('tells a session whose name would play tricks to no browser, and the others still', async () => {
  fs.mkdirSync(join(sandbox.home, '.aws'), { recursive: true });
  const section = (name: string) =>
    `[sso-session ${name}]\nsso_start_url = https://d-1234567890.awsapps.com/start\nsso_region = us-east-1\n`;
  fs.writeFileSync(
    join(sandbox.home, '.aws/config'),
    ['a\u202eb', 'a\u200bb', 'a\u001b[8mb', 'corp'].map(section).join(''),
  );
  const host = start();
  await host.extension.call('hello', HELLO);
  expect((await host.extension.call('sessions.list', {})).sessions).toMatchObject([{ session: 'corp' }]);
});

it('answers many questions that arrive in one piece, each once', async () => {
  const host = start();
  const ask = (id: number) => encodeFrame({ jsonrpc: '2.0', id, method: 'sessions.list', params: {} });
  host.write(Buffer.concat(Array.from({ length: 50 }, (_, index) => ask(index + 1))));
  await expect.poll(() => host.frames.length).toBe(50);
  expect(new Set(host.frames.map((frame) => Reflect.get(Object(frame), 'id'))).size).toBe(50);
});

it('answers a question that it does not know with an error, and goes on', async () => {
  const host = start();
  for (const method of ['files.read', 'exec', 'constructor', '__proto__']) {
    host.write(encodeFrame({ jsonrpc: '2.0', id: 1, method, params: { path: '/etc/passwd' } }));
  }
  await expect.poll(() => host.frames.length).toBe(4);
  for (const frame of host.frames)
    expect(frame).toMatchObject({ error: { data: { code: 'PROTOCOL_MESSAGE' } } });
  await expect(host.extension.call('hello', HELLO)).resolves.toMatchObject({ protocol: 1 });
});

it('keeps a log without a word of what was said', async () => {
  const host = start();
  await host.extension.call('hello', HELLO);
  host.write(
    encodeFrame({ jsonrpc: '2.0', method: 'marker-notification', params: { token: 'marker-token' } }),
  );
  host.closeStdin();
  await host.ended;
  const log = join(sandbox.paths.stateDir, 'host.log');
  expect((fs.lstatSync(log).mode & 0o777).toString(8)).toBe('600');
  const text = fs.readFileSync(log, 'utf8');
  expect(text).toContain('started for chromium');
  expect(text).toContain('ends: the browser closed the connection');
  expect(text).not.toContain('marker');
});
