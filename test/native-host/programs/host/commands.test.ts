import * as fs from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ConnectedHost, findHosts } from '../../../../native-host/base/link/find-hosts.ts';
import { AwsherError } from '../../../../shared/errors/awsher-error.ts';
import type { SignedIn, SigninStart } from '../../../../shared/protocol/native.ts';
import { makeSandbox, type Sandbox } from '../../base/files/sandbox.ts';
import { HELLO, type RealHost, startHost, took } from './real-host.ts';

const signedIn: SignedIn = { expiresAt: '2026-11-23T18:04:00Z', cacheFile: '/x.json', browser: 'chromium' };
const request = {
  target: { session: 'corp', startUrl: 'https://corp.awsapps.com/start', region: 'us-east-1', scopes: [] },
  asker: { command: 'awsher login', pid: 1, parents: ['zsh'] },
  watch: false,
  joinOnly: false,
};

/** A sign-in that the extension's side was asked for, to be ended by the test. */
interface Asked {
  start: SigninStart;
  resolve(result: SignedIn): void;
  reject(error: AwsherError): void;
}

let sandbox: Sandbox;
let host: RealHost;
let asked: Asked[];
let left: string[];
const commands: ConnectedHost[] = [];

beforeEach(async () => {
  sandbox = makeSandbox();
  asked = [];
  left = [];
  host = startHost({
    home: sandbox.home,
    handlers: {
      'signin.start': (start) =>
        new Promise((resolve, reject) => void asked.push({ start, resolve, reject })),
      'signin.leave': ({ participant }) => void left.push(participant),
    },
  });
  await host.extension.call('hello', HELLO);
});
afterEach(async () => {
  for (const command of commands.splice(0)) command.close();
  host.child.kill('SIGKILL');
  await host.ended;
  sandbox.remove();
});

/** A command as it connects to the host: over the socket in the run folder. */
async function command(steps: string[] = [], version = '0.1.0'): Promise<ConnectedHost> {
  const [found] = await findHosts({
    folder: sandbox.paths.runDir,
    uid: process.getuid?.() ?? -1,
    version,
    onStep: ({ step }) => void steps.push(step),
  });
  if (!found) throw new Error('no host was found');
  commands.push(found);
  return found;
}

const address = () => join(sandbox.paths.runDir, `host-${host.pid}.sock`);

/** A stranger on the socket: raw text in, everything that comes back out. */
function raw(): Promise<{ socket: Socket; heard: () => string; closed: Promise<void> }> {
  return new Promise((resolve, reject) => {
    let heard = '';
    const socket = connect(address(), () => resolve({ socket, heard: () => heard, closed }));
    const closed = new Promise<void>((done) => socket.once('close', () => done()));
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      heard += chunk;
    });
    socket.once('error', reject);
  });
}

it('a command is greeted with the browser and the label of the profile', async () => {
  const { browser, label, otherProtocol, record } = await command();
  expect([browser, label, otherProtocol, record.pid]).toEqual(['chromium', 'work', null, host.pid]);
});

