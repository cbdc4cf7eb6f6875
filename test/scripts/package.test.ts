import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import JSZip from 'jszip';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../support/root.ts';

// needs: build

const manifest: { version: string; dependencies?: object } = JSON.parse(
  readFileSync(join(ROOT, 'package.json'), 'utf8'),
);
let folder: string;
let packages: string;
let tarball: string;

function run(program: string, args: string[], cwd: string, env: Record<string, string> = {}): string {
  const base = { PATH: process.env.PATH ?? '', HOME: folder, NO_COLOR: '1' };
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd,
    env: { ...base, ...env },
    encoding: 'utf8',
  });
  expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
  return stdout;
}

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'awsher-package-')));
  packages = join(folder, 'packages');
  tarball = join(packages, `awsher-${manifest.version}.tgz`);
  run(process.execPath, ['scripts/package.mjs', '--to', packages], ROOT, {
    HOME: process.env.HOME ?? folder,
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Parts that belong to another file have a hash in their name; there are some, and nothing else is beside them. */
const collapsed = (names: string[]) =>
  [...new Set(names.map((name) => name.replace(/(\/parts\/).*-[\w-]{8}\.js$/, '$1*.js')))].sort();

const EXTENSION = [
  'LICENSES.txt',
  ...['de', 'en', 'es', 'fr', 'ja', 'ko', 'pt_BR', 'zh_CN'].map((code) => `_locales/${code}/messages.json`),
  'background.js',
  'content.js',
  'icons/128.png',
  'icons/16.png',
  'icons/32.png',
  'icons/48.png',
  'icons/grey-16.png',
  'icons/grey-32.png',
  'manifest.json',
];
/** The schema of policies is Chromium's alone. */
const inExtension = (which: string) =>
  which.includes('chromium') ? [...EXTENSION, 'managed-schema.json'].sort() : EXTENSION;
/** Views and their parts come and go; what they may be is this. */
const VIEW = /^([a-z]+)\/\1\.html$|^parts\/([\w-]+\/)?[\w.-]+\.(js|css)$/;

describe('the npm tarball', () => {
  it('holds exactly what it takes', () => {
    const names = run('tar', ['-tzf', tarball], folder).split('\n').filter(Boolean);
    const own = names.map((name) => name.replace('package/', ''));
    const [extension, rest] = [
      own.filter((name) => name.startsWith('dist/extension/')),
      own.filter((name) => !name.startsWith('dist/extension/')),
    ];
    const docs = rest.filter((name) => /^docs\/[a-z0-9-]+\.md$/.test(name));
    expect(docs).toContain('docs/commands.md');
    expect(collapsed(rest.filter((name) => !docs.includes(name)))).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'SECURITY.md',
      'dist/cli/LICENSES.txt',
      'dist/cli/awsher-open.js',
      'dist/cli/awsher.js',
      'dist/cli/code-cache.js',
      'dist/cli/complete.js',
      'dist/cli/fast-credentials.js',
      'dist/cli/fast-prompt.js',
      'dist/cli/fast-status.js',
      'dist/cli/main.js',
      'dist/cli/package.json',
      'dist/cli/parts/*.js',
      'dist/cli/renewal-process.js',
      'dist/host/awsher-host.js',
      'dist/host/host-main.js',
      'dist/host/keep-fresh.js',
      'dist/host/package.json',
      'dist/host/parts/*.js',
      'dist/host/role-desk.js',
      'dist/host/run-doctor.js',
      'dist/host/running-sign-ins.js',
      'dist/host/sessions.js',
      'docs/awsher.1',
      'package.json',
    ]);
    for (const engine of ['chromium', 'firefox']) {
      const inside = extension
        .filter((name) => name.includes(`/${engine}/`))
        .map((name) => name.replace(`dist/extension/${engine}/`, ''));
      expect(inside.filter((name) => !VIEW.test(name)).sort()).toEqual(inExtension(engine));
    }
  });

  it('has a command and a host that load the rest only when it is needed', () => {
    for (const name of ['cli/awsher.js', 'host/awsher-host.js'])
      expect(`${name} ${statSync(join(ROOT, 'dist', name)).size < 8_000}`).toBe(`${name} true`);
  });

  it('needs no other package when it runs', () => {
    expect(manifest.dependencies).toBeUndefined();
  });

  it('installs into an empty folder without a network, and runs', () => {
    const prefix = join(folder, 'with space', 'prefix');
    const elsewhere = join(folder, 'elsewhere');
    for (const path of [prefix, elsewhere]) mkdirSync(path, { recursive: true });
    const npm = [
      'install',
      '-g',
      '--prefix',
      prefix,
      '--offline',
      '--cache',
      join(folder, 'cache'),
      '--no-audit',
      '--no-fund',
    ];
    run('npm', [...npm, tarball], elsewhere);
    const bin = (name: string) => join(prefix, 'bin', name);
    expect(run(bin('awsher'), ['--version'], elsewhere)).toBe(`${manifest.version}\n`);
    expect(run(bin('awsher'), ['status', '--json'], elsewhere)).toBe('[]\n');
    const report: { host: string } = JSON.parse(
      run(bin('awsher'), ['install', '--browser', 'firefox', '--dry-run', '--json'], elsewhere),
    );
    expect(report.host).toBe(join(prefix, 'lib/node_modules/awsher/dist/host/awsher-host.js'));
    expect(existsSync(report.host)).toBe(true);
    expect(existsSync(join(folder, '.local'))).toBe(false);
    run(bin('awsher'), ['install', '--browser', 'firefox'], elsewhere);
    const doctor = spawnSync(bin('awsher'), ['doctor', '--json'], {
      env: { HOME: folder, PATH: process.env.PATH },
      encoding: 'utf8',
    });
    const { checks }: { checks: { id: string; result: string }[] } = JSON.parse(doctor.stdout);
    expect(checks.filter(({ result }) => result === 'fail').map(({ id }) => id)).toEqual(['extension']);
    expect(existsSync(join(prefix, 'share/man/man1/awsher.1'))).toBe(true);
  });
});

