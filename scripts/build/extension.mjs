import { join } from 'node:path';
import { build } from 'vite';
import { root } from '../setup.mjs';

/**
 * The extension as vite.config.ts says.
 *
 * @param {'chromium' | 'firefox'} engine
 * @param {string} dist the folder to build into
 * @param {{ plugins?: import('vite').Plugin[] }} [more] plugins named `awsher-...`, for builds that are not shipped
 */
export async function buildExtension(engine, dist, { plugins = [] } = {}) {
  await build({
    configFile: join(root, 'vite.config.ts'),
    mode: engine,
    logLevel: 'warn',
    plugins,
    build: { outDir: join(dist, 'extension', engine) },
  });
}
