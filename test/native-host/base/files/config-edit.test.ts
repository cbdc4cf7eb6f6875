import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applyEdit, planEdit } from '../../../../native-host/base/files/config-edit.ts';
import { loadConfigFile, loadSharedConfig } from '../../../../native-host/base/files/config-file.ts';
import { undoConfig } from '../../../../native-host/base/files/config-undo.ts';
import {
  applyCredentialsEdit,
  planCredentialsEdit,
} from '../../../../native-host/base/files/credentials-edit.ts';
import { listVersions } from '../../../../native-host/base/files/undo-versions.ts';
import { setKeys } from '../../../../native-host/base/formats/ini-edit.ts';
import { bundleWorker, makeSandbox, runWorker, type Sandbox } from './sandbox.ts';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = makeSandbox();
});
afterEach(() => sandbox.remove());

const write = (text: string | Buffer): void => {
  fs.mkdirSync(sandbox.paths.awsDir, { recursive: true });
  fs.writeFileSync(sandbox.paths.configFile, text);
};
const text = (): string => fs.readFileSync(sandbox.paths.configFile, 'utf8');
const setRegion = (region: string) => setKeys({ type: 'profile', name: 'a' }, { region });

describe('loadConfigFile', () => {
  it.each([
    ['\uFEFF[default]\n', 'line 1: the file begins with a byte order mark.'],
    ['[a]\nx = 1\n\n[a]\n', 'line 4: the section [a] appears a second time (first in line 1).'],
    ['[a]\nx = 1\nx = 2\n', 'line 3: the key x appears a second time in its section (first in line 2).'],
    [Buffer.from([0x5b, 0x61, 0x5d, 0x0a, 0xff]), 'line 2: the text is not UTF-8.'],
  ])('refuses what botocore rejects, with file and line', (content, message) => {
    write(content);
    const before = fs.readFileSync(sandbox.paths.configFile);
    const expected = { code: 'CONFIG_INVALID', message: `${sandbox.paths.configFile}, ${message}` };
    expect(() => loadConfigFile(sandbox.paths.configFile)).toThrow(expect.objectContaining(expected));
    expect(() => loadSharedConfig(sandbox.paths)).toThrow(expect.objectContaining(expected));
    expect(() => planEdit(sandbox.paths, setRegion('x'))).toThrow(expect.objectContaining(expected));
    expect(fs.readFileSync(sandbox.paths.configFile)).toEqual(before);
  });

  it('takes a missing file for an empty one, and nothing else', () => {
    expect(loadConfigFile(sandbox.paths.configFile)).toMatchObject({ exists: false, text: '' });
    fs.mkdirSync(sandbox.paths.configFile, { recursive: true });
    expect(() => loadConfigFile(sandbox.paths.configFile)).toThrow('is not a regular file');
  });
});

describe('applyEdit', () => {
  it('makes the file, private', async () => {
    const plan = await applyEdit(sandbox.paths, setRegion('x'));
    expect(plan).toMatchObject({ changed: true, before: '', after: '[profile a]\nregion = x\n' });
    expect(text()).toBe(plan.after);
    expect(fs.statSync(sandbox.paths.configFile).mode & 0o777).toBe(0o600);
  });

  it('does what planEdit says, and shows it', async () => {
    write('# mine\n[profile a]\nregion = y');
    const plan = planEdit(sandbox.paths, setRegion('x'));
    expect(text()).toBe('# mine\n[profile a]\nregion = y');
    const file = sandbox.paths.configFile;
    const end = '\\ No newline at end of file';
    expect(plan.diff).toBe(
      `--- ${file}\n+++ ${file}\n@@ -1,3 +1,3 @@\n # mine\n [profile a]\n-region = y\n${end}\n+region = x\n${end}\n`,
    );
    expect(await applyEdit(sandbox.paths, setRegion('x'))).toEqual(plan);
    expect(text()).toBe('# mine\n[profile a]\nregion = x');
  });

  it('writes nothing when nothing changes', async () => {
    write('[profile a]\nregion=x\n');
    const before = fs.statSync(sandbox.paths.configFile, { bigint: true });
    expect(await applyEdit(sandbox.paths, setRegion('x'))).toMatchObject({ changed: false, diff: '' });
    const after = fs.statSync(sandbox.paths.configFile, { bigint: true });
    expect([after.ino, after.mtimeNs]).toEqual([before.ino, before.mtimeNs]);
    expect(listVersions(sandbox.paths, sandbox.paths.configFile)).toEqual([]);
  });

  it('loses no edit of processes that write at the same time', async () => {
    const worker = await bundleWorker('edit');
    const names = ['a', 'b', 'c', 'd', 'e'];
    const ends = await Promise.all(names.map((name) => runWorker(worker.file, [sandbox.home, name, '8'])));
    worker.remove();
    expect(ends.every(({ status }) => status === 0)).toBe(true);
    expect(loadSharedConfig(sandbox.paths).profiles.size).toBe(40);
    for (let left = 20; left > 0; left--) expect((await undoConfig(sandbox.paths)).kind).toBe('restored');
    expect(loadSharedConfig(sandbox.paths).profiles.size).toBe(20);
  });

  it('writes through a symbolic link, and undoes through it', async () => {
    const real = `${sandbox.home}/dotfiles-config`;
    fs.writeFileSync(real, '[default]\n');
    fs.mkdirSync(sandbox.paths.awsDir);
    fs.symlinkSync(real, sandbox.paths.configFile);
    await applyEdit(sandbox.paths, setRegion('x'));
    expect(fs.readFileSync(real, 'utf8')).toContain('region = x');
    await undoConfig(sandbox.paths);
    expect(fs.readFileSync(real, 'utf8')).toBe('[default]\n');
    expect(fs.lstatSync(sandbox.paths.configFile).isSymbolicLink()).toBe(true);
  });

  it('refuses an edit that the indentation of the file would turn into another', async () => {
    write('[profile a]\n  [profile b]\n  region = y\n');
    await applyEdit(sandbox.paths, setRegion('x'));
    const { profiles } = loadSharedConfig(sandbox.paths);
    expect(profiles.get('b')?.values.get('region')?.value).toBe('y');
    expect(profiles.get('a')?.values.get('region')?.value).toBe('x');
  });
});

