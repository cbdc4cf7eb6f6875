// `npm test`: sets up what the tests need, then runs them; `npm run unit`: those that need nothing. Paths choose test
// files, and what is set up is what these need (scripts/test-needs.mjs). Other arguments go to vitest:
// `npm test -- test/shared -t "name"`.

import { join, relative, resolve } from 'node:path';
import { runAlone } from './alone.mjs';
import { build, installDebianPackages, installPackages, requireNode, root } from './setup.mjs';
import { closeTestFolder, openTestFolder } from './test-folder.mjs';
import { debianPackages, readTests } from './test-needs.mjs';

const unit = process.argv[2] === '--unit';
const args = process.argv.slice(unit ? 3 : 2);

requireNode();
installPackages();
const tests = chosen(readTests(root));
if (!unit) await setUp(tests);
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
const folder = openTestFolder();
const code = await runAlone([vitest, 'run', ...args], {
  cwd: root,
  env: { ...process.env, TMPDIR: folder, ...(unit ? { AWSHER_TEST_SIZES: 'unit' } : {}) },
});
closeTestFolder(folder);
process.exit(code);

/** The test files that the paths among the arguments choose, as vitest does: all whose path holds one of them. */
function chosen(all) {
  // The word after an option may be its value; as a path it chooses nothing more.
  const paths = args
    .filter((word) => !word.startsWith('-'))
    .map((word) => relative(root, resolve(word)))
    .filter((path) => all.some(({ file }) => file.includes(path)));
  const some = paths.length === 0 ? all : all.filter(({ file }) => paths.some((path) => file.includes(path)));
  if (unit && !some.some(({ size }) => size === 'unit')) {
    const [{ file, needs }] = some;
    console.error(`${file} is no unit test, for it needs ${needs.join(', ')}. Next: npm test ${file}`);
    process.exit(1);
  }
  return some;
}

async function setUp(some) {
  const packages = debianPackages(some)
    // Its package starts a server that listens to the network: on a pipeline's throw-away machine only.
    .filter((name) => name !== 'openssh-server' || process.env.CI);
  if (packages.length > 0) await installDebianPackages(packages);
  if (some.some(({ needs }) => needs.includes('build'))) build();
}