describe('a sign-in', () => {
  it('goes to the extension with a name of its own, and its answer comes back', async () => {
    const { peer } = await command();
    const answer = peer.call('signin.start', request);
    await expect.poll(() => asked.length).toBe(1);
    const { participant, ...rest } = asked[0]?.start ?? { participant: '' };
    expect(rest).toEqual(request);
    expect(participant).not.toBe('');
    asked[0]?.resolve(signedIn);
    await expect(answer).resolves.toEqual(signedIn);
    expect(left).toEqual([]);
  });

  it('ends with the error of the extension: code, sentence and hint', async () => {
    const { peer } = await command();
    const answer = peer.call('signin.start', request).catch((thrown: unknown) => thrown);
    await expect.poll(() => asked.length).toBe(1);
    asked[0]?.reject(
      new AwsherError('SIGN_IN_DENIED', 'The sign-in was denied on the page.', { hint: 'again' }),
    );
    expect(await answer).toMatchObject({ code: 'SIGN_IN_DENIED', hint: 'again', exitCode: 3 });
  });

  it('tells its steps to the command that asked, in order, and to no other', async () => {
    const steps: [string[], string[]] = [[], []];
    const [one, two] = [await command(steps[0]), await command(steps[1])];
    const answers = [one.peer.call('signin.start', request)];
    await expect.poll(() => asked.length).toBe(1);
    answers.push(two.peer.call('signin.start', request));
    await expect.poll(() => asked.length).toBe(2);
    const [first, second] = asked.map(({ start }) => start.participant);
    expect(first).not.toBe(second);
    for (const step of ['registering', 'confirming', 'allowing'] as const) {
      host.extension.notify('signin.progress', { participant: first ?? '', step });
    }
    host.extension.notify('signin.progress', { participant: second ?? '', step: 'joined' });
    host.extension.notify('signin.progress', { participant: 'nobody', step: 'done' });
    for (const { resolve } of asked) resolve(signedIn);
    await Promise.all(answers);
    expect(steps).toEqual([['registering', 'confirming', 'allowing'], ['joined']]);
  });

  it('is left when the command goes away, once per sign-in', async () => {
    const one = await command();
    const two = await command();
    one.peer.call('signin.start', request).catch(() => {});
    await expect.poll(() => asked.length).toBe(1);
    const other = two.peer.call('signin.start', request);
    await expect.poll(() => asked.length).toBe(2);
    one.close();
    await expect.poll(() => left).toEqual([asked[0]?.start.participant]);
    asked[1]?.resolve(signedIn);
    await expect(other).resolves.toEqual(signedIn);
    expect(left).toHaveLength(1);
  });

  it('gets another name each time, also when an earlier one of the same command has ended', async () => {
    const { peer } = await command();
    const open = [peer.call('signin.start', request), peer.call('signin.start', request)];
    await expect.poll(() => asked.length).toBe(2);
    asked[0]?.resolve(signedIn);
    await open[0];
    open.push(peer.call('signin.start', request));
    await expect.poll(() => asked.length).toBe(3);
    expect(new Set(asked.map(({ start }) => start.participant)).size).toBe(3);
    for (const { resolve } of asked) resolve(signedIn);
    await Promise.all(open);
  });

  it('ends for every command at once when the browser goes away', async () => {
    const open = await Promise.all([command(), command(), command()]);
    const answers = open.map(({ peer }) =>
      peer.call('signin.start', request).catch((thrown: unknown) => thrown),
    );
    await expect.poll(() => asked.length).toBe(3);
    host.closeStdin();
    expect(await took(Promise.all(answers))).toBeLessThan(1_000);
    for (const error of await Promise.all(answers)) expect(error).toMatchObject({ code: 'BROWSER_LOST' });
  });

  it('ends for the command when the host is killed', async () => {
    const { peer } = await command();
    const answer = peer.call('signin.start', request).catch((thrown: unknown) => thrown);
    await expect.poll(() => asked.length).toBe(1);
    host.child.kill('SIGKILL');
    expect(await answer).toMatchObject({ code: 'BROWSER_LOST' });
  });
});

describe('a newer command', () => {
  it('lets an idle host end when it goes, so that the browser starts the new one', async () => {
    const { close } = await command([], '99.0.0');
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(host.child.exitCode).toBeNull();
    close();
    expect(await took(host.ended)).toBeLessThan(1_000);
    expect((await host.ended).code).toBe(0);
    expect(fs.readdirSync(sandbox.paths.runDir)).toEqual([]);
  });

  it('still gets its own sign-in, and so does everybody who waits', async () => {
    const other = await command();
    const { peer, close } = await command([], '99.0.0');
    const answers = [peer.call('signin.start', request), other.peer.call('signin.start', request)];
    await expect.poll(() => asked.length).toBe(2);
    for (const { resolve } of asked) resolve(signedIn);
    await expect(Promise.all(answers)).resolves.toEqual([signedIn, signedIn]);
    close();
    other.close();
    expect((await host.ended).code).toBe(0);
  });
});

describe('a stranger on the socket', () => {
  const line = (message: object) => `${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`;

  it('is refused everything that is for the extension', async () => {
    const { socket, heard } = await raw();
    const methods = [
      'token.store',
      'registration.find',
      'registration.save',
      'sessions.list',
      'vouch.find',
      'exec',
    ];
    methods.forEach((method, index) => void socket.write(line({ id: index + 1, method, params: {} })));
    await expect.poll(() => heard().split('\n').length).toBe(methods.length + 1);
    expect(heard().match(/PROTOCOL_MESSAGE/g)).toHaveLength(methods.length);
    socket.destroy();
  });

  it('cannot choose its own name, or a form that is not agreed', async () => {
    const { socket, heard } = await raw();
    socket.write(line({ id: 1, method: 'signin.start', params: { ...request, asker: 'me' } }));
    await expect.poll(() => heard().split('\n').length).toBe(2);
    expect(asked).toEqual([]);
    socket.write(line({ id: 2, method: 'signin.start', params: { ...request, participant: '1.1.1' } }));
    await expect.poll(() => asked.length).toBe(1);
    expect(asked[0]?.start.participant).not.toBe('1.1.1');
    socket.destroy();
  });

  it.each([
    ['no JSON', 'GET / HTTP/1.1\r\n\r\n'],
    ['an endless line', 'x'.repeat(600 * 1024)],
  ])('that sends %s is cut off; everybody else goes on', async (_name, text) => {
    const { socket, closed } = await raw();
    socket.on('error', () => {});
    socket.write(text);
    await closed;
    await expect(command()).resolves.toMatchObject({ browser: 'chromium' });
  });

  it('that is many and says nothing keeps nobody out', async () => {
    const idle = await Promise.all(Array.from({ length: 50 }, () => raw()));
    await expect(command()).resolves.toMatchObject({ browser: 'chromium' });
    host.closeStdin();
    expect(await took(host.ended)).toBeLessThan(1_000);
    for (const { socket } of idle) socket.destroy();
  });
});
