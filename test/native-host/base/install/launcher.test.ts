import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  cmdLauncher,
  flatpakLauncher,
  type LauncherInputs,
  readLauncher,
  shLauncher,
} from '../../../../native-host/base/install/launcher.ts';

const ORIGIN = 'chrome-extension://abc/';
const STAND_IN = `process.stdout.write(JSON.stringify({
  args: process.argv.slice(2), home: process.env.HOME, node: process.execPath, script: __filename, cwd: process.cwd() }));
process.stdin.on('data', (data) => process.stdout.write(data));`;

let folder: string;
let home: string;
let inputs: LauncherInputs;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'awsher-launcher-')));
  home = join(folder, "Jörg's Größe 家");
  mkdirSync(home);
  const host = join(home, 'awsher host.cjs');
  writeFileSync(host, STAND_IN);
  inputs = { node: process.execPath, host, fallbacks: [], home, files: {} };
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the launcher as a browser would that was started from a desktop with nothing in its environment. */
function start(changes: Partial<LauncherInputs> = {}, env: Record<string, string> = {}, shell?: string) {
  const launcher = join(home, 'awsher-host');
  writeFileSync(launcher, shLauncher({ ...inputs, ...changes }));
  chmodSync(launcher, 0o755);
  const [program, args] = shell ? [shell, [launcher, ORIGIN]] : [launcher, [ORIGIN]];
  return spawnSync(program, args, { cwd: '/', env, encoding: 'utf8', input: '' });
}

function answer(stdout: string): unknown {
  return JSON.parse(stdout);
}

const SHELLS = ['/bin/sh', '/bin/bash', '/bin/busybox'].filter((shell) => existsSync(shell));

describe.runIf(process.platform !== 'win32')('the launcher on Unix', () => {
  it('runs with an empty environment, from /, with a home that has spaces, quotes and other alphabets', () => {
    const { status, stdout, stderr } = start();
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(answer(stdout)).toEqual({
      args: [ORIGIN],
      home,
      node: process.execPath,
      script: inputs.host,
      cwd: '/',
    });
  });

  it.each(SHELLS.filter((shell) => !shell.endsWith('busybox')))('runs under %s', (shell) => {
    expect(answer(start({}, {}, shell).stdout)).toMatchObject({ args: [ORIGIN], home });
  });

  it('leads to its own home, whatever HOME the browser has', () => {
    expect(answer(start({}, { HOME: folder }).stdout)).toMatchObject({ home });
  });

  it('gives the host the stdin and stdout of the browser', () => {
    const launcher = join(home, 'awsher-host');
    writeFileSync(launcher, shLauncher(inputs), { mode: 0o755 });
    const bytes = Buffer.from([5, 0, 0, 0, 0, 255, 10, 13, 26]);
    const { stdout } = spawnSync(launcher, [], { cwd: '/', env: {}, input: bytes });
    expect(stdout.subarray(-bytes.length)).toEqual(bytes);
  });

  it('takes the next node of the list when its own is gone, but never one that is too old', () => {
    const old = join(folder, 'old-node');
    writeFileSync(old, '#!/bin/sh\nexit 1\n', { mode: 0o755 });
    const result = start({ node: join(folder, 'gone'), fallbacks: [folder, old, process.execPath] });
    expect(result.stderr).toBe('');
    expect(answer(result.stdout)).toMatchObject({ node: process.execPath, args: [ORIGIN] });
  });

  it('finds a node of nvm when nothing else is left', () => {
    const bin = join(home, '.nvm/versions/node/v22.1.0/bin');
    mkdirSync(bin, { recursive: true });
    writeFileSync(join(bin, 'node'), `#!/bin/sh\nexec '${process.execPath}' "$@"\n`, { mode: 0o755 });
    const result = start({ node: join(folder, 'gone') }, { PATH: '/nowhere' });
    expect(answer(result.stdout)).toMatchObject({ args: [ORIGIN] });
  });

  it('says in one sentence that no node is left', () => {
    const { status, stdout, stderr } = start({ node: join(folder, 'gone') }, { PATH: '/nowhere' });
    expect(status).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^awsher: no Node\.js 20\.19 or newer was found\. .*`awsher install` again\.\n$/);
  });

  it('says in one sentence that the package is gone', () => {
    const { status, stdout, stderr } = start({ host: join(home, 'gone.js') });
    expect(status).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toBe(`awsher: ${join(home, 'gone.js')} is gone. Run \`awsher install\` again.\n`);
  });

  it('runs the real one outside of a flatpak', () => {
    const bin = join(folder, 'bin');
    mkdirSync(bin);
    writeFileSync(join(bin, 'flatpak-spawn'), '#!/bin/sh\nprintf "%s\\n" "$@"\n', { mode: 0o755 });
    const launcher = join(folder, 'inside');
    writeFileSync(launcher, flatpakLauncher(join(home, 'awsher-host')), { mode: 0o755 });
    const { stdout } = spawnSync(launcher, [ORIGIN], { cwd: '/', env: { PATH: bin }, encoding: 'utf8' });
    expect(stdout).toBe(`--host\n--watch-bus\n${join(home, 'awsher-host')}\n${ORIGIN}\n`);
  });
});

