// The terminal command and the native host: CommonJS for Node, because a one-import ESM file alone costs a third of
// the start-up time that the fast commands may take (docs/performance.md). SDK and schemas load only where needed.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'rolldown';
import { root } from '../setup.mjs';
import { licenses } from './licenses.mjs';
import { version } from './version.mjs';

/** The files beside the entries, by name, with their sources. */
const LANES = {
  'fast-credentials': 'native-host/programs/cli/fast-credentials.ts',
  'fast-status': 'native-host/programs/cli/fast-status.ts',
  'fast-prompt': 'native-host/programs/cli/fast-prompt.ts',
};
const COMPLETION = { complete: 'native-host/programs/cli/complete.ts' };
const COMMANDS = {
  main: 'native-host/programs/cli/main.ts',
  'renewal-process': 'native-host/programs/cli/renewal-process.ts',
};
const HOST_PARTS = {
  'keep-fresh': 'native-host/programs/host/keep-fresh.ts',
  'role-desk': 'native-host/programs/host/role-desk.ts',
  'run-doctor': 'native-host/programs/host/run-doctor.ts',
  sessions: 'native-host/programs/host/sessions.ts',
};
const RUNNING = { 'running-sign-ins': 'native-host/features/signin/running-sign-ins.ts' };

/**
 * @param {string} dist the folder to build into
 * @param {{ dev?: boolean }} [how] `dev`: not minified, and stack traces name the sources
 */
export async function buildPrograms(dist, { dev = false } = {}) {
  const used = licenses();
  const bundle = (dir, input, how, define) =>
    bundleTo(dir, input, how, { plugins: dev ? [lanesByRequire()] : [used], define, dev });
  const cli = join(dist, 'cli');
  const host = join(dist, 'host');
  // Entry, fast lane and the rest are built apart: what one shares with another would be a further file to load.
  await bundle(cli, { 'awsher-open': 'native-host/programs/bin/open.ts' }, 'entry');
  const lanes = createHash('sha256');
  for (const [name, source] of Object.entries(LANES)) {
    await bundle(cli, { [name]: source }, 'whole');
    lanes.update(readFileSync(join(cli, `${name}.js`)));
  }
  const define = { __LANES__: JSON.stringify(lanes.digest('hex').slice(0, 12)) };
  await bundle(host, { 'host-main': 'native-host/programs/bin/host-main.ts' }, 'entry');
  const hostId = createHash('sha256').update(readFileSync(join(host, 'host-main.js')));
  define.__HOST__ = JSON.stringify(hostId.digest('hex').slice(0, 12));
  await bundle(cli, { awsher: 'native-host/programs/bin/cli.ts' }, 'entry', define);
  await bundle(cli, { 'code-cache': 'native-host/programs/bin/code-cache.ts' }, 'entry', define);
  await bundle(cli, COMPLETION, 'whole');
  await bundle(cli, COMMANDS, 'split');
  await bundle(host, { 'awsher-host': 'native-host/programs/bin/host.ts' }, 'entry', define);
  await bundle(host, HOST_PARTS, 'split');
  await bundle(host, RUNNING, 'whole');
  for (const name of ['cli/awsher', 'cli/awsher-open', 'host/awsher-host'])
    chmodSync(join(dist, `${name}.js`), 0o755);
  // The package itself is ESM; these folders are not.
  for (const dir of [cli, host]) writeFileSync(join(dir, 'package.json'), '{ "type": "commonjs" }\n');
  // Nothing of `npm run dev` is handed out, and it loads no lane from V8's cache.
  if (dev) return;
  writeFileSync(join(cli, 'LICENSES.txt'), used.api.text());
  // For this Node; `awsher install` makes it again where another one runs.
  for (const args of [[], ['host']])
    execFileSync(process.execPath, [join(cli, 'code-cache.js'), ...args], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
}

/**
 * @param {string} dir
 * @param {Record<string, string>} input output name → source
 * @param {'entry' | 'whole' | 'split'} how an entry loads the other two as files beside it; `split`: what is imported
 *   later goes to files of its own
 * @param {{ plugins: import('rolldown').Plugin[], define?: Record<string, string>, dev: boolean }} more
 */
function bundleTo(dir, input, how, { plugins, define = {}, dev }) {
  const isProgram = Object.keys(input).every((name) => PROGRAM.test(name));
  // A Node that is too old has to be able to read its own refusal.
  const target = isProgram ? 'es2017' : 'node20';
  return build({
    cwd: root,
    input,
    platform: 'node',
    plugins: how === 'entry' ? [...plugins, partsBeside()] : plugins,
    transform: { target, define: { __VERSION__: JSON.stringify(version), ...define } },
    treeshake: { moduleSideEffects: false },
    output: {
      dir,
      format: 'cjs',
      codeSplitting: how === 'split',
      // `import()` of a CommonJS file costs a parse of its exports; `require` does not.
      dynamicImportInCjs: false,
      entryFileNames: '[name].js',
      chunkFileNames: 'parts/[name]-[hash].js',
      sourcemap: dev,
      minify: dev
        ? false
        : { compress: isProgram ? { target } : true, mangle: true, codegen: { removeWhitespace: true } },
      banner: isProgram
        ? `#!/usr/bin/env node\n${refuseOldNode()}${dev ? 'process.setSourceMapsEnabled(true);' : ''}`
        : '',
    },
    logLevel: 'warn',
  });
}

const PROGRAM = /^awsher/;

/** The first thing that a program does, in words that every Node understands. The oldest Node is that of package.json. */
function refuseOldNode() {
  const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const [, major, minor] = /^>=(\d+)\.(\d+)\./.exec(engines.node) ?? [];
  const sentence = `awsher needs Node.js ${major}.${minor} or newer; this one is `;
  return (
    `(function(){var v=process.versions.node.split(".");if(+v[0]<${major}||+v[0]===${major}&&+v[1]<${minor}){` +
    `process.stderr.write(${JSON.stringify(sentence)}+process.versions.node+".\\n");process.exit(1)}})();`
  );
}

/** What an entry imports of these stays a file beside it. */
const BESIDE = new Map(
  [LANES, COMPLETION, COMMANDS, HOST_PARTS, RUNNING].flatMap((files) =>
    Object.entries(files).map(([name, source]) => [join(root, source), name]),
  ),
);

/** @returns {import('rolldown').Plugin} */
function partsBeside() {
  return {
    name: 'awsher-parts-beside',
    resolveId: {
      filter: { id: /^\.\.?\/.*\.ts$/ },
      handler(source, importer) {
        const name = importer && BESIDE.get(join(dirname(importer), source));
        return name === undefined ? null : { id: `./${name}.js`, external: true };
      },
    },
  };
}

/**
 * Scripts from V8's code cache have no source maps: where sources are to be seen, the lanes are loaded like any file.
 *
 * @returns {import('rolldown').Plugin}
 */
function lanesByRequire() {
  const how = /export function loadLane\([\s\S]*?\n\}\n/;
  return {
    name: 'awsher-lanes-by-require',
    transform: {
      order: 'pre',
      filter: { id: /\/platform\/code-cache\.ts$/ },
      handler(code) {
        if (!how.test(code)) throw new Error('code-cache.ts has no loadLane as it was');
        const inPlace =
          'export const loadLane = (files: LaneFiles, require: NodeJS.Require) => require(laneFile(files));\n';
        return { code: code.replace(how, inPlace), map: null };
      },
    },
  };
}
