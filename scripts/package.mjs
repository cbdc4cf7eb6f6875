// `npm run package`: what is handed out, in dist/packages/: the npm tarball, the extension for the Chromium family and
// the one for Firefox. The same sources give the same bytes. `--to DIR`: into another folder.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { build, installPackages, requireNode, root, run } from './setup.mjs';

requireNode();
installPackages();
build();
const { zipFolder } = await import('./package/zip.mjs');
const to = process.argv.indexOf('--to');
const packages = to < 0 ? join(root, 'dist', 'packages') : resolve(process.argv[to + 1] ?? '');
if (to < 0) rmSync(packages, { recursive: true, force: true });
mkdirSync(packages, { recursive: true });
for (const [engine, name] of [
  ['chromium', 'awsher-chromium.zip'],
  ['firefox', 'awsher-firefox.xpi'],
]) {
  writeFileSync(join(packages, name), await zipFolder(join(root, 'dist', 'extension', engine)));
}
const { stdout } = run(
  'npm',
  ['pack', '--json', '--ignore-scripts', '--loglevel=error', '--pack-destination', packages],
  { quiet: true, what: 'make the npm tarball' },
);
const [{ filename }] = JSON.parse(stdout);
for (const name of ['awsher-chromium.zip', 'awsher-firefox.xpi', filename]) {
  const bytes = readFileSync(join(packages, name));
  const sum = createHash('sha256').update(bytes).digest('hex');
  console.log(`${sum}  ${relative(root, join(packages, name))}  ${Math.ceil(bytes.length / 1024)} KB`);
}
