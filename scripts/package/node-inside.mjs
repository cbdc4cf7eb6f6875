// For people without Node.js: an archive for each system, with a Node.js of its own beside what the npm tarball has
// (docs/decisions/2026-11-30-node-inside.md). Made on Linux; the same sources give the same bytes.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { root } from '../setup.mjs';
import { systemPackages } from './linux.mjs';
import { EPOCH, quietly, writeProgram } from './tools.mjs';
import { zipFolder } from './zip.mjs';

/** @type {Record<string, { package: string, integrity: string }>} by `process.platform` and `process.arch` */
const NODES = JSON.parse(readFileSync(join(root, 'packaging/node.json'), 'utf8'));
export const SYSTEMS = Object.keys(NODES);
const PROGRAMS = ['awsher', 'awsher-open'];

/**
 * @param {string} system one of `SYSTEMS`
 * @param {{ tarball: string, to: string, own: import('./words.mjs').Own }} what `tarball`: of npm
 * @returns {Promise<string[]>} the names of the files in `to`
 */
export async function packagesOf(system, { tarball, to, own }) {
  const work = mkdtempSync(join(tmpdir(), 'awsher-package-'));
  try {
    const [platform = '', arch = ''] = system.split('-');
    const top = `awsher-${own.version}-${system}`;
    const folder = join(work, top);
    mkdirSync(folder);
    quietly('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1']);
    putNode(folder, system);
    if (system === `${process.platform}-${process.arch}`) cachesOf(folder);
    const more =
      platform === 'linux' && (arch === 'x64' || arch === 'arm64')
        ? systemPackages(folder, { work, to, own, arch })
        : [];
    const name = platform === 'win32' ? await zip(folder, join(to, top)) : tar(work, top, to);
    return [name, ...more];
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function putNode(folder, system) {
  const node = join(folder, 'node');
  mkdirSync(node);
  const take = (from, path) =>
    quietly('tar', ['-xzf', pinned(from), '-C', node, '--strip-components=1', `package/${path}`]);
  take(system, system === 'win32-x64' ? 'bin/node.exe' : 'bin/node');
  // The package for Windows comes without the license.
  take(system === 'win32-x64' ? 'darwin-x64' : system, 'LICENSE');
}

/** The pinned Node.js of npm's registry, fetched once, and taken only when it has the bytes that packaging/node.json says. */
function pinned(system) {
  const known = NODES[system];
  if (!known) throw new Error(`there is no Node.js for ${system}, only for ${SYSTEMS.join(', ')}`);
  const { package: name, integrity } = known;
  const cache = join(root, '.tmp', 'node-inside');
  const file = join(cache, `${name.replace('@', '-')}.tgz`);
  if (!existsSync(file)) {
    mkdirSync(cache, { recursive: true });
    quietly('npm', ['pack', name, '--ignore-scripts', '--loglevel=error', '--pack-destination', cache]);
  }
  const found = `sha512-${createHash('sha512').update(readFileSync(file)).digest('base64')}`;
  if (found !== integrity) throw new Error(`${name} is not what packaging/node.json says: ${found}`);
  return file;
}

/** V8's code caches for that Node.js: nobody may write them later into a folder of root's. */
function cachesOf(folder) {
  for (const more of [[], ['host']])
    quietly(join(folder, 'node/bin/node'), [join(folder, 'dist/cli/code-cache.js'), ...more]);
}

/** Finds its folder also when it is started by a symbolic link. */
const launcher = (name) => `#!/bin/sh
self=$(readlink -f "$0") || exit 1
here=\${self%/bin/*}
exec "$here/node/bin/node" "$here/dist/cli/${name}.js" "$@"
`;

function tar(work, top, to) {
  mkdirSync(join(work, top, 'bin'));
  for (const name of PROGRAMS) writeProgram(join(work, top, 'bin', name), launcher(name));
  const file = `${top}.tar.gz`;
  const same = [
    '--sort=name',
    `--mtime=@${EPOCH}`,
    '--owner=0',
    '--group=0',
    '--numeric-owner',
    '--mode=go-w',
  ];
  quietly('tar', [...same, '-C', work, '-I', 'gzip -9n', '-cf', join(to, file), top]);
  return file;
}

/** Windows unpacks a zip by itself. */
async function zip(folder, path) {
  for (const name of PROGRAMS)
    writeFileSync(
      join(folder, `${name}.cmd`),
      `@"%~dp0node\\bin\\node.exe" "%~dp0dist\\cli\\${name}.js" %*\r\n`,
    );
  writeFileSync(`${path}.zip`, await zipFolder(folder));
  return basename(`${path}.zip`);
}
