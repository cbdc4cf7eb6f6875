import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runFolder } from '../../../../native-host/base/link/run-folder-place.ts';
import { runningHosts } from '../../../../native-host/base/link/running-hosts.ts';
import { userId } from '../../../../native-host/base/platform/user.ts';
import { NO_SECOND_USER } from '../../../support/second-user.ts';

let root: string;
let folder: string;
const hosts = () => runningHosts(join(root, 'run'), 'linux');

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'awsher-running-'));
  folder = runFolder(join(root, 'run'), userId(), 'linux');
  mkdirSync(folder, { mode: 0o700 });
  const record = { pid: process.pid, browser: 'chromium', label: 'work', since: 1 };
  writeFileSync(join(folder, `host-${process.pid}.json`), JSON.stringify(record));
});
afterEach(() => {
  for (const path of [root, folder]) rmSync(path, { recursive: true, force: true });
});

describe.runIf(process.platform !== 'win32')('the browsers that are connected', () => {
  it('are those of a private folder of this user', () => {
    expect(hosts()).toEqual([{ browser: 'chromium', label: 'work' }]);
  });

  it.each([0o777, 0o755, 0o710])('are none in a folder of mode %o', (mode) => {
    chmodSync(folder, mode);
    expect(hosts()).toEqual([]);
  });

  it('are none behind a link', () => {
    renameSync(folder, `${root}/elsewhere`);
    symlinkSync(`${root}/elsewhere`, folder);
    expect(hosts()).toEqual([]);
  });

  it("are none in another user's folder", ({ skip }) => {
    skip(NO_SECOND_USER !== null, NO_SECOND_USER ?? '');
    chownSync(folder, 54_321, 54_321);
    expect(hosts()).toEqual([]);
  });
});
