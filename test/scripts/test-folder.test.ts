import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { closeTestFolder, openTestFolder } from '../../scripts/test-folder.mjs';

/** A pid that nobody has: more than Linux gives. */
const NOBODY = 4_194_305;

it.runIf(process.platform === 'linux')(
  'the folder of a run that is no more goes, and what was started for it ends',
  async () => {
    const left = join(tmpdir(), `awsher-t${NOBODY}`);
    const longer = `${left}0`;
    for (const folder of [left, longer]) mkdirSync(folder);
    writeFileSync(join(left, 'file'), '');
    const started = (folder: string) =>
      spawn('sleep', ['60'], { env: { PATH: process.env.PATH, TMPDIR: folder }, stdio: 'ignore' });
    const ours = started(join(left, 'home'));
    const other = started(longer);
    try {
      const ended = once(ours, 'exit');
      rmSync(longer, { recursive: true });
      const folder = openTestFolder();
      expect((await ended)[1]).toBe('SIGKILL');
      expect(existsSync(left)).toBe(false);
      expect(other.exitCode ?? other.signalCode).toBeNull();
      writeFileSync(join(folder, 'left'), '');
      expect(closeTestFolder(folder)).toEqual(['left']);
      expect(existsSync(folder)).toBe(false);
    } finally {
      other.kill('SIGKILL');
    }
  },
);
