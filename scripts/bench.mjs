// `npm run bench`: every figure of docs/performance.md, measured here and now. `npm run bench -- startUp` for one part.
import { spawnSync } from 'node:child_process';
import { build, installDebianPackages, installPackages, requireNode, root } from './setup.mjs';

requireNode();
installPackages();
await installDebianPackages(['chromium', 'libnss3-tools', 'awscli']);
build();
const env = { ...process.env };
// It would add tens of milliseconds to every start of Node, ours and the one that we compare with.
delete env.NODE_EXTRA_CA_CERTS;
const args = ['--import', 'tsx', 'test/bench/main.ts', ...process.argv.slice(2)];
process.exit(spawnSync(process.execPath, args, { cwd: root, env, stdio: 'inherit' }).status ?? 1);
