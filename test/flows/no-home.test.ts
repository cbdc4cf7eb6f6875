import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { COMMAND } from '../support/awsher.ts';

// needs: build

/** Without HOME, as a user who has no name: only root can become one. */
function nobody(...args: string[]) {
  return spawnSync(process.execPath, [COMMAND, ...args], {
    env: { PATH: process.env.PATH ?? '', LANG: 'C.UTF-8' },
    encoding: 'utf8',
    uid: 54_321,
    gid: 54_321,
  });
}

describe.runIf(process.getuid?.() === 0)('without a home directory', () => {
  it.each([['status'], ['prompt'], ['credential-process'], ['login'], ['doctor']])(
    '%s says so in one sentence',
    (command) => {
      const { status, stdout, stderr } = nobody(command);
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
      expect(stderr).toMatch(
        /^✗ There is no home directory: [^\n]*\[HOME_UNKNOWN\]\n {2}→ set it to your home folder[^\n]*\n$/,
      );
    },
  );

  it('takes an empty HOME for none, not for the folder that one is in', () => {
    const env = { PATH: process.env.PATH ?? '', HOME: '' };
    const { status, stderr } = spawnSync(process.execPath, [COMMAND, 'status'], { env, encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining('[HOME_UNKNOWN]') });
  });

  it('helps all the same', () => {
    expect(nobody('--help')).toMatchObject({ status: 0, stderr: '' });
    expect(nobody('login', '--help').stdout).toContain('awsher login');
  });
});
