import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { errnoOf, outputError, writeError } from '../../../../native-host/base/files/file-errors.ts';
import { AwsherError } from '../../../../shared/errors/awsher-error.ts';
import { makeSandbox } from './sandbox.ts';

const failed = (code: string): Error => Object.assign(new Error('no'), { code });

describe('a failed write', () => {
  it.each([
    ['ENOSPC', 'the disk is full', 'df -h "/usr/bin"'],
    ['EDQUOT', 'the disk is full', 'df -h "/usr/bin"'],
    ['EACCES', 'you have no write access to its folder /usr/bin', 'ls -ld "/usr/bin"'],
    ['EROFS', 'the file system is read-only', 'mount /usr/bin writable'],
    ['ENOTDIR', '/usr/bin is not a folder', 'ls -ld "/usr/bin"'],
    ['EEXIST', '/usr/bin is not a folder', 'ls -ld "/usr/bin"'],
    ['EBUSY', 'it is mounted on its own and cannot be replaced', 'mount its folder /usr/bin'],
    ['EXDEV', 'it is mounted on its own and cannot be replaced', 'mount its folder /usr/bin'],
    ['ENAMETOOLONG', 'its path is too long for this file system', 'choose a shorter path'],
    ['EIO', 'the system says EIO', 'awsher doctor'],
  ])('%s: %s', (code, because, hint) => {
    const error = writeError('/usr/bin/x', '/usr/bin', failed(code));
    expect(error.code).toBe('FILE_WRITE');
    expect(error.message).toBe(`/usr/bin/x could not be written: ${because}.`);
    expect(error.hint).toContain(hint);
  });

  it.skipIf(process.platform === 'win32').each([
    ['/no/home/.aws', 'EACCES', 'no write access to its folder /.', 'ls -ld "/"'],
    ['/no/home/.aws', 'EPERM', 'no write access to its folder /.', 'ls -ld "/"'],
    ['/dev/null/.local/state', 'ENOTDIR', '/dev/null is not a folder.', 'ls -ld "/dev/null"'],
  ])('below %s is about what is there', (folder, code, because, hint) => {
    const error = writeError(`${folder}/x`, folder, failed(code));
    expect(error.message).toContain(because);
    expect(error.hint).toContain(hint);
    expect(error.hint).toContain('HOME');
  });

  it('names the option of the command that has it', () => {
    expect(writeError('/f/x', '/f', failed('EBUSY'), true).hint).toContain('--in-place');
  });

  it.skipIf(process.platform === 'win32')('in a folder that takes files is about the file', () => {
    const { home, remove } = makeSandbox();
    const error = writeError(join(home, 'x'), home, failed('EPERM'));
    expect(error.message).toContain('protected against any change');
    expect(error.hint).toMatch(/chattr -ia|chflags/);
    remove();
  });

  it('that is explained already stays so, and one without a reason says no more than that', () => {
    const own = new AwsherError('FILE_OWNER', 'It is somebody else’s.');
    expect(writeError('/f/x', '/f', own)).toBe(own);
    expect(writeError('/f/x', '/f', 'no').message).toContain('only that it failed');
    expect([errnoOf('no'), errnoOf(new Error('no')), errnoOf(failed('EIO'))]).toEqual([
      undefined,
      undefined,
      'EIO',
    ]);
  });

  it('of the answer says where to look', () => {
    const error = outputError(failed('ENOSPC'));
    expect(error.message).toBe('Cannot write to standard output: the disk is full.');
    expect(error.hint).toContain('where the output goes');
  });
});
