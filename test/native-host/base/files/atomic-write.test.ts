import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ensureFolder, writeFileAtomic } from '../../../../native-host/base/files/atomic-write.ts';
import { bundleWorker, canMount, makeSandbox, runWorker, type Sandbox } from './sandbox.ts';

const isRoot = process.getuid?.() === 0;
const NOBODY = 65534;

const mayMount = canMount();
const MOUNT = mayMount ? '' : ' (skipped: this test needs the right to mount)';
const ROOT = isRoot ? '' : ' (skipped: this test needs root)';

let sandbox: Sandbox;
let file: string;
beforeEach(() => {
  sandbox = makeSandbox();
  file = join(sandbox.home, 'folder', 'token.json');
});
afterEach(() => sandbox.remove());

const modeOf = (path: string): number => fs.statSync(path).mode & 0o7777;
const failure = (run: () => void): unknown => {
  try {
    run();
  } catch (thrown) {
    return thrown;
  }
  return undefined;
};
const onlyFile = (): void => expect(fs.readdirSync(dirname(file))).toEqual(['token.json']);

describe('writeFileAtomic', () => {
  it.each([0o000, 0o022, 0o077])('makes files 0600 and folders 0700 under umask %i', (mask) => {
    const before = process.umask(mask);
    try {
      writeFileAtomic(file, 'text');
    } finally {
      process.umask(before);
    }
    expect(modeOf(file)).toBe(0o600);
    expect(modeOf(dirname(file))).toBe(0o700);
    expect(fs.readFileSync(file, 'utf8')).toBe('text');
    onlyFile();
  });

  it.each([
    [0o640, {}, 0o600],
    [0o644, {}, 0o600],
    [0o666, {}, 0o600],
    [0o4755, {}, 0o700],
    [0o400, {}, 0o400],
    [0o640, { keepMode: true }, 0o640],
    [0o6755, { keepMode: true }, 0o755],
  ])('a file of mode %o, written with %j, has mode %o then', (before, options, after) => {
    fs.mkdirSync(dirname(file), { mode: 0o755 });
    fs.writeFileSync(file, 'old');
    fs.chmodSync(file, before);
    writeFileAtomic(file, 'new', options);
    expect(modeOf(file)).toBe(after);
    expect(modeOf(dirname(file))).toBe(0o755);
  });

  it.skipIf(!isRoot)(`keeps the group of an existing file${ROOT}`, () => {
    ensureFolder(dirname(file));
    fs.writeFileSync(file, 'old', { mode: 0o660 });
    fs.chownSync(file, 0, NOBODY);
    writeFileAtomic(file, 'new');
    expect(fs.statSync(file)).toMatchObject({ uid: 0, gid: NOBODY });
  });

  it('replaces the file instead of writing into it', () => {
    writeFileAtomic(file, 'old');
    const reader = fs.openSync(file, 'r');
    writeFileAtomic(file, 'new');
    expect(fs.readFileSync(reader, 'utf8')).toBe('old');
    fs.closeSync(reader);
  });

  it('writes through a chain of symbolic links', () => {
    const target = join(sandbox.home, 'dotfiles', 'config');
    writeFileAtomic(target, 'old');
    fs.symlinkSync('dotfiles/config', join(sandbox.home, 'one'));
    fs.symlinkSync('one', join(sandbox.home, 'two'));
    writeFileAtomic(join(sandbox.home, 'two'), 'new');
    expect(fs.readFileSync(target, 'utf8')).toBe('new');
    expect(fs.lstatSync(join(sandbox.home, 'two')).isSymbolicLink()).toBe(true);
  });

  it('refuses a symbolic link to nowhere, and leaves it', () => {
    ensureFolder(dirname(file));
    fs.symlinkSync('/nowhere/at/all', file);
    expect(failure(() => writeFileAtomic(file, 'new'))).toMatchObject({
      code: 'FILE_NOT_REGULAR',
      message: `${file} is a symbolic link to /nowhere/at/all, which does not exist.`,
    });
    expect(fs.readlinkSync(file)).toBe('/nowhere/at/all');
  });

  it('refuses a folder, a pipe and a device in the place of the file', () => {
    fs.mkdirSync(file, { recursive: true });
    expect(failure(() => writeFileAtomic(file, 'new'))).toMatchObject({ code: 'FILE_NOT_REGULAR' });
    const pipe = join(sandbox.home, 'pipe');
    spawnSync('mkfifo', [pipe]);
    expect(failure(() => writeFileAtomic(pipe, 'new'))).toMatchObject({ code: 'FILE_NOT_REGULAR' });
    fs.symlinkSync('/dev/null', join(sandbox.home, 'null'));
    expect(failure(() => writeFileAtomic(join(sandbox.home, 'null'), 'new'))).toMatchObject({
      code: 'FILE_NOT_REGULAR',
    });
    expect(fs.readdirSync(sandbox.home).sort()).toEqual(['folder', 'null', 'pipe']);
  });

  it('says it when a part of the path is a file', () => {
    fs.writeFileSync(dirname(file), '');
    expect(failure(() => writeFileAtomic(file, 'new'))).toMatchObject({
      code: 'FILE_WRITE',
      message: expect.stringContaining('is not a folder'),
    });
  });

  it.skipIf(!isRoot)(`does not let root write into another user's home${ROOT}`, () => {
    fs.mkdirSync(dirname(file));
    fs.chownSync(dirname(file), NOBODY, NOBODY);
    expect(failure(() => writeFileAtomic(file, 'new'))).toMatchObject({ code: 'ROOT_REFUSED' });
    expect(failure(() => writeFileAtomic(join(dirname(file), 'a', 'b'), 'new'))).toMatchObject({
      code: 'ROOT_REFUSED',
    });
    expect(fs.readdirSync(dirname(file))).toEqual([]);
  });

  describe('on a small disk', () => {
    beforeEach(() => {
      if (!mayMount) return;
      fs.mkdirSync(dirname(file));
      spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', dirname(file)]);
    });
    afterEach(() => {
      if (mayMount) spawnSync('umount', [dirname(file)]);
    });

    it.skipIf(!mayMount)(`keeps the old file when the disk is full${MOUNT}`, () => {
      writeFileAtomic(file, 'old');
      expect(failure(() => writeFileAtomic(file, 'x'.repeat(1 << 20)))).toMatchObject({
        code: 'FILE_WRITE',
        message: `${file} could not be written: the disk is full.`,
      });
      expect(fs.readFileSync(file, 'utf8')).toBe('old');
      onlyFile();
    });

    it.skipIf(!mayMount)(`says that the file system is read-only${MOUNT}`, () => {
      writeFileAtomic(file, 'old');
      spawnSync('mount', ['-o', 'remount,ro', dirname(file)]);
      expect(failure(() => writeFileAtomic(file, 'new'))).toMatchObject({
        code: 'FILE_WRITE',
        message: `${file} could not be written: the file system is read-only.`,
      });
      onlyFile();
    });
  });

  it.skipIf(!mayMount)(`writes in place, when told to, where a file is a mount of its own${MOUNT}`, () => {
    const source = join(sandbox.home, 'source');
    writeFileAtomic(source, 'a longer old text');
    writeFileAtomic(file, '');
    spawnSync('mount', ['--bind', source, file]);
    try {
      expect(failure(() => writeFileAtomic(file, 'new', { inPlace: false }))).toMatchObject({
        code: 'FILE_WRITE',
        hint: expect.stringContaining('--in-place'),
      });
      // Not every command has that option.
      expect(failure(() => writeFileAtomic(file, 'new'))).toMatchObject({
        code: 'FILE_WRITE',
        hint: expect.not.stringContaining('--in-place'),
      });
      onlyFile();
      writeFileAtomic(file, 'new', { inPlace: true });
      expect(fs.readFileSync(source, 'utf8')).toBe('new');
      onlyFile();
    } finally {
      spawnSync('umount', [file]);
    }
  });
});

