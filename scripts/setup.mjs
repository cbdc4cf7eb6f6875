// What a fresh clone needs before anything else runs. Only Node's own modules may be imported here.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

const MIN_NODE = [20, 19];

/** Ends with one sentence on a Node that is too old. */
export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > MIN_NODE[0] || (major === MIN_NODE[0] && minor >= MIN_NODE[1])) return;
  console.error(`awsher needs Node ${MIN_NODE.join('.')} or newer; this is ${process.versions.node}.`);
  process.exit(1);
}

/**
 * Whether what is installed is not what package-lock.json says, by versions and sums: times tell nothing, for a clone or a
 * branch writes the file anew. Packages for other platforms need not be there.
 */
export function packagesMissing(folder = root) {
  const read = (...place) => JSON.parse(readFileSync(join(folder, ...place), 'utf8')).packages;
  const marker = ['node_modules', '.package-lock.json'];
  if (!existsSync(join(folder, ...marker))) return true;
  const installed = read(...marker);
  const { '': _, ...wanted } = read('package-lock.json');
  const isSame = (one, other) => one.version === other?.version && one.integrity === other.integrity;
  return (
    Object.keys(installed).some((place) => !(place in wanted)) ||
    Object.entries(wanted).some(([place, entry]) => {
      if (place in installed) return !isSame(entry, installed[place]);
      return !entry.optional;
    })
  );
}

/** Installs the packages of package-lock.json unless they are there already. */
export function installPackages() {
  if (!packagesMissing()) return false;
  run('npm', ['ci', '--include=dev', '--no-audit', '--no-fund'], {
    quiet: true,
    what: 'install the packages',
  });
  return true;
}

/** Runs a program to its end; ends this one with its output when it fails. */
export function run(
  command,
  args,
  { quiet = false, what = `${command} ${args.join(' ')}`, env = process.env } = {},
) {
  const result = spawnSync(command, args, {
    cwd: root,
    env,
    stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    encoding: 'utf8',
    shell: process.platform === 'win32' && command === 'npm',
  });
  if (result.status === 0) return result;
  if (quiet) process.stderr.write(`${result.stdout ?? ''}${result.stderr ?? ''}`);
  console.error(`Could not ${what}${result.error ? `: ${result.error.message}` : ''}.`);
  process.exit(result.status || 1);
}

/** Whether this is Debian or Ubuntu with the right to install packages. */
export function mayInstallDebianPackages() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  try {
    return /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return false;
  }
}

/** What every picture of a view needs: two browsers, and fonts for Latin, Chinese, Japanese and Korean. */
export const viewPackages = [
  'chromium',
  'firefox-esr',
  'libnss3-tools',
  'fonts-dejavu-core',
  'fonts-noto-cjk',
];

/** Installs Debian packages that are not there yet, all at once, and shows how far it is. Returns whether all are there. */
export async function installDebianPackages(names) {
  const installed = spawnSync('dpkg-query', ['-W', '-f=${Package} ${db:Status-Status}\\n', ...names], {
    encoding: 'utf8',
  });
  const there = new Set(installed.stdout?.split('\n'));
  const missing = names.filter((name) => !there.has(`${name} installed`));
  if (missing.length === 0) return true;
  if (!mayInstallDebianPackages()) return false;
  console.error(`Installing Debian packages, once: ${missing.join(' ')}`);
  const install = ['install', '-y', '-qq', '--no-install-recommends', ...missing];
  return (await aptGet(['update', '-qq'])) && (await aptGet(install));
}

/** Runs apt-get and tells every tenth of its work. */
function aptGet(args) {
  return new Promise((resolve) => {
    const child = spawn('apt-get', ['-o', 'APT::Status-Fd=3', ...args], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
    });
    let told = '';
    child.stdio[3]?.on('data', (chunk) => {
      const text = String(chunk);
      for (const [, kind, percent] of text.matchAll(/^(dl|pm)status:[^\n]*?:([\d.]+):/gm)) {
        const line = `  ${kind === 'dl' ? 'fetched' : 'set up'} ${Math.floor(Number(percent) / 10) * 10} %`;
        if (line !== told) console.error(line);
        told = line;
      }
    });
    child.on('error', () => resolve(false));
    child.on('close', (code) => resolve(code === 0));
  });
}

/** Builds `dist/` when a source is newer than it. */
export function build() {
  run(process.execPath, ['scripts/build.mjs', '--if-needed'], { quiet: true, what: 'build' });
}
