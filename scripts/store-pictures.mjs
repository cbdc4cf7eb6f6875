// Makes the pictures of the store listings, docs/store/LANGUAGE/N.png, from the views as they are built now.
import { spawnSync } from 'node:child_process';
import { build, installDebianPackages, installPackages, requireNode, root, viewPackages } from './setup.mjs';

requireNode();
installPackages();
await installDebianPackages(viewPackages);
build();
const args = [
  '--import',
  'tsx',
  '--import',
  './test/support/views/in-node.mjs',
  'test/support/views/store-pictures.ts',
];
process.exit(spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status ?? 1);
