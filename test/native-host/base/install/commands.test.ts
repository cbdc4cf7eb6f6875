import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import ids from '../../../../manifests/ids.json' with { type: 'json' };
import type { Context } from '../../../../native-host/base/platform/context.ts';
import { packageRoot } from '../../../../native-host/base/platform/package-root.ts';
import type { OptionValues } from '../../../../native-host/programs/cli/command.ts';
import * as install from '../../../../native-host/programs/cli/commands/install.ts';
import * as uninstall from '../../../../native-host/programs/cli/commands/uninstall.ts';
import { type FakeMachine, fakeMachine } from './fake-machine.ts';

let machine: FakeMachine;
let stdout: string;
let stderr: string;

beforeEach(() => {
  machine = fakeMachine('linux');
  stdout = '';
  stderr = '';
});
afterEach(() => machine.remove());

function context(): Context {
  const sink = (write: (text: string) => void) => ({ isTTY: false, columns: 80, write });
  return {
    env: machine.env,
    platform: 'linux',
    paths: machine.paths,
    pid: 1,
    cwd: '/work here',
    now: () => 0,
    sleep: async () => {},
    stdout: sink((text) => {
      stdout += text;
    }),
    stderr: sink((text) => {
      stderr += text;
    }),
    stdin: { isTTY: false },
    signal: new AbortController().signal,
  };
}

const runInstall = (options: OptionValues = {}) =>
  install.run(context(), { arguments: [], options }, { machine, packageRoot: '/opt/awsher' });
const runUninstall = (options: OptionValues = {}) =>
  uninstall.run(context(), { arguments: [], options }, { machine });

describe('awsher install', () => {
  it('prints one line for each browser, and the next step apart from the answer', async () => {
    expect(await runInstall({ browser: ['chrome,firefox'] })).toBe(0);
    expect(stdout.split('\n')).toEqual([
      `Google Chrome  registered  ~/.config/google-chrome/NativeMessagingHosts/${ids.host}.json`,
      `Firefox  registered  ~/.mozilla/native-messaging-hosts/${ids.host}.json`,
      '',
    ]);
    expect(stderr).toContain('/opt/awsher/dist/extension/chromium');
    expect(stderr).toContain('about:debugging');
  });

  it('prints one JSON object', async () => {
    expect(await runInstall({ browser: ['chromium'], userDataDir: 'data', json: true })).toBe(0);
    const report: unknown = JSON.parse(stdout);
    expect(report).toMatchObject({
      dryRun: false,
      launcher: `${machine.paths.dataDir}/awsher-host`,
      host: '/opt/awsher/dist/host/awsher-host.js',
      browsers: [
        {
          browser: 'chromium',
          userDataDir: '/work here/data',
          result: 'registered',
          where: [`/work here/data/NativeMessagingHosts/${ids.host}.json`],
          note: null,
          error: null,
        },
      ],
      extension: { chromium: '/opt/awsher/dist/extension/chromium' },
    });
    expect(stderr).toBe('');
  });

  it('says "would be" on a dry run', async () => {
    expect(await runInstall({ browser: ['chrome'], dryRun: true })).toBe(0);
    expect(stdout).toMatch(/would be registered/);
    expect(machine.disk.kind(machine.paths.dataDir)).toBeUndefined();
  });

  it('fails when no browser can work, and says why', async () => {
    machine.putFolder('/snap/chromium');
    expect(await runInstall()).toBe(1);
    expect(stdout).toBe('Chromium (snap)  cannot work\n');
    expect(stderr).toMatch(/cannot start programs outside/);
  });

  it('wants a browser for a user data folder', async () => {
    await expect(runInstall({ userDataDir: '/x' })).rejects.toMatchObject({ code: 'USAGE' });
    const both = { browser: ['chrome'], userDataDir: '/x', system: true } as const;
    await expect(runInstall(both)).rejects.toMatchObject({ code: 'USAGE' });
    expect(stdout).toBe('');
  });
});

describe('awsher uninstall', () => {
  it('says what went, and that there was nothing the second time', async () => {
    const before = machine.snapshot();
    await runInstall({ browser: ['chrome'] });
    stdout = '';
    expect(await runUninstall()).toBe(0);
    expect(stdout).toMatch(/^Google Chrome {2}removed {2}.*dev\.awsher\.host\.json\n$/);
    expect(machine.snapshot()).toEqual(before);
    stdout = '';
    expect(await runUninstall()).toBe(0);
    expect(stdout).toBe('');
    expect(stderr).toContain('Nothing to remove');
  });

  it('does nothing on a dry run', async () => {
    await runInstall({ browser: ['chrome'] });
    const before = machine.snapshot();
    await runUninstall({ dryRun: true });
    expect(machine.snapshot()).toEqual(before);
  });
});

describe('packageRoot', () => {
  it('is the nearest awsher upwards, behind links, past packages of other names', () => {
    const root = realpathSync(mkdtempSync(join(tmpdir(), 'awsher-root-')));
    try {
      mkdirSync(join(root, 'dist/cli/inner'), { recursive: true });
      writeFileSync(join(root, 'package.json'), '{"name": "awsher"}');
      writeFileSync(join(root, 'dist/cli/package.json'), '{"type": "commonjs"}');
      writeFileSync(join(root, 'dist/cli/inner/awsher.js'), '');
      symlinkSync(join(root, 'dist/cli/inner/awsher.js'), join(root, 'link'));
      expect(packageRoot([undefined, join(root, 'link')])).toBe(root);
      expect(() => packageRoot(['/usr/bin/env'])).toThrowError(expect.objectContaining({ code: 'INTERNAL' }));
    } finally {
      rmSync(root, { recursive: true });
    }
  });
});
