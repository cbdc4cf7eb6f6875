// needs: build
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readLauncher, shLauncher } from '../../../../native-host/base/install/launcher.ts';
import { runProgram } from '../../../../native-host/programs/cli/program.ts';
import { testContext } from '../../../support/credentials/context.ts';
import { ROOT } from '../../../support/root.ts';

let home: string;
let launcher: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'awsher-repair-'));
  launcher = join(home, '.local/share/awsher/awsher-host');
  mkdirSync(dirname(launcher), { recursive: true });
  const gone = { node: join(home, 'gone/node'), host: join(home, 'gone/host.js') };
  writeFileSync(launcher, shLauncher({ ...gone, fallbacks: [], home, files: {} }), { mode: 0o755 });
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

async function run(...argv: string[]) {
  const { context, stdout, stderr } = testContext({ HOME: home, PATH: '/usr/bin:/bin' });
  const code = await runProgram(context, argv);
  return {
    code,
    stdout: stdout(),
    stderr: stderr(),
    host: readLauncher(readFileSync(launcher, 'utf8'), home)?.host,
  };
}

const own = join(ROOT, 'dist/host/awsher-host.js');

describe('every command, before it starts', () => {
  it('writes a launcher again that names what has moved, and says nothing', async () => {
    expect(await run('status', '--json')).toEqual({ code: 0, stdout: '[]\n', stderr: '', host: own });
  });

  it('says so with --verbose, once', async () => {
    expect((await run('status', '--json', '--verbose')).stderr).toMatch(/^node or awsher moved: .*\n$/);
    expect((await run('status', '--json', '--verbose')).stderr).toBe('');
  });

  it('leaves it to the commands that look after it themselves', async () => {
    expect((await run('install', '--browser', 'chrome', '--dry-run', '--json')).host).not.toBe(own);
  });

  it('is no reason to fail when it cannot be done', async () => {
    rmSync(launcher);
    mkdirSync(launcher);
    const { context, stderr } = testContext({ HOME: home });
    expect(await runProgram(context, ['status', '--json'])).toBe(0);
    expect(stderr()).toBe('');
  });
});
