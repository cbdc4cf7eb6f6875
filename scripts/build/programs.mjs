// The terminal command and the native host: CommonJS for Node, because a one-import ESM file alone costs a third of
// the start-up time that the fast commands may take (docs/performance.md). SDK and schemas load only where needed.
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'rolldown';
import { root } from '../setup.mjs';
import { version } from './version.mjs';

/** @param {string} dist the folder to build into */
export async function buildPrograms(dist) {
  for (const [folder, entries] of [
    ['cli', { awsher: 'native-host/bin/cli.ts', 'awsher-open': 'native-host/bin/open.ts' }],
    ['host', { 'awsher-host': 'native-host/bin/host.ts' }],
  ]) {
    const dir = join(dist, folder);
    await build({
      cwd: root,
      input: entries,
      platform: 'node',
      transform: { target: 'node20', define: { __VERSION__: JSON.stringify(version) } },
      treeshake: { moduleSideEffects: false },
      output: {
        dir,
        format: 'cjs',
        entryFileNames: '[name].js',
        chunkFileNames: 'parts/[name]-[hash].js',
        minify: { compress: true, mangle: true, codegen: { removeWhitespace: true } },
        banner: (chunk) => (chunk.isEntry ? '#!/usr/bin/env node' : ''),
      },
      logLevel: 'warn',
    });
    // The package itself is ESM; these folders are not.
    writeFileSync(join(dir, 'package.json'), '{ "type": "commonjs" }\n');
    for (const name of Object.keys(entries)) chmodSync(join(dir, `${name}.js`), 0o755);
  }
}
