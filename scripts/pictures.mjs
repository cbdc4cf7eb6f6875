// `npm run pictures`: draws every state of every view into .tmp/pictures, for looking at. `npm run pictures -- docs` makes
// those of the pages under docs/ and of the store listings again: few and small, and the only ones that are committed.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  build,
  installDebianPackages,
  installPackages,
  requireNode,
  root,
  run,
  viewPackages,
} from './setup.mjs';

const docs = process.argv[2] === 'docs';
requireNode();
installPackages();
await installDebianPackages([...viewPackages, 'fonts-inter', ...(docs ? ['pngquant'] : [])]);
build();
process.env.FONTCONFIG_FILE = join(root, 'test/support/views/fonts.conf');
run(process.execPath, [
  '--import',
  'tsx',
  '--import',
  './test/support/views/in-node.mjs',
  'test/support/views/draw.ts',
  ...process.argv.slice(2),
]);
if (docs) {
  run(process.execPath, [join(root, 'scripts/store-pictures.mjs')]);
  const folder = join(root, 'docs');
  const drawn = readdirSync(folder, { recursive: true }).filter((name) => String(name).endsWith('.png'));
  // 99: not smaller that way.
  const options = ['--force', '--skip-if-larger', '--strip', '--ext', '.png', '256', '--'];
  const { status } = spawnSync('pngquant', [...options, ...drawn.map((name) => join(folder, String(name)))]);
  if (status !== 0 && status !== 98 && status !== 99) throw new Error(`pngquant ended with ${status}`);
}
