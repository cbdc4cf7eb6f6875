import { type ChildProcess, spawn } from 'node:child_process';
import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { acquireLock, withLock } from '../../../../native-host/base/files/lock.ts';
import { thisOwner } from '../../../../native-host/base/files/lock-owner.ts';
import { bundleWorker, makeSandbox, runWorker, type Sandbox } from './sandbox.ts';

// needs: seconds

let sandbox: Sandbox;
let worker: Awaited<ReturnType<typeof bundleWorker>>;
const children: ChildProcess[] = [];
/** Takes its time, and so begins with the file. */
let silence: ReturnType<typeof waitForSilence>;

beforeAll(async () => {
  silence = waitForSilence();
  worker = await bundleWorker('lock');
});
afterAll(() => worker.remove());
beforeEach(() => {
  sandbox = makeSandbox();
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  sandbox.remove();
});

/** A process that holds the lock, and when it has taken it. */
async function holder(): Promise<{ child: ChildProcess; since: Promise<void> }> {
  const child = spawn(process.execPath, [worker.file, sandbox.home, 'hold'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const since = new Promise<void>((resolve) => {
    child.stdout?.once('data', () => resolve());
  });
  return { child, since };
}

const leaveOwner = (owner: object, ageMs = 0, name = 'test', { paths } = sandbox): void => {
  fs.mkdirSync(paths.locksDir, { recursive: true });
  const file = join(paths.locksDir, `${name}.1`);
  fs.writeFileSync(file, JSON.stringify({ ...thisOwner(), ...owner }));
  const at = new Date(Date.now() - ageMs);
  fs.utimesSync(file, at, at);
};

const take = async (timeoutMs = 300, name = 'test', { paths } = sandbox): Promise<string> => {
  try {
    return await withLock(paths, name, () => 'taken', { timeoutMs });
  } catch (thrown) {
    return String(Object(thrown).code);
  }
};

/** How long two owners on another machine, one silent and one alive, are waited for. */
async function waitForSilence(): Promise<{ soon: string; silent: string; alive: string }> {
  const own = makeSandbox();
  leaveOwner({ place: 'elsewhere' }, 60_000, 'silent', own);
  leaveOwner({ place: 'elsewhere' }, 60_000, 'alive', own);
  // The clock of the other machine is an hour behind, but it goes.
  const heart = setInterval(() => {
    const at = new Date(Date.now() - 3_600_000);
    fs.utimesSync(join(own.paths.locksDir, 'alive.1'), at, at);
  }, 1000);
  const [soon, silent, alive] = await Promise.all([
    take(1000, 'silent', own),
    take(20_000, 'silent', own),
    take(13_000, 'alive', own),
  ]);
  clearInterval(heart);
  own.remove();
  return { soon, silent, alive };
}

describe('withLock', () => {
  it('gives back what the function gives, and frees the lock when it throws', async () => {
    await expect(withLock(sandbox.paths, 'test', () => 7)).resolves.toBe(7);
    await expect(
      withLock(sandbox.paths, 'test', () => {
        throw new Error('inside');
      }),
    ).rejects.toThrow('inside');
    await expect(take()).resolves.toBe('taken');
  });

  it('keeps its files in the state folder, 0600 in 0700, and only a few of them', async () => {
    for (let round = 0; round < 30; round++) await withLock(sandbox.paths, 'test', () => undefined);
    expect(fs.readdirSync(sandbox.paths.locksDir).length).toBeLessThanOrEqual(10);
    expect(fs.statSync(sandbox.paths.locksDir).mode & 0o777).toBe(0o700);
    for (const name of fs.readdirSync(sandbox.paths.locksDir)) {
      expect(fs.statSync(join(sandbox.paths.locksDir, name)).mode & 0o777).toBe(0o600);
    }
    expect(fs.existsSync(sandbox.paths.awsDir)).toBe(false);
  });

  it('keeps different names apart, whatever is in them', async () => {
    const names = ['one', 'two', '../evil', 'a/b', 'é', 'one.1'];
    const locks = await Promise.all(
      names.map((name) => acquireLock(sandbox.paths, name, { timeoutMs: 300 })),
    );
    for (const lock of locks) lock.release();
    expect(fs.existsSync(join(sandbox.paths.stateDir, 'evil.1'))).toBe(false);
  });

  it('shuts out this very process too, and says who holds it', async () => {
    const lock = await acquireLock(sandbox.paths, 'test');
    const error: unknown = await withLock(sandbox.paths, 'test', () => undefined, { timeoutMs: 200 }).catch(
      (e) => e,
    );
    expect(error).toMatchObject({
      code: 'LOCK_TIMEOUT',
      message: expect.stringContaining(`Process ${process.pid} `),
    });
    lock.release();
    lock.release();
    await expect(take()).resolves.toBe('taken');
  });

  it('ends the waiting with the reason of the signal', async () => {
    const lock = await acquireLock(sandbox.paths, 'test');
    const abort = new AbortController();
    setTimeout(() => abort.abort(new Error('enough')), 50);
    await expect(withLock(sandbox.paths, 'test', () => undefined, { signal: abort.signal })).rejects.toThrow(
      'enough',
    );
    lock.release();
  });

  it.each([
    ['runs', {}, 'LOCK_TIMEOUT'],
    ['has ended', { pid: 2 ** 22 + 1 }, 'taken'],
    ['has ended, its pid used again', { start: 1 }, 'taken'],
    [
      'was before the last boot',
      { boot: 'another' },
      process.platform === 'linux' ? 'taken' : 'LOCK_TIMEOUT',
    ],
    ['is on another machine', { place: 'elsewhere' }, 'LOCK_TIMEOUT'],
  ])('when the owner %s', async (_what, owner, expected) => {
    leaveOwner(owner);
    await expect(take()).resolves.toBe(expected);
  });

  it('replaces a file that was begun and never finished', async () => {
    fs.mkdirSync(sandbox.paths.locksDir, { recursive: true });
    fs.writeFileSync(join(sandbox.paths.locksDir, 'test.1'), '');
    await expect(take(3000)).resolves.toBe('taken');
  });
});

/**
 * At once, also on a busy machine: before ten programs, each started when the last one has ended, have had a lock that nobody
 * holds. A holder that is known by its heartbeat alone would be waited for much longer.
 */
async function soonerThanOthers<T>(wanted: Promise<T>): Promise<T> {
  const elsewhere = makeSandbox();
  let over = false;
  const others = (async () => {
    const file = join(elsewhere.home, 'number');
    fs.writeFileSync(file, '0');
    for (let one = 0; one < 10 && !over; one++)
      await runWorker(worker.file, [elsewhere.home, 'count', file, '1']);
    if (!over) throw new Error('ten programs came first');
    return wanted;
  })();
  try {
    return await Promise.race([wanted, others]);
  } finally {
    over = true;
    await others.catch(() => {});
    elsewhere.remove();
  }
}

describe('across processes', () => {
  it('lets 20 processes in one after the other', async () => {
    const file = join(sandbox.home, 'number');
    fs.writeFileSync(file, '0');
    const ends = await Promise.all(
      Array.from({ length: 20 }, () => runWorker(worker.file, [sandbox.home, 'count', file, '10'])),
    );
    expect(ends.map(({ status }) => status)).toEqual(Array(20).fill(0));
    expect(fs.readFileSync(file, 'utf8')).toBe('200');
  });

  it('goes on at once when the holder is killed, one of many waiters at a time', async () => {
    const first = await holder();
    await first.since;
    const waiters = await Promise.all(Array.from({ length: 6 }, holder));
    await new Promise((resolve) => setTimeout(resolve, 500));
    let current = first.child;
    const waiting = new Map(waiters.map(({ child, since }) => [child, since.then(() => ({ child }))]));
    for (let round = 0; round < 4; round++) {
      current.kill('SIGKILL');
      const next = await soonerThanOthers(Promise.race(waiting.values()));
      waiting.delete(next.child);
      // Nobody else got in.
      const second = await Promise.race([
        ...waiting.values(),
        new Promise((resolve) => setTimeout(resolve, 300)),
      ]);
      expect(second).toBeUndefined();
      current = next.child;
    }
  });

  it('loses no round when holders are killed again and again', async () => {
    const file = join(sandbox.home, 'number');
    fs.writeFileSync(file, '0');
    const counters = Array.from({ length: 5 }, () =>
      runWorker(worker.file, [sandbox.home, 'count', file, '20']),
    );
    let running = true;
    const killer = (async () => {
      while (running) {
        const { child, since } = await holder();
        await Promise.race([since, new Promise((resolve) => setTimeout(resolve, 1500))]);
        child.kill('SIGKILL');
      }
    })();
    const ends = await Promise.all(counters);
    running = false;
    await killer;
    expect(ends.every(({ status }) => status === 0)).toBe(true);
    expect(fs.readFileSync(file, 'utf8')).toBe('100');
  });
});

describe('an owner on another machine', () => {
  it('is replaced only when it gives no sign of life', async () => {
    expect(await silence).toEqual({ soon: 'LOCK_TIMEOUT', silent: 'taken', alive: 'LOCK_TIMEOUT' });
  });
});
