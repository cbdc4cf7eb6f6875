// `npm run build`: everything under dist/. `--if-needed` does nothing when no source is newer than the last build.
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installPackages, requireNode, root } from './setup.mjs';

requireNode();
installPackages();
const stamp = join(root, 'dist', '.built');
const sources = [
  'shared',
  'extension',
  'native-host',
  'manifests',
  'scripts/build',
  'package.json',
  'package-lock.json',
];

if (process.argv.includes('--if-needed') && existsSync(stamp) && newest() < statSync(stamp).mtimeMs)
  process.exit(0);

const { buildExtension } = await import('./build/extension.mjs');
const { buildPrograms } = await import('./build/programs.mjs');
rmSync(stamp, { force: true });
await buildPrograms();
await buildExtension('chromium');
await buildExtension('firefox');
mkdirSync(join(root, 'dist'), { recursive: true });
writeFileSync(stamp, '');

function newest() {
  const times = sources.flatMap((source) => {
    const path = join(root, source);
    if (statSync(path).isFile()) return [statSync(path).mtimeMs];
    return readdirSync(path, { recursive: true }).map((name) => statSync(join(path, String(name))).mtimeMs);
  });
  return Math.max(...times);
}
