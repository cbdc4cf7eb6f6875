// Draws the pictures of docs/accounts.md: real commands in a real terminal (tmux) against the embedded Identity Center, drawn by
// Chromium. `node scripts/terminal-pictures.mjs`, or with the name of a scene: `… sync`.
import { spawnSync } from 'node:child_process';
import { build, installPackages, requireNode, root } from './setup.mjs';

requireNode();
installPackages();
if (spawnSync('tmux', ['-V']).status !== 0) {
  console.error('tmux is needed to draw pictures of a terminal.');
  process.exit(1);
}
build();
const args = ['--import', 'tsx', 'scripts/terminal-pictures/main.ts', ...process.argv.slice(2)];
process.exit(spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status ?? 1);
