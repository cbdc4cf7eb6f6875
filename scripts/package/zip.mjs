// A zip archive whose bytes depend on names and contents alone: entries in the order of their names, one date, one mode,
// no extra fields, and a compressor in JavaScript, so that no version of zlib has a say.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import JSZip from 'jszip';

/** The first moment that a zip can express. */
const DATE = new Date('1980-01-01T00:00:00Z');

/**
 * @param {string} folder
 * @param {Record<string, string | Buffer>} instead contents that take the place of a file's own, by name
 * @returns {Promise<Buffer>} its files as a zip
 */
export function zipFolder(folder, instead = {}) {
  const names = readdirSync(folder, { recursive: true })
    .map((name) => String(name).replaceAll('\\', '/'))
    .filter((name) => statSync(join(folder, name)).isFile())
    .sort((one, other) => (one < other ? -1 : 1));
  const zip = new JSZip();
  for (const name of names) {
    zip.file(name, instead[name] ?? readFileSync(join(folder, name)), {
      date: DATE,
      unixPermissions: 0o644,
      createFolders: false,
    });
  }
  return zip.generateAsync({
    type: 'nodebuffer',
    platform: 'UNIX',
    compression: 'DEFLATE',
    compressionOptions: { level: 9 },
  });
}
