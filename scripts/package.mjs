// `npm run package`: what is handed out, in dist/packages/: the npm tarball, the extension for the Chromium family (to load
// by hand, and for the stores), the one for Firefox, and the bill of materials of all of them. The same sources give the same bytes. `--to DIR`: into another folder.
// `--node-inside all`, or systems such as `linux-x64,win32-x64`: also archives (on Linux .deb and .rpm) with a Node.js of their own,
// and the recipes of package managers. Takes minutes.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build, installPackages, requireNode, root, run } from './setup.mjs';

requireNode();
installPackages();
build();
const { zipFolder } = await import('./package/zip.mjs');
const { sbom } = await import('./package/sbom.mjs');
const { values } = parseArgs({ options: { to: { type: 'string' }, 'node-inside': { type: 'string' } } });
const packages = values.to === undefined ? join(root, 'dist', 'packages') : resolve(values.to);
if (values.to === undefined) rmSync(packages, { recursive: true, force: true });
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
const tarball = join(packages, filename);
const names = [...Object.keys(archives), 'sbom.cdx.json', filename];
if (values['node-inside'] !== undefined) {
  const { packagesOf, SYSTEMS } = await import('./package/node-inside.mjs');
  const systems = values['node-inside'] === 'all' ? SYSTEMS : values['node-inside'].split(',');
  for (const system of systems) names.push(...(await packagesOf(system, { tarball, to: packages, own })));
  const { recipes } = await import('./package/recipes.mjs');
  for (const [name, text] of Object.entries(recipes(own, readFileSync(tarball)))) {
    writeFileSync(join(packages, name), text);
    names.push(name);
  }
}
for (const name of names) {
  const bytes = readFileSync(join(packages, name));
  const sum = createHash('sha256').update(bytes).digest('hex');
  console.log(`${sum}  ${relative(root, join(packages, name))}  ${Math.ceil(bytes.length / 1024)} KB`);
}