describe('writeFileAtomic in a process of its own', () => {
  let worker: Awaited<ReturnType<typeof bundleWorker>>;
  beforeAll(async () => {
    worker = await bundleWorker('write');
  });
  afterAll(() => worker.remove());

  it('leaves the old file or the new one wherever it is killed', async () => {
    ensureFolder(dirname(file));
    const seen = new Set<string>();
    for (let call = 1; ; call++) {
      fs.writeFileSync(file, 'old');
      const { signal, status } = await runWorker(worker.file, [file, 'n'.repeat(100_000), String(call)]);
      const text = fs.readFileSync(file, 'utf8');
      seen.add(text);
      expect(['old', 'n'.repeat(100_000)]).toContain(text);
      for (const name of fs.readdirSync(dirname(file))) expect(name).toMatch(/^token\.json$|\.tmp$/);
      if (signal === null) {
        expect(status).toBe(0);
        expect(call).toBeGreaterThan(7);
        break;
      }
      expect(signal).toBe('SIGKILL');
    }
    expect(seen.size).toBe(2);
  });

  it.skipIf(!isRoot)(
    `says it when the folder may not be written, or the file is another's${ROOT}`,
    async () => {
      fs.chmodSync(sandbox.home, 0o755);
      fs.mkdirSync(dirname(file));
      fs.writeFileSync(file, 'old', { mode: 0o644 });
      const denied = await runWorker(worker.file, [file, 'new'], NOBODY);
      expect(JSON.parse(denied.stdout)).toMatchObject({
        code: 'FILE_WRITE',
        message: expect.stringContaining('you have no write access to its folder'),
      });
      fs.chmodSync(dirname(file), 0o777);
      const foreign = await runWorker(worker.file, [file, 'new'], NOBODY);
      expect(JSON.parse(foreign.stdout)).toMatchObject({ code: 'FILE_OWNER' });
      expect(fs.readFileSync(file, 'utf8')).toBe('old');
      onlyFile();
    },
  );
});
