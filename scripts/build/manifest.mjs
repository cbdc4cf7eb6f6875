// manifest.json from its parts: one base, one part per engine, ids from one file, hosts as they were released: browsers
// switch an extension off that requires one more (docs/decisions/2026-11-30-host-permissions.md). CRXJS takes it with the
// names of the sources, and what ships has the names that manifests/ says.
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { tsImport } from 'tsx/esm/api';
import { root } from '../setup.mjs';
import { version } from './version.mjs';

const readJson = (...path) => JSON.parse(readFileSync(join(root, ...path), 'utf8'));

const BACKGROUND = 'background/main.ts';
export const CONTENT = 'content/content.iife.ts';

/**
 * As CRXJS takes it: with the sources' names. For what ships it builds the background alone, `apart` all the rest.
 *
 * @param {'chromium' | 'firefox'} engine
 * @returns {import('@crxjs/vite-plugin').ManifestV3Export}
 */
export function sourceManifest(engine) {
  return async ({ command }) => {
    const { action, content_scripts, options_ui, ...shipped } = await manifest(engine);
    const type = 'module';
    const background =
      engine === 'firefox' ? { scripts: [BACKGROUND], type } : { service_worker: BACKGROUND, type };
    if (command === 'build') return { ...shipped, background };
    const scripts = content_scripts.map((script) => ({ ...script, js: [CONTENT] }));
    return { ...shipped, background, action, options_ui, content_scripts: scripts };
  };
}

/** @param {{ name: string }} chunk one of the two that CRXJS makes; that of the manifest goes */
export const backgroundName = ({ name }) => (name === basename(BACKGROUND) ? 'background.js' : '[name].js');

/**
 * What goes out is the manifest of manifests/: background and content script are one plain file each, so neither needs
 * a loader, and nothing needs to be reachable from a page.
 *
 * @param {'chromium' | 'firefox'} engine
 * @returns {import('@crxjs/vite-plugin').CrxPlugin[]}
 */
export function shippedManifest(engine) {
  return [
    {
      name: 'crx-awsher-no-loader',
      apply: 'build',
      // CRXJS writes its loader next, for a background that the manifest names.
      renderCrxManifest: ({ background, ...rest }) => rest,
    },
    {
      name: 'crx-awsher-manifest',
      apply: 'build',
      enforce: 'post',
      renderCrxManifest() {
        emitBeside(this, engine);
        return manifest(engine);
      },
    },
  ];
}

/**
 * What no page and no icon of the manifest names.
 *
 * @param {{ emitFile(file: { type: 'asset', fileName: string, source: Uint8Array }): unknown }} context of a plugin
 * @param {'chromium' | 'firefox'} engine
 */
export function emitBeside(context, engine) {
  const emit = (/** @type {string} */ fileName, /** @type {string} */ folder) =>
    context.emitFile({ type: 'asset', fileName, source: readFileSync(join(root, folder, fileName)) });
  for (const size of [16, 32]) emit(`icons/grey-${size}.png`, 'extension');
  // Firefox knows no schema: what its policies give is the same, and is parsed all the same.
  if (engine === 'chromium') emit('managed-schema.json', 'manifests/extension');
}

/** @returns {string[]} the oldest browsers that the manifests let in, for the CSS */
export function cssTarget() {
  const firefox = readJson('manifests/extension/firefox.json').browser_specific_settings.gecko
    .strict_min_version;
  const chromium = readJson('manifests/extension/chromium.json').minimum_chrome_version;
  return [`chrome${chromium}`, `firefox${Number.parseInt(firefox, 10)}`];
}

/**
 * The policy with the domains of the endpoints that the background asks: a region that is newer than this build is in one of
 * them.
 *
 * @param {string} policy
 * @param {{ dnsSuffix: string, dualStackSuffix: string }[]} partitions
 */
function reaching(policy, partitions) {
  const domains = new Set(
    partitions.flatMap(({ dnsSuffix, dualStackSuffix }) => [dnsSuffix, dualStackSuffix]),
  );
  const hosts = [...domains].map((domain) => ` https://*.${domain}`);
  return policy.replace("connect-src 'self'", `connect-src 'self'${hosts.join('')}`);
}

/** @param {'chromium' | 'firefox'} engine */
async function manifest(engine) {
  const { samlHostPermissions } = await tsImport(join(root, 'shared/aws/saml-hosts.ts'), import.meta.url);
  const { PARTITIONS } = await tsImport(join(root, 'shared/aws/regions.ts'), import.meta.url);
  const hosts = readJson('manifests/extension/required-hosts.json');
  const base = readJson('manifests/extension/base.json');
  const part = readJson(`manifests/extension/${engine}.json`);
  const ids = readJson('manifests/ids.json');
  const { manifest_version, ...rest } = base;
  const result = {
    manifest_version,
    // Numbers alone, in both families; Chromium shows the other one.
    version: version.replace(/-.*/, ''),
    ...(engine === 'chromium' && version.includes('-') ? { version_name: version } : {}),
    ...rest,
    ...part,
    host_permissions: hosts,
    content_security_policy: {
      extension_pages: reaching(base.content_security_policy.extension_pages, PARTITIONS),
    },
    // Asked for by the first SAML sign-in, never with the installation.
    optional_host_permissions: [...base.optional_host_permissions, ...samlHostPermissions()],
    content_scripts: base.content_scripts.map((script, index) =>
      index === 0 ? { ...script, matches: [...script.matches, ...devicePages(hosts)] } : script,
    ),
  };
  if (engine === 'firefox') result.browser_specific_settings.gecko.id = ids.firefox;
  return result;
}

/** The verification pages from before 2025, each on a host of its own. @param {string[]} hosts */
const devicePages = (hosts) => hosts.filter((pattern) => pattern.startsWith('https://device.sso.'));