describe('undoConfig', () => {
  const undo = (force = false) => undoConfig(sandbox.paths, { force });

  it('goes back one change at a time, to no file at all', async () => {
    await applyEdit(sandbox.paths, setRegion('x'));
    await applyEdit(sandbox.paths, setRegion('y'));
    expect(await undo()).toMatchObject({
      kind: 'restored',
      diff: expect.stringContaining('-region = y\n+region = x'),
    });
    expect(text()).toBe('[profile a]\nregion = x\n');
    expect((await undo()).kind).toBe('restored');
    expect(fs.existsSync(sandbox.paths.configFile)).toBe(false);
    await expect(undo()).rejects.toMatchObject({ code: 'NOTHING_TO_UNDO' });
  });

  it('leaves a file alone that the person edited since, unless forced', async () => {
    write('[profile a]\nregion = w\n');
    await applyEdit(sandbox.paths, setRegion('x'));
    fs.appendFileSync(sandbox.paths.configFile, '# mine\n');
    const mine = text();
    expect(await undo()).toMatchObject({
      kind: 'changed',
      error: { code: 'CONFIG_CHANGED' },
      diff: expect.stringContaining('-# mine'),
    });
    expect(text()).toBe(mine);
    expect((await undo(true)).kind).toBe('restored');
    expect(text()).toBe('[profile a]\nregion = w\n');
  });

  it('keeps the last 20 versions, private', async () => {
    for (let n = 0; n < 25; n++) await applyEdit(sandbox.paths, setRegion(`r${n}`));
    const versions = listVersions(sandbox.paths, sandbox.paths.configFile);
    expect(versions).toHaveLength(20);
    expect(versions[0]?.before).toBe('[profile a]\nregion = r23\n');
    const modes = spawnSync('find', [`${sandbox.paths.stateDir}/undo`, '-printf', '%m %y\n'], {
      encoding: 'utf8',
    });
    expect(new Set(modes.stdout.trim().split('\n'))).toEqual(new Set(['700 d', '600 f']));
  });

  it('passes over a version whose change never reached the file', async () => {
    await applyEdit(sandbox.paths, setRegion('x'));
    await applyEdit(sandbox.paths, setRegion('y'));
    // Killed between keeping the version and writing the file.
    write('[profile a]\nregion = x\n');
    expect((await undo()).kind).toBe('restored');
    expect(fs.existsSync(sandbox.paths.configFile)).toBe(false);
  });
});

describe('the credentials file', () => {
  it('gets the same edits, with headers as its readers want them, and nobody else may read it', async () => {
    const edit = setKeys({ type: 'profile', name: 'a' }, { aws_access_key_id: 'AKID' });
    expect(planCredentialsEdit(sandbox.paths, edit).after).toBe('[a]\naws_access_key_id = AKID\n');
    expect(fs.existsSync(sandbox.paths.credentialsFile)).toBe(false);
    await applyCredentialsEdit(sandbox.paths, edit);
    expect(fs.readFileSync(sandbox.paths.credentialsFile, 'utf8')).toBe('[a]\naws_access_key_id = AKID\n');
    expect(fs.statSync(sandbox.paths.credentialsFile).mode & 0o777).toBe(0o600);
  });
});
