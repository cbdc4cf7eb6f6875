// What shares nothing with the background: views, and scripts that are one plain file.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';

/**
 * Builds each part by itself and adds what comes out to the extension. Pages of one list share their modules with one
 * another; a script is everything in one plain file, no module. Plugins of ours (`awsher-...`) work on them too.
 *
 * @typedef {{ pages: readonly string[] } | { script: string, as: string }} Part
 * @param {readonly Part[]} parts
 * @returns {import('vite').Plugin}
 */
export function apart(parts) {
  /** @type {import('vite').ResolvedConfig} */
  let config;
  return {
    name: 'crx-awsher-apart',
    apply: 'build',
    configResolved(resolved) {
      config = resolved;
    },
    async buildStart() {
      // CRXJS copies the texts, and watches none of them.
      for (const code of readdirSync(join(config.root, '_locales')))
        this.addWatchFile(join(config.root, '_locales', code, 'messages.json'));
      const results = await Promise.all(parts.map((part) => build(configOf(part, config))));
      for (const file of results.flat().flatMap((result) => ('output' in result ? result.output : []))) {
        const source = file.type === 'chunk' ? file.code : file.source;
        this.emitFile({ type: 'asset', fileName: file.fileName, source });
        if (file.type === 'chunk') for (const id of file.moduleIds) this.addWatchFile(id);
      }
    },
  };
}

/**
 * @param {Part} part
 * @param {import('vite').ResolvedConfig} config of the extension
 * @returns {import('vite').InlineConfig}
 */
function configOf(part, config) {
  const { root, base, mode, oxc, plugins } = config;
  const { target, cssTarget, minify, sourcemap, modulePreload } = config.build;
  return {
    root,
    base,
    mode,
    oxc,
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    plugins: plugins.filter(({ name }) => name.startsWith('awsher-')),
    build: {
      write: false,
      target,
      cssTarget,
      minify,
      sourcemap,
      modulePreload,
      rolldownOptions: { checks: { pluginTimings: false }, ...inAndOut(part, root) },
    },
  };
}

/**
 * @param {Part} part
 * @param {string} root
 * @returns {NonNullable<import('vite').BuildEnvironmentOptions['rolldownOptions']>}
 */
function inAndOut(part, root) {
  if ('pages' in part) {
    const names = part.pages.map((page) => [page.replace('.html', ''), join(root, page)]);
    const name = 'parts/[name]';
    return {
      input: Object.fromEntries(names),
      output: {
        entryFileNames: `${name}.js`,
        chunkFileNames: `${name}.js`,
        assetFileNames: `${name}[extname]`,
      },
    };
  }
  return {
    input: join(root, part.script),
    output: { format: 'iife', entryFileNames: part.as, codeSplitting: false },
  };
}
