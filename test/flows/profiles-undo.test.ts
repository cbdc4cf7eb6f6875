import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applyEdit } from '../../native-host/base/files/config-edit.ts';
import { listVersions } from '../../native-host/base/files/undo-versions.ts';
import { setKeys } from '../../native-host/base/formats/ini-edit.ts';
import { canMount } from '../native-host/base/files/sandbox.ts';
import { runLine } from '../support/command-line.ts';
import { type Home, openHome } from '../support/credentials/home.ts';

// needs: seconds

const mayMount = canMount();
const MOUNT = mayMount ? '' : ' (skipped: this test needs the right to mount)';
const MINE = '# mine\r\n[profile a]\r\nregion=x\r\naws_secret_access_key = hush';
let home: Home;

beforeEach(async () => {
  home = await openHome();
});
afterEach(() => home.close());

const undo = (...args: string[]) => runLine(['profiles', 'undo', ...args], home.env);
const file = () => home.paths.configFile;
const text = () => readFileSync(file(), 'utf8');
/** A change as awsher makes them. */
const change = (region: string) => applyEdit(home.paths, setKeys({ type: 'profile', name: 'a' }, { region }));

describe('awsher profiles undo', () => {
  it('brings back every byte, one change at a time, and shows the difference on stderr', async () => {
    home.config(MINE);
    await change('y');
    await change('z');
    const { code, stdout, stderr } = await undo();
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr).toContain(`--- ${file()}\n+++ ${file()}\n`);
    expect(stderr).toContain('-region = z\n+region = y\n');
    expect(stderr).toContain(`${file()} is as it was before awsher's last change`);
    expect(stderr).not.toContain('hush');
    expect((await undo('--quiet')).stderr).toBe('');
    expect(text()).toBe(MINE);
    const last = await undo();
    expect(last.code).toBe(1);
    expect(last.stderr).toContain('[NOTHING_TO_UNDO]');
    expect(text()).toBe(MINE);
  });

  it('takes a file away that was not there before', async () => {
    await change('y');
    expect((await undo()).code).toBe(0);
    expect(existsSync(file())).toBe(false);
  });

  it('only shows it with --dry-run', async () => {
    home.config(MINE);
    await change('y');
    const before = text();
    for (let round = 0; round < 2; round++) {
      const { code, stdout, stderr } = await undo('--dry-run');
      expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
      expect(stderr).toContain('-region = y\n+region=x\n');
      expect(stderr).toContain('Nothing was written');
    }
    expect(text()).toBe(before);
    expect(listVersions(home.paths, file())).toHaveLength(1);
  });

  it('gives one object with --json, and nothing else', async () => {
    home.config(MINE);
    await change('y');
    const planned = await undo('--dry-run', '--json');
    expect(JSON.parse(planned.stdout)).toEqual({
      file: file(),
      restored: false,
      diff: expect.stringContaining('+region=x'),
    });
    const done = await undo('--json');
    expect(JSON.parse(done.stdout)).toMatchObject({ file: file(), restored: true });
    expect(planned.stderr + done.stderr).toBe('');
    expect(text()).toBe(MINE);
  });

  it('leaves a file alone that was edited since, and shows why; --force restores all the same', async () => {
    home.config(MINE);
    await change('y');
    writeFileSync(file(), `${text()}\r\n# new`);
    const edited = text();
    for (const args of [[], ['--dry-run'], ['--json']]) {
      const { code, stdout, stderr } = await undo(...args);
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toContain('-# new');
      expect(stderr).toContain('[CONFIG_CHANGED]');
      expect(stderr).toContain('awsher profiles undo --force');
    }
    expect(text()).toBe(edited);
    expect((await undo('--force', '--dry-run')).code).toBe(0);
    expect(text()).toBe(edited);
    expect((await undo('--force')).code).toBe(0);
    expect(text()).toBe(MINE);
  });

  it.each([[[]], [['sync-all']], [['constructor']]])('names what there is for %j', async (words) => {
    const { code, stdout, stderr } = await runLine(['profiles', ...words], home.env);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('[USAGE]');
    expect(stderr).toContain('`awsher profiles undo`');
  });
});

describe.skipIf(!mayMount)(`a config that is a mount of its own${MOUNT}`, () => {
  let source: string;

  beforeEach(async () => {
    home.config('[default]\n');
    source = home.write('source', '[profile b]\nregion = x\n');
    spawnSync('mount', ['--bind', source, file()]);
  });
  afterEach(() => void spawnSync('umount', [file()]));

  it('is written through with --in-place, as the error says: login, and undo', async () => {
    const before = readFileSync(source, 'utf8');
    await home.signIn();
    const login = ['login', 'corp', '--start-url', home.idc.startUrl, '--region', home.idc.region];
    const refused = await runLine(login, home.env);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(/mounted on its own.*\[FILE_WRITE\]\n.*--in-place/);
    expect(readFileSync(source, 'utf8')).toBe(before);
    expect((await runLine([...login, '--in-place'], home.env)).code).toBe(0);
    expect(readFileSync(source, 'utf8')).toContain('[sso-session corp]');
    expect((await undo()).stderr).toMatch(/--in-place/);
    expect((await undo('--in-place')).code).toBe(0);
    expect(readFileSync(source, 'utf8')).toBe(before);
    expect(existsSync(join(home.home, '.aws'))).toBe(true);
  });
});
