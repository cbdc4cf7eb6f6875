// `npm test`: sets up what the tests need, then runs them. Arguments go to vitest: `npm test -- test/shared`.

import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { build, installDebianPackages, installPackages, requireNode, root, viewPackages } from './setup.mjs';

requireNode();
installPackages();
installDebianPackages([
  ...viewPackages,
  'awscli',
  'dbus-daemon',
  'fish',
  'python3-boto3',
  'ruby-aws-sdk-core',
  'golang-go',
  'golang-github-aws-aws-sdk-go-v2-dev',
  'xdotool',
  'xvfb',
  'zsh',
  // Its package starts a server that listens to the network: on a pipeline's throw-away machine only.
  ...(process.env.CI ? ['openssh-server'] : []),
]);
build();
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
const child = spawn(process.execPath, [vitest, 'run', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code) => process.exit(code ?? 1));
