import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { listVersions, saveVersion } from '../../../../native-host/base/files/undo-versions.ts';
import { endOldCopies } from '../../../../native-host/features/inventory/old-copies.ts';
import { moveToTrash, trashIsOver } from '../../../../native-host/features/inventory/trash.ts';
import { makeSandbox, type Sandbox } from '../../base/files/sandbox.ts';

const DAY_MS = 24 * 60 * 60_000;
const NOW = Date.UTC(2026, 10, 30);

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = makeSandbox();
});
afterEach(() => sandbox.remove());

/** A token that nobody needs, moved to the trash at a moment. */
async function trashed(atMs: number): Promise<void> {
  const { paths } = sandbox;
  const path = join(paths.ssoCacheDir, `${atMs}.json`);
  fs.mkdirSync(paths.ssoCacheDir, { recursive: true });
  fs.writeFileSync(path, '{"refreshToken":"marker"}');
  const { size, mtimeMs } = fs.statSync(path);
  const taken = await moveToTrash(paths, [{ path, size, modifiedMs: Math.round(mtimeMs) }], atMs);
  expect(taken).toEqual([path]);
}
const inTrash = () => fs.readdirSync(join(sandbox.paths.stateDir, 'trash'));

it('what is in the trash ends by itself after seven days, and nothing before', async () => {
  const { paths } = sandbox;
  await trashed(NOW - 8 * DAY_MS);
  // A second batch ends the first one already; this is about a home in which nothing is moved any more.
  await endOldCopies(paths, NOW - 2 * DAY_MS);
  expect(inTrash()).toHaveLength(1);
  expect(trashIsOver(paths, NOW)).toBe(true);
  await endOldCopies(paths, NOW);
  expect(inTrash()).toEqual([]);
});

it('so do copies of the credentials file; those of the config stay', async () => {
  const { paths } = sandbox;
  const version = (atMs: number) => ({ before: 'aws_secret_access_key = marker', afterSha256: 'x', atMs });
  for (const file of [paths.credentialsFile, paths.configFile]) {
    saveVersion(paths, file, version(NOW - 8 * DAY_MS));
    saveVersion(paths, file, version(NOW - DAY_MS));
  }
  await endOldCopies(paths, NOW);
  expect(listVersions(paths, paths.credentialsFile).map(({ atMs }) => atMs)).toEqual([NOW - DAY_MS]);
  expect(listVersions(paths, paths.configFile)).toHaveLength(2);
});

it('does nothing, and makes nothing, in a home that awsher never wrote to', async () => {
  await endOldCopies(sandbox.paths, NOW);
  expect(fs.existsSync(sandbox.paths.stateDir)).toBe(false);
});
