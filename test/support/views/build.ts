import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'vite';
import chromium from '../../../manifests/extension/chromium.json' with { type: 'json' };

const EXTENSION = new URL('../../../extension/', import.meta.url).pathname;
const VIEWS = ['popup', 'options', 'ask', 'permission', 'welcome'];
const HERE = new URL('./', import.meta.url).pathname;

/**
 * Builds every view and the notice's stage into `folder`: the same sources that ship, as plain files
 * that any web server can serve.
 */
export async function buildViews(folder: string): Promise<void> {
  // Each by itself: a view's script shares nothing with another one's, so that it can start anew in a page that stays.
  for (const view of VIEWS) {
    await build({
      configFile: false,
      logLevel: 'error',
      root: EXTENSION,
      base: './',
      publicDir: false,
      oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
      build: {
        outDir: folder,
        emptyOutDir: false,
        modulePreload: false,
        cssTarget: [`chrome${chromium.minimum_chrome_version}`],
        rolldownOptions: {
          input: join(EXTENSION, `${view}/${view}.html`),
          // A module would run once only.
          output: { codeSplitting: false, postBanner: '(() => {"use strict";', postFooter: '})();' },
        },
      },
    });
  }
  const plain = [
    ['parts/popup/early.js', join(EXTENSION, 'popup/early.iife.ts')],
    ...['notice-stage', 'notice-content', 'fake-extension'].map((script) => [
      `${script}.js`,
      join(HERE, `${script}.ts`),
    ]),
  ] as const;
  for (const [name = '', entry = ''] of plain) {
    await build({
      configFile: false,
      logLevel: 'error',
      root: HERE,
      publicDir: false,
      build: {
        outDir: folder,
        emptyOutDir: false,
        lib: { entry, formats: ['iife'], name: 'script', fileName: () => name },
      },
    });
  }
}

/** All texts of the extension by language (BCP 47), as the browser would read them. */
export async function readMessages(): Promise<Record<string, Record<string, LocaleMessage>>> {
  const folder = join(EXTENSION, '_locales');
  const languages = await readdir(folder);
  const pairs = languages.map(async (language) => {
    const text = await readFile(join(folder, language, 'messages.json'), 'utf8');
    const messages: Record<string, LocaleMessage> = JSON.parse(text);
    return [language.replace('_', '-'), messages] as const;
  });
  return Object.fromEntries(await Promise.all(pairs));
}

export interface LocaleMessage {
  message: string;
  description?: string;
  placeholders?: Record<string, { content: string; example?: string }>;
}
