// manifest.json from its parts: one base, one part per engine, ids from one file, hosts from one table.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tsImport } from 'tsx/esm/api';
import { root } from '../setup.mjs';
import { version } from './version.mjs';

const readJson = (...path) => JSON.parse(readFileSync(join(root, ...path), 'utf8'));

/** @param {'chromium' | 'firefox'} engine */
export async function manifest(engine) {
  const { matchPatterns } = await tsImport(join(root, 'shared/aws/hosts.ts'), import.meta.url);
  const { samlHostPermissions } = await tsImport(join(root, 'shared/aws/saml-hosts.ts'), import.meta.url);
  const { pages, apis } = matchPatterns();
  const base = readJson('manifests/extension/base.json');
  const part = readJson(`manifests/extension/${engine}.json`);
  const ids = readJson('manifests/ids.json');
  const { manifest_version, ...rest } = base;
  const result = {
    manifest_version,
    version,
    ...rest,
    ...part,
    host_permissions: [...pages, ...apis],
    // Asked for by the first SAML sign-in, never with the installation.
    optional_host_permissions: [...base.optional_host_permissions, ...samlHostPermissions()],
    content_scripts: base.content_scripts.map((script) => ({ ...script, matches: pages })),
  };
  if (engine === 'firefox') result.browser_specific_settings.gecko.id = ids.firefox;
  return result;
}
