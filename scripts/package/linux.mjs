// The .deb and the .rpm, with the folder of node-inside.mjs in them. Made by dpkg-deb and rpmbuild; the same sources give the same bytes.
import { createHash } from 'node:crypto';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { root } from '../setup.mjs';
import { EPOCH, quietly, writeProgram } from './tools.mjs';
import { fill, paragraphs, wordsOf } from './words.mjs';

/** Where a system's package has everything; `awsher upgrade` knows it too. */
const PREFIX = '/usr/lib/awsher';
/** What Debian and Fedora call a processor. */
const ARCHITECTURES = { x64: { deb: 'amd64', rpm: 'x86_64' }, arm64: { deb: 'arm64', rpm: 'aarch64' } };

/**
 * @typedef {import('./words.mjs').Own} Own
 * @param {string} folder of the archive, as it was before it got programs of its own in `bin`
 * @param {{ work: string, to: string, own: Own, arch: 'x64' | 'arm64' }} what
 * @returns {string[]} the names of the files in `to`
 */
export function systemPackages(folder, { work, to, own, arch }) {
  const tree = join(work, 'tree');
  systemTree(tree, folder);
  const name = `awsher_${own.version}_${ARCHITECTURES[arch].deb}.deb`;
  deb(tree, join(to, name), own, arch);
  return [name, rpm(tree, work, to, own, arch)];
}

/** The files of a system's package: programs that name their Node.js, man page, completions. */
function systemTree(tree, archive) {
  const own = join(tree, PREFIX);
  mkdirSync(dirname(own), { recursive: true });
  cpSync(archive, own, { recursive: true });
  const bin = join(tree, 'usr/bin');
  mkdirSync(bin, { recursive: true });
  for (const name of ['awsher', 'awsher-open']) {
    const script = join(own, 'dist/cli', `${name}.js`);
    const text = readFileSync(script, 'utf8');
    writeProgram(script, text.replace('#!/usr/bin/env node', `#!${PREFIX}/node/bin/node`));
    symlinkSync(`../lib/awsher/dist/cli/${name}.js`, join(bin, name));
  }
  const put = (path, bytes) => {
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    writeFileSync(join(tree, path), bytes);
  };
  put('usr/share/man/man1/awsher.1.gz', gzipSync(readFileSync(join(own, 'docs/awsher.1')), { level: 9 }));
  symlinkSync('awsher.1.gz', join(tree, 'usr/share/man/man1/awsher-open.1.gz'));
  const completions = {
    bash: 'bash-completion/completions/awsher',
    zsh: 'zsh/site-functions/_awsher',
    fish: 'fish/vendor_completions.d/awsher.fish',
  };
  for (const [shell, path] of Object.entries(completions)) {
    const { stdout } = quietly(process.execPath, [join(archive, 'dist/cli/awsher.js'), 'completion', shell]);
    put(`usr/share/${path}`, stdout);
  }
}

/** @param {string} tree @param {string} file @param {Own} own @param {'x64' | 'arm64'} arch */
function deb(tree, file, own, arch) {
  const more = mkdtempSync(join(tmpdir(), 'awsher-deb-'));
  try {
    cpSync(tree, more, { recursive: true, verbatimSymlinks: true });
    const doc = join(more, 'usr/share/doc/awsher');
    mkdirSync(doc, { recursive: true });
    writeFileSync(join(doc, 'changelog.gz'), gzipSync(fillIn('changelog', wordsOf(own)), { level: 9 }));
    const license = paragraphs(readFileSync(join(root, 'LICENSE'), 'utf8').trim());
    writeFileSync(join(doc, 'copyright'), fillIn('copyright', { ...wordsOf(own), LICENSE: license }));
    mkdirSync(join(more, 'usr/share/lintian/overrides'), { recursive: true });
    cpSync(template('lintian-overrides'), join(more, 'usr/share/lintian/overrides/awsher'));
    const zsh = join(more, 'usr/share/zsh');
    mkdirSync(join(zsh, 'vendor-completions'));
    cpSync(join(zsh, 'site-functions/_awsher'), join(zsh, 'vendor-completions/_awsher'));
    rmSync(join(zsh, 'site-functions'), { recursive: true });
    const files = filesOf(more);
    const size = Math.ceil(files.reduce((sum, path) => sum + statSync(join(more, path)).size, 0) / 1024);
    mkdirSync(join(more, 'DEBIAN'));
    const words = { ...wordsOf(own), ARCH: ARCHITECTURES[arch].deb, SIZE: String(size) };
    writeFileSync(join(more, 'DEBIAN/control'), fillIn('control', words));
    const sums = files.map((path) => `${md5(readFileSync(join(more, path)))}  ${path}\n`);
    writeFileSync(join(more, 'DEBIAN/md5sums'), sums.join(''));
    quietly('chmod', ['-R', 'u=rwX,go=rX', more]);
    quietly('dpkg-deb', ['--root-owner-group', '-Zxz', '-z2', '--build', more, file], {
      SOURCE_DATE_EPOCH: EPOCH,
    });
  } finally {
    rmSync(more, { recursive: true, force: true });
  }
}

/** @returns {string} the file's name */
function rpm(tree, work, to, own, arch) {
  const spec = join(work, 'awsher.spec');
  const { rpm: target } = ARCHITECTURES[arch];
  writeFileSync(spec, fillIn('awsher.spec', wordsOf(own)));
  const made = join(work, 'made');
  const defines = {
    _topdir: join(work, 'rpm'),
    _rpmdir: made,
    _buildhost: 'localhost',
    use_source_date_epoch_as_buildtime: '1',
    clamp_mtime_to_source_date_epoch: '1',
    _binary_payload: 'w3.zstdio',
  };
  const args = Object.entries(defines).flatMap(([name, value]) => ['--define', `${name} ${value}`]);
  const build = ['-bb', '--nodeps', '--target', target, '--buildroot', tree, '--noclean', ...args, spec];
  quietly('rpmbuild', build, { SOURCE_DATE_EPOCH: EPOCH, HOME: work });
  const name = `awsher-${own.version}.${target}.rpm`;
  const [file = ''] = filesOf(made).filter((path) => path.endsWith('.rpm'));
  cpSync(join(made, file), join(to, name));
  return name;
}

const template = (name) => join(root, 'packaging/linux', name);
const fillIn = (name, words) => fill(template(name), words);

const filesOf = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();

const md5 = (bytes) => createHash('md5').update(bytes).digest('hex');
