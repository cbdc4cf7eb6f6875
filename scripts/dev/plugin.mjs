// What the dev server does besides CRXJS.
import { readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { CONTENT, emitBeside } from '../build/manifest.mjs';
import { root } from '../setup.mjs';

/** Where the dev server is, for the policy of the pages that it serves. */
const SERVER = 'http://localhost:*';

/**
 * Lets the extension's pages load from the dev server and hear of changes, and has the content script built again when
 * a part of it has changed: CRXJS looks at its entry alone.
 *
 * @returns {import('@crxjs/vite-plugin').CrxPlugin}
 */
export function dev() {
  return {
    // The name that CRXJS gives its own: what it writes for the browser goes through no others.
    name: 'crx:awsher-dev',
    apply: 'serve',
    enforce: 'pre',
    transformCrxManifest(manifest) {
      const pages = `script-src 'self' ${SERVER}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src * ws://localhost:*`;
      return { ...manifest, content_security_policy: { extension_pages: pages } };
    },
    renderCrxManifest() {
      emitBeside(this, 'chromium');
      return null;
    },
    // The popup's first look is a script that only the build makes; the popup does without.
    transformIndexHtml: {
      order: 'pre',
      handler: (html) => html.replace(/<script[^>]*\bvite-ignore\b[^>]*><\/script>/, ''),
    },
    configureServer(server) {
      const texts = join(root, 'extension/_locales/');
      const parts = ['extension/content/', 'extension/notice/', 'shared/'].map((folder) =>
        join(root, folder),
      );
      const entry = join(root, 'extension', CONTENT);
      /**
       * The browser reads texts when it loads the extension, and loads none whose texts are half written. Of a file that was
       * emptied and filled within one tick of the disk's clock the watcher tells once, which may be between the two.
       *
       * @param {string} file
       */
      const take = (file, looks = 20) => {
        const saved = readFileSync(file, 'utf8');
        if (isJson(saved)) {
          writeFileSync(join(server.config.build.outDir, relative(server.config.root, file)), saved);
          server.ws.send({ type: 'custom', event: 'crx:runtime-reload' });
        } else if (looks > 0) setTimeout(take, 50, file, looks - 1);
      };
      server.watcher.add(parts);
      server.watcher.on('change', (file) => {
        const now = new Date();
        if (file !== entry && parts.some((folder) => file.startsWith(folder))) utimesSync(entry, now, now);
        if (file.startsWith(texts)) take(file);
      });
    },
  };
}

/** @param {string} text */
function isJson(text) {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
