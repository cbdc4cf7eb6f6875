// The extension, once per browser engine: background, views, content script, manifest. No runtime loader and no
// web-accessible resource, so that no page can tell that awsher is there.
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { root } from '../setup.mjs';
import { manifest } from './manifest.mjs';

/** @param {'chromium' | 'firefox'} engine */
export async function buildExtension(engine) {
  const outDir = join(root, 'dist', 'extension', engine);
  const source = join(root, 'extension');
  rmSync(outDir, { recursive: true, force: true });
  const common = {
    root: source,
    base: './',
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    plugins: [cutEventStreams()],
  };
  const output = { outDir, emptyOutDir: false, target: 'es2022', sourcemap: false, modulePreload: false };
  await build({
    ...common,
    build: {
      ...output,
      rolldownOptions: {
        input: {
          background: join(source, 'background/main.ts'),
          'popup/popup': join(source, 'popup/popup.html'),
          'options/options': join(source, 'options/options.html'),
        },
        output: {
          entryFileNames: entryName,
          chunkFileNames: 'parts/[name].js',
          assetFileNames: 'parts/[name][extname]',
        },
      },
    },
  });
  // Content scripts are no modules: everything in one plain file.
  await build({
    ...common,
    build: {
      ...output,
      rolldownOptions: {
        input: join(source, 'content/content.iife.ts'),
        output: { format: 'iife', entryFileNames: 'content.js', codeSplitting: false },
      },
    },
  });
  for (const folder of ['_locales', 'icons']) {
    mkdirSync(join(outDir, folder), { recursive: true });
    cpSync(join(source, folder), join(outDir, folder), {
      recursive: true,
      filter: (name) => !name.endsWith('.svg'),
    });
  }
  writeFileSync(join(outDir, 'manifest.json'), `${JSON.stringify(await manifest(engine), null, 2)}\n`);
}

const entryName = ({ name }) => (name === 'background' ? 'background.js' : 'parts/[name].js');

/**
 * The SDK holds one `import()` (event streams) that a service worker may not run and that SSO never reaches. The
 * build fails when it is no longer where it was, so that an update of the SDK cannot bring it back unseen.
 */
function cutEventStreams() {
  return {
    name: 'cut-event-streams',
    renderChunk(code, chunk) {
      if (chunk.name !== 'background') return null;
      if (/\bimport\(/.test(code))
        throw new Error(`the background holds an import(): ${/.{80}\bimport\(.{80}/.exec(code)?.[0]}`);
      return null;
    },
  };
}
