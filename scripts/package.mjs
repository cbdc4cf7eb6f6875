// `npm run package`: what is handed out, in dist/packages/: the npm tarball, the extension for the Chromium family (to load
// by hand, and for the stores), the one for Firefox, and the bill of materials of all of them. The same sources give the same bytes. `--to DIR`: into another folder.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { build, installPackages, requireNode, root, run } from './setup.mjs';

requireNode();
installPackages();
build();
const { zipFolder } = await import('./package/zip.mjs');
const { sbom } = await import('./package/sbom.mjs');
const to = process.argv.indexOf('--to');
const packages = to < 0 ? join(root, 'dist', 'packages') : resolve(process.argv[to + 1] ?? '');
if (to < 0) rmSync(packages, { recursive: true, force: true });
mkdirSync(packages, { recursive: true });
const extension = (engine) => join(root, 'dist', 'extension', engine);
// A store gives an item its own id and refuses a manifest that brings a key.
const { key: _development, ...forStores } = JSON.parse(
  readFileSync(join(extension('chromium'), 'manifest.json'), 'utf8'),
);
const archives = {
  'awsher-chromium.zip': await zipFolder(extension('chromium')),
  'awsher-chromium-store.zip': await zipFolder(extension('chromium'), {
    'manifest.json': `${JSON.stringify(forStores, null, 2)}\n`,
  }),
  'awsher-firefox.xpi': await zipFolder(extension('firefox')),
};
for (const [name, bytes] of Object.entries(archives)) writeFileSync(join(packages, name), bytes);
const texts = ['cli', 'host', 'extension/chromium', 'extension/firefox']
  .map((part) => join(root, 'dist', part, 'LICENSES.txt'))
  .filter(existsSync)
  .map((file) => readFileSync(file, 'utf8'));
const own = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
writeFileSync(join(packages, 'sbom.cdx.json'), sbom(texts, own));
const { stdout } = run(
  'npm',
  ['pack', '--json', '--ignore-scripts', '--loglevel=error', '--pack-destination', packages],
  { quiet: true, what: 'make the npm tarball' },
);
const [{ filename }] = JSON.parse(stdout);
for (const name of [...Object.keys(archives), 'sbom.cdx.json', filename]) {
  const bytes = readFileSync(join(packages, name));
  const sum = createHash('sha256').update(bytes).digest('hex');
  console.log(`${sum}  ${relative(root, join(packages, name))}  ${Math.ceil(bytes.length / 1024)} KB`);
}