describe('readLauncher', () => {
  it('reads back what shLauncher wrote', () => {
    const { node, host } = inputs;
    const files = { AWS_CONFIG_FILE: "/srv/Ana's aws/config" };
    expect(readLauncher(shLauncher({ ...inputs, files }), home)).toEqual({ node, host, files });
    expect(readLauncher(shLauncher(inputs), home)).toEqual({ node, host, files: {} });
  });

  it('reads back what cmdLauncher wrote', () => {
    const node = 'C:\\Program Files\\nodejs\\node.exe';
    const ours = 'C:\\Users\\100% Müller';
    const host = `${ours}\\awsher\\50%\\host.js`;
    const files = { AWS_SHARED_CREDENTIALS_FILE: `${ours}\\keys 100%` };
    for (const named of [ours, undefined, 'C:\\Users\\100%'])
      expect(readLauncher(cmdLauncher({ ...inputs, node, host, home: named, files }), ours)).toEqual({
        node,
        host,
        files,
      });
  });

  it('knows that another file is no launcher', () => {
    expect(readLauncher('#!/bin/sh\nexec something\n', home)).toBeUndefined();
  });
});

describe('cmdLauncher', () => {
  const text = cmdLauncher({
    node: 'C:\\node\\node.exe',
    host: 'C:\\100%\\host.js',
    fallbacks: ['D:\\node.exe'],
    home: 'C:\\Users\\Ana',
    files: {},
  });

  it('has Windows line ends throughout, keeps its own output from stdout, and names everything absolutely', () => {
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    for (const line of text.split('\r\n').filter((line) => /\becho (?!off)|chcp/.test(line))) {
      expect(line).toMatch(/>&2|>nul/);
    }
    expect(text).toContain('set "AWSHER_HOST=C:\\100%%\\host.js"');
    expect(text).toContain('\r\nset "USERPROFILE=%AWSHER_HOME%"');
    expect(text).toContain('"%AWSHER_NODE%" "%AWSHER_HOST%" %*');
  });

  it('names what lies in the home without the letters of the home', () => {
    const ours = 'C:\\Users\\Ana Müller 한글';
    const host = `${ours}\\AppData\\Roaming\\npm\\awsher\\host.js`;
    const written = cmdLauncher({ node: 'C:\\node.exe', host, fallbacks: [], home: ours, files: {} });
    expect(written).toMatch(/^[\r\n -~]*$/);
    expect(written).toContain('set "AWSHER_HOST=%AWSHER_HOME%\\AppData\\Roaming\\npm\\awsher\\host.js"');
  });
});
