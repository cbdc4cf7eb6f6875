// The extension, once per browser engine: background, views, content script, manifest. No runtime loader and no
// web-accessible resource, so that no page can tell that awsher is there.
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { root } from '../setup.mjs';
import { licenses } from './licenses.mjs';
import { manifest } from './manifest.mjs';

/**
 * @param {'chromium' | 'firefox'} engine
 * @param {string} dist the folder to build into
 * @param {{ plugins?: import('vite').Plugin[] }} [more] plugins that come first, for builds that are not shipped
 */
export async function buildExtension(engine, dist, { plugins = [] } = {}) {
  const outDir = join(dist, 'extension', engine);
  const source = join(root, 'extension');
  const used = licenses();
  const common = {
    root: source,
    base: './',
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    plugins: [...plugins, cutEventStreams(), used.plugin],
  };
  const output = {
    outDir,
    emptyOutDir: false,
    target: 'es2022',
    // What the oldest of them lacks of CSS, `light-dark()` say, is written out.
    cssTarget: cssTarget(),
    sourcemap: false,
    modulePreload: { polyfill: false },
  };
  const modules = (input) =>
    build({
      ...common,
      build: {
        ...output,
        rolldownOptions: {
          input: Object.fromEntries(input.map(([name, file]) => [name, join(source, file)])),
          output: {
            entryFileNames: entryName,
            chunkFileNames: 'parts/[name].js',
            assetFileNames: 'parts/[name][extname]',
          },
        },
      },
    });
  /** Everything in one plain file, no module. */
  const plain = (name, file) =>
    build({
      ...common,
      build: {
        ...output,
        rolldownOptions: {
          input: join(source, file),
          output: { format: 'iife', entryFileNames: name, codeSplitting: false },
        },
      },
    });
  await modules([
    ['background', 'background/main.ts'],
    ['options/options', 'options/options.html'],
    ['permission/permission', 'permission/permission.html'],
    ['ask/ask', 'ask/ask.html'],
    ['welcome/welcome', 'welcome/welcome.html'],
  ]);
  // By itself, so that it shares no part: one file is fetched sooner than fifteen, and the popup is opened all day.
  await modules([['popup/popup', 'popup/popup.html']]);
  await plain('parts/popup/early.js', 'popup/early.iife.ts');
  await plain('content.js', 'content/content.iife.ts');
  for (const folder of ['_locales', 'icons']) {
    mkdirSync(join(outDir, folder), { recursive: true });
    cpSync(join(source, folder), join(outDir, folder), {
      recursive: true,
      filter: (name) => !name.endsWith('.svg'),
    });
  }
  // Firefox knows no schema: what its policies give is the same, and is parsed all the same.
  if (engine === 'chromium')
    cpSync(join(root, 'manifests/extension/managed-schema.json'), join(outDir, 'managed-schema.json'));
  used.write(join(outDir, 'LICENSES.txt'));
  writeFileSync(join(outDir, 'manifest.json'), `${JSON.stringify(await manifest(engine), null, 2)}\n`);
}

/** @returns {string[]} the oldest browsers that the manifests let in, for the CSS */
export function cssTarget() {
  const read = (engine) => JSON.parse(readFileSync(join(root, `manifests/extension/${engine}.json`), 'utf8'));
  const firefox = read('firefox').browser_specific_settings.gecko.strict_min_version;
  return [`chrome${read('chromium').minimum_chrome_version}`, `firefox${Number.parseInt(firefox, 10)}`];
}

const entryName = ({ name }) => (name === 'background' ? 'background.js' : 'parts/[name].js');

/** Where the SDK loads its event streams: `import()` is forbidden in service workers, and SSO never gets there. */
const EVENT_STREAMS = 'await import("@smithy/core/event-streams")';

/**
 * Cuts the SDK's event streams out of the background. The build fails when they are no longer where they were, or when
 * another `import()` comes in, so that an update of the SDK cannot break the service worker unseen.
 */
function cutEventStreams() {
  let cut = false;
  return {
    name: 'awsher-cut-event-streams',
    enforce: 'pre',
    transform(code, id) {
      if (!id.includes('/protocols/HttpProtocol.js') || !code.includes(EVENT_STREAMS)) return null;
      cut = true;
      return {
        code: code.replace(EVENT_STREAMS, '(() => { throw new Error("no event streams here"); })()'),
        map: null,
      };
    },
    generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type !== 'chunk' || file.name !== 'background') continue;
        if (!cut) throw new Error('the SDK no longer loads its event streams where it did');
        const found = /.{0,60}\bimport\(.{0,60}/.exec(file.code);
        if (found) throw new Error(`the background holds an import(): ${found[0]}`);
      }
    },
  };
}
