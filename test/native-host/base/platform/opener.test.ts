import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { browserCommands, shellWords } from '../../../../native-host/base/platform/browser-variable.ts';
import { openInBrowser } from '../../../../native-host/base/platform/opener.ts';

const URL_ = 'https://d-1.awsapps.com/start/#/device?user_code=AAAA-BBBB&x=1;2';
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'awsher-opener-'));
  mkdirSync(join(folder, 'bin'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A program that writes down how it was called, chatters, and ends or stays. */
function program(name: string, { exit = 0, stays = false } = {}): string {
  const file = join(folder, 'bin', name);
  const log = join(folder, `${name}.log`);
  const text = `#!/bin/sh
echo chatter; echo chatter >&2
{ printf '%s\\n' "BROWSER=\${BROWSER-unset}" "$@"; } > '${log}.part'; mv '${log}.part' '${log}'
${stays ? 'exec sleep 3' : `exit ${exit}`}
`;
  writeFileSync(file, text, { mode: 0o755 });
  return file;
}

const called = (name: string) => {
  const log = join(folder, `${name}.log`);
  return existsSync(log) ? readFileSync(log, 'utf8').trimEnd().split('\n') : undefined;
};

const here = (BROWSER?: string) => ({
  platform: 'linux' as const,
  env: { PATH: `${join(folder, 'bin')}:/usr/bin:/bin`, ...(BROWSER === undefined ? {} : { BROWSER }) },
});
const open = (browser?: string, url = URL_) => openInBrowser(here(browser), url, undefined, 'local');

describe.runIf(process.platform !== 'win32')('openInBrowser with real programs', () => {
  it('runs $BROWSER with the address as its own word, and without BROWSER', async () => {
    program('mine');
    expect(await open('mine --new "a tab" %s --end')).toBe(true);
    expect(called('mine')).toEqual(['BROWSER=unset', '--new', 'a tab', URL_, '--end']);
  });

  it('adds the address where there is no %s, and takes a path with spaces as it is', async () => {
    mkdirSync(join(folder, 'bin', 'my apps'));
    const file = program('my apps/mine');
    mkdirSync(join(folder, 'my apps'), { recursive: true });
    expect(await open(file)).toBe(true);
    expect(called('my apps/mine')).toEqual(['BROWSER=unset', URL_]);
  });

  it('tries the next one when one is missing or fails, and the system at last', async () => {
    program('bad', { exit: 3 });
    program('xdg-open');
    expect(await open('missing-one:bad')).toBe(true);
    expect(called('bad')).toBeDefined();
    expect(called('xdg-open')).toEqual(['BROWSER=unset', URL_]);
  });

  it('is content with a program that stays, and does not wait for it', async () => {
    program('stays', { stays: true });
    program('xdg-open');
    const started = performance.now();
    expect(await open('stays')).toBe(true);
    expect(performance.now() - started).toBeLessThan(2500);
    expect(called('xdg-open')).toBeUndefined();
  });

  it('never comes back to awsher, under whatever name', async () => {
    program('awsher');
    program('awsher-open');
    program('xdg-open');
    const cli = program('awsher-open.js');
    symlinkSync(cli, join(folder, 'bin', 'my-browser'));
    const value = 'awsher open-url %s:/usr/local/bin/awsher-open:node /opt/awsher.js open-url %s:my-browser';
    expect(await open(value)).toBe(true);
    for (const own of ['awsher', 'awsher-open', 'awsher-open.js']) expect(called(own)).toBeUndefined();
    expect(called('xdg-open')).toEqual(['BROWSER=unset', URL_]);
  });

  it('says no when nothing opens it', async () => {
    program('xdg-open', { exit: 3 });
    program('gio', { exit: 1 });
    expect(await open()).toBe(false);
  });

  it('opens nothing but http, https and file', async () => {
    program('xdg-open');
    for (const url of ['javascript:alert(1)', 'ssh://x', '--help', 'nonsense', 'data:text/html,x']) {
      expect(await open(undefined, url)).toBe(false);
    }
    expect(called('xdg-open')).toBeUndefined();
  });

  it("lets nothing of the program's words onto our streams", () => {
    program('mine');
    const script = `import { openInBrowser } from ${JSON.stringify(join(import.meta.dirname, '../../../../native-host/base/platform/opener.ts'))};
      openInBrowser({ env: process.env, platform: 'linux' }, ${JSON.stringify(URL_)}).then((done) => process.stdout.write(String(done)));`;
    const env = { ...here('mine').env };
    const args = ['--import', 'tsx', '--input-type=module', '-e', script];
    const result = spawnSync(process.execPath, args, { env, encoding: 'utf8' });
    expect([result.stdout, result.stderr]).toEqual(['true', '']);
    expect(called('mine')).toBeDefined();
  });
});

describe("the system's own way", () => {
  const first = async (platform: NodeJS.Platform, kind: 'local' | 'wsl' = 'local', url = URL_) => {
    const launch = vi.fn(async () => 'failed' as const);
    await openInBrowser({ platform, env: {} }, url, launch, kind);
    return launch.mock.calls.map(([program, args]: unknown[]) => [program, args]);
  };

  it('is open on macOS and rundll32 on Windows', async () => {
    expect(await first('darwin')).toEqual([['/usr/bin/open', [URL_]]]);
    expect(await first('win32')).toEqual([
      ['C:\\Windows\\System32\\rundll32.exe', ['url.dll,FileProtocolHandler', URL_]],
    ]);
  });

  it('is the one of Windows in WSL, and no quote of the address gets out of its own', async () => {
    const calls = await first('linux', 'wsl', "https://x.example/a';calc;'b’#'");
    expect(calls.map(([program]) => program)).toEqual([
      'wslview',
      'powershell.exe',
      '/mnt/c/Windows/System32/rundll32.exe',
      'xdg-open',
      'gio',
    ]);
    const command = JSON.stringify(calls[1]);
    expect(command).toContain("Start-Process 'https://x.example/a%27;calc;%27b%E2%80%99#%27'");
  });
});

describe('browserCommands', () => {
  const commands = (value: string, platform = 'linux') =>
    browserCommands(value, 'U', { platform, path: '/nowhere' });

  it('reads the list as Python does', () => {
    expect(commands(':firefox -P work::chromium --app=%s &:')).toEqual([
      { program: 'firefox', args: ['-P', 'work', 'U'] },
      { program: 'chromium', args: ['--app=U'] },
    ]);
  });

  it('splits at semicolons on Windows and leaves backslashes alone', () => {
    expect(commands('"C:\\Program Files\\b.exe" %s;c:\\x.exe', 'win32')).toEqual([
      { program: 'C:\\Program Files\\b.exe', args: ['U'] },
      { program: 'c:\\x.exe', args: ['U'] },
    ]);
  });

  it.each(['awsher', 'awsher-open', 'awsher.cmd open-url %s', 'npx awsher open-url %s', 'C:\\x\\AWSHER.EXE'])(
    'leaves out %s',
    (value) => {
      expect(commands(value, value.includes('\\') ? 'win32' : 'linux')).toEqual([]);
    },
  );
});

describe('shellWords', () => {
  it.each([
    [`a "b c" 'd "e' f\\ g`, ['a', 'b c', 'd "e', 'f g']],
    ['  ', []],
    [`x ""`, ['x', '']],
  ])('splits %s', (text, words) => {
    expect(shellWords(text)).toEqual(words);
  });
});
