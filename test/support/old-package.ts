import { execFileSync, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './root.ts';

/** A commit of this repository whose built package is a version that a person may still have. */
const COMMIT = 'ca50583';
export const OLD_VERSION = '0.0.9';

/** Whether the old sources are there: a shallow clone has none. */
export const hasOldSources =
  spawnSync('git', ['cat-file', '-e', `${COMMIT}^{commit}`], { cwd: ROOT, stdio: 'ignore' }).status === 0;

export interface OldPackage {
  /** Its `awsher.js`. */
  command: string;
  /** The folder of its extension for the Chromium family. */
  extension: string;
  remove(): void;
}

/** The package as it was, built from the repository's own history, under a version number of its own. */
export function buildOldPackage(): OldPackage {
  const folder = fs.mkdtempSync(join(tmpdir(), 'awsher-old-'));
  const archive = join(folder, 'sources.tar');
  execFileSync('git', ['archive', '--output', archive, COMMIT], { cwd: ROOT });
  execFileSync('tar', ['-xf', archive, '-C', folder]);
  const manifest = join(folder, 'package.json');
  const text = fs.readFileSync(manifest, 'utf8');
  fs.writeFileSync(manifest, text.replace(/"version": "[^"]+"/, `"version": "${OLD_VERSION}"`));
  fs.symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  execFileSync(process.execPath, ['scripts/build.mjs'], { cwd: folder, stdio: 'ignore' });
  return {
    command: join(folder, 'dist/cli/awsher.js'),
    extension: join(folder, 'dist/extension/chromium'),
    remove: () => fs.rmSync(folder, { recursive: true, force: true }),
  };
}
