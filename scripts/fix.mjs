// `npm run fix`: format, order of imports, and every repair of the linter that cannot change what a program does.
import { join } from 'node:path';
import { installPackages, requireNode, root, run } from './setup.mjs';

requireNode();
installPackages();
run(join(root, 'node_modules', '.bin', 'biome'), ['check', '--write', ...process.argv.slice(2)], {
  what: 'repair everything by itself',
});
