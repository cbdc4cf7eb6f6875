// The bundles hold other people's code: their licences go with it, in one file beside each bundle.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Notes which packages' code is in what a bundler writes, build after build. The extension's last one is its background,
 * and `LICENSES.txt` comes out with it.
 */
export function licenses() {
  /** @type {Set<string>} */
  const folders = new Set();
  return {
    name: 'awsher-licenses',
    /**
     * @this {import('rolldown').PluginContext}
     * @param {unknown} _options
     * @param {import('rolldown').OutputBundle} bundle
     */
    generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type !== 'chunk') continue;
        for (const [id, { renderedLength }] of Object.entries(file.modules)) {
          const folder = /^\0?(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(id)?.[1];
          if (folder !== undefined && renderedLength > 0) folders.add(folder);
        }
      }
      if (bundle['background.js'])
        this.emitFile({ type: 'asset', fileName: 'LICENSES.txt', source: text([...folders]) });
    },
    api: { text: () => text([...folders]) },
  };
}

/** @param {string[]} folders of the packages */
function text(folders) {
  const parts = folders.map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    if (typeof license !== 'string') throw new Error(`${name} does not name its licence`);
    return { key: `${name} ${version} (${license})`, words: licenceOf(folder) };
  });
  const sorted = parts.sort((one, other) => (one.key < other.key ? -1 : 1));
  const seen = new Map();
  for (const { key, words } of sorted) seen.set(words, [...(seen.get(words) ?? []), key]);
  const blocks = [...seen].map(([words, keys]) => `${keys.join('\n')}\n\n${words}`);
  const line = `\n${'-'.repeat(78)}\n\n`;
  return `awsher contains code of these packages, each under its own licence.\n${line}${blocks.join(line)}`;
}

/** @param {string} folder */
function licenceOf(folder) {
  const names = readdirSync(folder).filter((name) => /^(licen[cs]e|notice)(\.|-|$)/i.test(name));
  const files = names.map((name) => join(folder, name)).filter(existsSync);
  const words = files.map((file) => readFileSync(file, 'utf8').replaceAll('\r\n', '\n').trim());
  return `${words.join('\n\n') || '(The package holds no text of its licence.)'}\n`;
}
