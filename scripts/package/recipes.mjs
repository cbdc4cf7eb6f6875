// Recipes of package managers, from the templates of packaging/recipes/: each takes the tarball of npm's registry, and Node.js from
// the package manager.
import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../setup.mjs';
import { fill, SUMMARY, wordsOf } from './words.mjs';

const templates = join(root, 'packaging/recipes');

/**
 * @param {import('./words.mjs').Own} own
 * @param {Uint8Array} tarball of npm, as it is published
 * @returns {Record<string, string>} text by file name
 */
export function recipes(own, tarball) {
  const words = {
    ...wordsOf(own),
    VERSION: own.version,
    // A version of Arch has no hyphen.
    ARCHVERSION: own.version.replace('-', ''),
    LICENSE: own.license,
    TARBALL: `https://registry.npmjs.org/awsher/-/awsher-${own.version}.tgz`,
    SHA256: createHash('sha256').update(tarball).digest('hex'),
    SUMMARY: `${SUMMARY[0]?.toUpperCase()}${SUMMARY.slice(1)}`,
  };
  return Object.fromEntries(readdirSync(templates).map((name) => [name, fill(join(templates, name), words)]));
}
