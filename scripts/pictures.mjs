// `npm run pictures`: makes the tracked pictures of every view again, test/browser/pictures/, and those of docs/ and
// of the stores.
// Look at each that git shows as changed before you commit it. A plain test run compares and writes none of them.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { build, installDebianPackages, installPackages, requireNode, root, viewPackages } from './setup.mjs';

requireNode();
installPackages();
await installDebianPackages(viewPackages);
build();
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
const { status } = spawnSync(
  process.execPath,
  [vitest, 'run', 'test/browser/pictures', ...process.argv.slice(2)],
  {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, AWSHER_TEST_RECORD: 'pictures' },
  },
);
if (status !== 0) process.exit(status ?? 1);
const store = spawnSync(process.execPath, [join(root, 'scripts/store-pictures.mjs')], {
  cwd: root,
  stdio: 'inherit',
});
process.exit(store.status ?? 1);
