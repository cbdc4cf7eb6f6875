// `npm run build`: everything under dist/. `--if-needed` does nothing when no source is newer than the last build.
import { existsSync, readdirSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
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
  'scripts/dev/plugin.mjs',
  'vite.config.ts',
  'package.json',
  'package-lock.json',
];

if (process.argv.includes('--if-needed') && existsSync(stamp) && newest() < statSync(stamp).mtimeMs)
  process.exit(0);

const { buildExtension } = await import('./build/extension.mjs');
const { buildPrograms } = await import('./build/programs.mjs');
// Built aside and moved into place at the end: a command or a browser that runs meanwhile never sees half a build.
const dist = join(root, 'dist');
const next = join(dist, `.next-${process.pid}`);
const builtAt = new Date();
try {
  await buildPrograms(next);
  await buildExtension('chromium', next);
  await buildExtension('firefox', next);
  for (const name of readdirSync(next)) {
    const old = join(next, `${name}.old`);
    if (existsSync(join(dist, name))) renameSync(join(dist, name), old);
    renameSync(join(next, name), join(dist, name));
  }
  writeFileSync(stamp, '');
  utimesSync(stamp, builtAt, builtAt);
} finally {
  rmSync(next, { recursive: true, force: true });
}

function newest() {
  const times = sources.flatMap((source) => {
    const path = join(root, source);
    if (statSync(path).isFile()) return [statSync(path).mtimeMs];
    return readdirSync(path, { recursive: true }).map((name) => statSync(join(path, String(name))).mtimeMs);
  });
  return Math.max(...times);
}