describe('the bill of materials', () => {
  it('names each package whose code is in a bundle, and no other', () => {
    const bom: { components: { name: string; version: string; purl: string }[] } = JSON.parse(
      readFileSync(join(packages, 'sbom.cdx.json'), 'utf8'),
    );
    const listed = bom.components.map(({ name, version }) => `${name} ${version}`);
    expect(listed).toEqual([...new Set(listed)]);
    expect(listed.length).toBeGreaterThan(20);
    const licenses = run('tar', ['-xOzf', tarball, '--wildcards', 'package/dist/*LICENSES.txt'], folder);
    const bundled = [...licenses.matchAll(/^(\S+ \d\S*) \(\S.*\)$/gm)].map(([, one = '']) => one);
    expect([...new Set(bundled)].sort()).toEqual([...listed].sort());
    // What is installed here is what was bundled.
    for (const { name, version, purl } of bom.components) {
      const { version: here }: { version: string } = JSON.parse(
        readFileSync(join(ROOT, 'node_modules', name, 'package.json'), 'utf8'),
      );
      expect(`${name} ${version}`).toBe(`${name} ${here}`);
      expect(purl).toBe(`pkg:npm/${name.replace('@', '%40')}@${version}`);
    }
  });
});

describe('the packed extensions', () => {
  it.each(['awsher-chromium.zip', 'awsher-chromium-store.zip', 'awsher-firefox.xpi'])(
    '%s has its manifest at the top, and one date',
    async (name) => {
      const zip = await JSZip.loadAsync(readFileSync(join(packages, name)));
      const files = Object.values(zip.files);
      expect(Object.keys(zip.files)).toEqual(Object.keys(zip.files).sort());
      expect(files.map(({ name }) => name).filter((name) => !VIEW.test(name))).toEqual(inExtension(name));
      expect(new Set(files.map(({ date }) => date.toISOString()))).toEqual(
        new Set(['1980-01-01T00:00:00.000Z']),
      );
      const { version }: { version: string } = JSON.parse(
        (await zip.file('manifest.json')?.async('text')) ?? '{}',
      );
      expect(version).toBe(manifest.version.replace(/-.*/, ''));
    },
  );

  it('the one for stores differs in the key alone, which a store refuses', async () => {
    const manifestOf = async (name: string): Promise<Record<string, unknown>> => {
      const zip = await JSZip.loadAsync(readFileSync(join(packages, name)));
      return JSON.parse((await zip.file('manifest.json')?.async('text')) ?? '{}');
    };
    const { key, ...rest } = await manifestOf('awsher-chromium.zip');
    expect(key).toMatch(/^MII/);
    expect(await manifestOf('awsher-chromium-store.zip')).toEqual(rest);
  });

  it('are the same bytes when they are built again', () => {
    const code = `
      import { createHash } from 'node:crypto';
      import { readFileSync } from 'node:fs';
      const { buildExtension } = await import(${JSON.stringify(join(ROOT, 'scripts/build/extension.mjs'))});
      const { zipFolder } = await import(${JSON.stringify(join(ROOT, 'scripts/package/zip.mjs'))});
      for (const [engine, name] of [['chromium', 'awsher-chromium.zip'], ['firefox', 'awsher-firefox.xpi']]) {
        const dist = ${JSON.stringify(folder)} + '/again';
        await buildExtension(engine, dist);
        const bytes = await zipFolder(dist + '/extension/' + engine);
        console.log(engine, bytes.equals(readFileSync(${JSON.stringify(packages)} + '/' + name)));
      }`;
    const env = { TZ: 'Asia/Tokyo', HOME: process.env.HOME ?? folder };
    expect(run(process.execPath, ['--input-type=module', '-e', code], ROOT, env)).toBe(
      'chromium true\nfirefox true\n',
    );
  });
});
