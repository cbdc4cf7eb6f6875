// The extension, once per engine: `vite build` for Chromium, `vite build --mode firefox` for Firefox. What ships has no
// run-time loader and no web-accessible resource, so that no page can tell that awsher is there.
import { crx } from '@crxjs/vite-plugin';
import { defineConfig } from 'vite';
import { lean } from './scripts/build/lean.mjs';
import { licenses } from './scripts/build/licenses.mjs';
import { backgroundName, cssTarget, shippedManifest, sourceManifest } from './scripts/build/manifest.mjs';
import { apart } from './scripts/build/parts.mjs';
import { dev } from './scripts/dev/plugin.mjs';

export default defineConfig(({ mode, command }) => {
  const engine = mode === 'firefox' ? 'firefox' : 'chromium';
  return {
    root: 'extension',
    base: './',
    cacheDir: '../dist/dev/.vite',
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    plugins: [
      crx({ manifest: sourceManifest(engine), browser: engine === 'firefox' ? 'firefox' : 'chrome' }),
      // The background is one file, and so is the popup, which is opened all day: one is fetched sooner than fifteen.
      apart([
        {
          pages: [
            'options/options.html',
            'permission/permission.html',
            'ask/ask.html',
            'welcome/welcome.html',
          ],
        },
        { pages: ['popup/popup.html'] },
        { script: 'popup/early.iife.ts', as: 'parts/popup/early.js' },
        { script: 'content/content.iife.ts', as: 'content.js' },
      ]),
      shippedManifest(engine),
      lean(),
      dev(),
      licenses(),
    ],
    build: {
      // What the dev server writes is never what ships.
      outDir:
        command === 'serve' ? '../dist/dev/chromium/dist/extension/chromium' : `../dist/extension/${engine}`,
      emptyOutDir: true,
      target: 'es2022',
      // What the oldest of the browsers lacks of CSS, `light-dark()` say, is written out.
      cssTarget: cssTarget(),
      modulePreload: { polyfill: false },
      rolldownOptions:
        command === 'build'
          ? { checks: { pluginTimings: false }, output: { chunkFileNames: backgroundName } }
          : {},
    },
  };
});
