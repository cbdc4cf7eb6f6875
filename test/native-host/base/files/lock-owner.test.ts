import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { hasEnded, livenessOf, placeMark, thisOwner } from '../../../../native-host/base/files/lock-owner.ts';

const children: ReturnType<typeof spawn>[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

function running(): number {
  const child = spawn('sleep', ['60'], { stdio: 'ignore' });
  children.push(child);
  return child.pid ?? 0;
}

async function ended(): Promise<number> {
  const child = spawn('true', { stdio: 'ignore' });
  await once(child, 'exit');
  return child.pid ?? 0;
}

describe.skipIf(process.platform !== 'linux')('the owner of a lock, on Linux', () => {
  it('is alive as long as its process runs, and no other process that has its number', async () => {
    const own = thisOwner();
    expect(await livenessOf(own)).toBe('alive');
    expect(await livenessOf({ ...own, start: own.start - 1 })).toBe('dead');
    expect(await livenessOf({ ...own, pid: await ended() })).toBe('dead');
  });

  it('did not outlive a boot, and on another machine nobody knows', async () => {
    const own = thisOwner();
    expect(await livenessOf({ ...own, boot: 'another' })).toBe('dead');
    expect(await livenessOf({ ...own, place: 'another' })).toBe('unknown');
  });

  it('has a place with a short name, and tells processes that have ended', async () => {
    expect(placeMark()).toMatch(/^[0-9a-f]{8}$/);
    expect([hasEnded(process.pid), hasEnded(await ended())]).toEqual([false, true]);
  });
});

/** The module as it works where there is no procfs. */
async function elsewhere(): Promise<typeof import('../../../../native-host/base/files/lock-owner.ts')> {
  vi.resetModules();
  return import('../../../../native-host/base/files/lock-owner.ts');
}

describe.skipIf(process.platform === 'win32')('the owner of a lock, where ps alone tells', () => {
  const { platform } = process;
  const as = (value: string) => Object.defineProperty(process, 'platform', { value });
  afterEach(() => {
    as(platform);
    vi.resetModules();
  });

  it('is alive when the process with its number started when it did', async () => {
    as('darwin');
    const { livenessOf, thisOwner } = await elsewhere();
    const own = thisOwner();
    expect(await livenessOf(own)).toBe('alive');
    expect(await livenessOf({ ...own, start: own.start - 1 })).toBe('dead');
    const other = { ...own, pid: running(), start: Math.round(Date.now() / 1000) };
    expect(await livenessOf(other)).toBe('alive');
    expect(await livenessOf({ ...other, start: other.start - 100 })).toBe('dead');
    expect(await livenessOf({ ...other, boot: String(Number(own.boot) - 1000) })).toBe('unknown');
  });

  it('is dead when no process has its number, and unknown where nothing tells its start', async () => {
    as('darwin');
    const { hasEnded, livenessOf, thisOwner } = await elsewhere();
    const own = thisOwner();
    const gone = await ended();
    expect(await livenessOf({ ...own, pid: gone })).toBe('dead');
    expect([hasEnded(process.pid), hasEnded(gone)]).toEqual([false, true]);
    as('win32');
    expect(await livenessOf({ ...own, pid: running() })).toBe('unknown');
  });
});
