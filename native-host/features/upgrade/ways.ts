/** How this awsher came here, and what brings a newer one. */
export interface Way {
  /** `npm`, `deb`, `Homebrew`... */
  readonly name: string;
  /** What to type or do, with TAG for npm's `latest` or `next`; `awsher install` comes after it, for the host's code cache. */
  readonly command: string;
}

/** The first row whose pattern is found in the path of the package's folder, written with `/`. */
const BY_PATH: readonly (readonly [pattern: RegExp, way: Way])[] = [
  [/\/Cellar\/|\/homebrew\/|\/linuxbrew\//, { name: 'Homebrew', command: 'brew upgrade awsher' }],
  [/\/scoop\/apps\//i, { name: 'Scoop', command: 'scoop update awsher' }],
  [/\/WinGet\/Packages\//i, { name: 'winget', command: 'winget upgrade awsher' }],
  [/^\/nix\/store\//, { name: 'Nix', command: 'update the flake or channel that awsher comes from' }],
  [/\/pnpm\/(?:.*\/)?node_modules\/awsher$/, { name: 'pnpm', command: 'pnpm add -g awsher@TAG' }],
  [/\/\.bun\/.*\/node_modules\/awsher$/, { name: 'Bun', command: 'bun add -g awsher@TAG' }],
  [/\/node_modules\/awsher$/, { name: 'npm', command: 'npm install -g awsher@TAG' }],
];

/** Files of package managers that list what they have put into `/usr/lib/awsher`. */
const BY_RECORD: readonly (readonly [file: string, way: Way])[] = [
  [
    '/var/lib/dpkg/info/awsher.list',
    { name: 'deb', command: 'download its .deb, sudo apt install ./awsher_*.deb' },
  ],
  ['/var/lib/pacman/local', { name: 'pacman', command: 'update awsher-bin with your AUR helper' }],
  ['/usr/lib/sysimage/rpm', { name: 'rpm', command: 'download its .rpm, sudo dnf install ./awsher-*.rpm' }],
  ['/var/lib/rpm', { name: 'rpm', command: 'download its .rpm, sudo dnf install ./awsher-*.rpm' }],
];

const SOURCES: Way = { name: 'sources', command: 'git pull && npm run package' };
const ARCHIVE: Way = {
  name: 'archive',
  command: 'unpack the new archive over this one',
};

/**
 * How the package in this folder was installed. Pure but for `exists`.
 *
 * @param packageRoot absolute, behind symbolic links
 * @param exists whether there is a file or folder of that path
 */
export function wayOf(packageRoot: string, exists: (path: string) => boolean): Way {
  const path = packageRoot.replaceAll('\\', '/');
  const byPath = BY_PATH.find(([pattern]) => pattern.test(path));
  if (byPath) return byPath[1];
  if (path === '/usr/lib/awsher') return BY_RECORD.find(([file]) => exists(file))?.[1] ?? ARCHIVE;
  return exists(`${path}/.git`) ? SOURCES : ARCHIVE;
}
