import { describe, expect, it } from 'vitest';
import type { Machine } from '../../../native-host/install/machine.ts';
import { refuseUntrusted } from '../../../native-host/install/system-trust.ts';

const PROGRAM = '/usr/lib/node_modules/awsher/dist/host.js';

/** A disk where all is root's and closed, but for what a case says. */
function refuses(change: Record<string, { owner?: number; mode?: number; real?: string }>): () => void {
  const disk = {
    owner: (path: string) => change[path]?.owner ?? 0,
    mode: (path: string) => change[path]?.mode ?? 0o755,
    real: (path: string) => change[path]?.real ?? path,
  };
  const machine: Pick<Machine, 'system'> & { disk: Pick<Machine['disk'], 'owner' | 'mode' | 'real'> } = {
    system: 'linux',
    disk,
  };
  return () => refuseUntrusted(machine, [PROGRAM]);
}

describe('install --system', () => {
  it('takes what is root’s alone', () => {
    expect(refuses({})).not.toThrow();
  });

  it.each([
    ["another user's program", { [PROGRAM]: { owner: 1000 } }],
    ['a program that all may write', { [PROGRAM]: { mode: 0o666 } }],
    ['a folder above that a group may write', { '/usr/lib/node_modules': { mode: 0o775 } }],
    ["another user's folder above", { '/usr/lib': { owner: 1000 } }],
    ['a link into a home', { [PROGRAM]: { real: '/home/ana/awsher/host.js' }, '/home/ana': { owner: 1000 } }],
  ])('refuses %s', (_name, change) => {
    expect(refuses(change)).toThrow(expect.objectContaining({ code: 'INSTALL_FAILED' }));
  });
});
