// `npm run check`: types of every world, lint and format, import rules and cycles, house rules, what nobody uses,
// pages that are made from the sources. All at once, in seconds.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { installPackages, requireNode, root } from './setup.mjs';

requireNode();
installPackages();
const bin = (name) => join(root, 'node_modules', '.bin', name);
// Five type checks at once need no threads of their own, and less of their collector: half of the work.
const env = { ...process.env, GOGC: '400' };
/** @type {[name: string, program: string, args: string[]][]} */
const steps = [
  ...['shared', 'extension', 'native-host', 'test', 'scripts'].map(typesOf),
  ['lint', bin('biome'), ['ci', '--colors=off', '--error-on-warnings', '.']],
  ['imports', process.execPath, ['scripts/check-imports.mjs']],
  ['nothing unused', bin('knip'), ['--no-progress']],
  ['house rules', process.execPath, ['scripts/check-house-rules.mjs']],
  ['generated pages', process.execPath, ['scripts/docs.mjs', '--check']],
];
const results = await Promise.all(
  steps.map(
    ([name, command, args]) =>
      new Promise((resolve) => {
        const child = spawn(command, args, {
          cwd: root,
          env,
          shell: process.platform === 'win32',
          stdio: ['ignore', 'pipe', 'pipe'],
        });
        let output = '';
        child.stdout.on('data', (chunk) => (output += chunk));
        child.stderr.on('data', (chunk) => (output += chunk));
        child.on('close', (code) => resolve({ name, code, output }));
      }),
  ),
);
for (const { name, code, output } of results) {
  console.log(`${code === 0 ? '[ OK ]' : '[FAIL]'} ${name}`);
  if (code !== 0) console.log(output.trimEnd());
}
process.exit(results.every(({ code }) => code === 0) ? 0 : 1);

/**
 * @param {string} world
 * @returns {[string, string, string[]]}
 */
function typesOf(world) {
  return [`types ${world}`, bin('tsc'), ['-p', `${world}/tsconfig.json`, '--singleThreaded']];
}
