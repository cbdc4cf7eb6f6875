// `npm run docs`: writes the pages that are made from declarations and tables. `--check` writes nothing and fails when
// one of them is no longer what it should be.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { tsImport } from 'tsx/esm/api';
import { browsersPage } from './docs/browsers.mjs';
import { commandsPage } from './docs/commands.mjs';
import { MEANINGS } from './docs/error-meanings.mjs';
import { errorsTable, withBlock } from './docs/errors.mjs';
import { faultsPage } from './docs/faults.mjs';
import { fleetFiles } from './docs/fleet.mjs';
import { manPage } from './docs/man.mjs';
import { root } from './setup.mjs';

const load = (path) => tsImport(join(root, path), import.meta.url);
const [{ COMMANDS }, { commandLine }, { EXIT }, { ERROR_CODES }, { browsersTable }] = await Promise.all(
  [
    'native-host/programs/cli/commands.ts',
    'native-host/programs/cli/completion/model.ts',
    'native-host/programs/cli/exit.ts',
    'shared/errors/codes.ts',
    'native-host/base/install/browsers-table.ts',
  ].map(load),
);
const line = await commandLine(COMMANDS);
const read = (path) => (existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : '');
const extension = (part) => JSON.parse(read(`manifests/extension/${part}.json`));
const oldest = {
  chromium: extension('chromium').minimum_chrome_version,
  firefox: extension('firefox').browser_specific_settings.gecko.strict_min_version.replace(/\.0$/, ''),
};
const troubleshooting = 'docs/troubleshooting.md';

/** Path → text as it should be. */
const pages = {
  'docs/commands.md': commandsPage(line, EXIT),
  'docs/awsher.1': manPage(line, EXIT),
  'docs/browsers.md': browsersPage(browsersTable(), oldest),
  'docs/faults.md': faultsPage(join(root, 'test/faults')),
  ...fleetFiles(JSON.parse(read('manifests/ids.json'))),
  [troubleshooting]: withBlock(read(troubleshooting), errorsTable(ERROR_CODES, MEANINGS)),
};

const stale = Object.keys(pages).filter((path) => read(path) !== pages[path]);
if (process.argv.includes('--check')) {
  for (const path of stale) console.error(`${path} is not up to date: run \`npm run docs\``);
  process.exit(stale.length === 0 ? 0 : 1);
}
for (const path of stale) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), pages[path]);
  console.log(`wrote ${path}`);
}
