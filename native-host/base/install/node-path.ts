import { type Machine, pathsOf } from './machine.ts';

type Here = Pick<Machine, 'system' | 'env' | 'paths' | 'disk' | 'execPath'>;

/**
 * The node that the launcher names: the one that runs this, by a path that survives its next update if there is one
 * (`/opt/homebrew/bin/node` rather than `/opt/homebrew/Cellar/node/22.3.0/bin/node`).
 */
export function stableNode(machine: Here): string {
  const { disk, execPath } = machine;
  const own = disk.real(execPath) ?? execPath;
  return nodeCandidates(machine).find((candidate) => disk.real(candidate) === own) ?? execPath;
}

/** Where else to look for a node when the one in the launcher is gone. Version managers' shims are left out. */
export function nodeCandidates(machine: Pick<Here, 'system' | 'env' | 'paths'>): string[] {
  const { env, paths, system } = machine;
  const { join } = pathsOf(machine);
  if (system === 'win32') {
    const programs = env.ProgramFiles || 'C:\\Program Files';
    return [join(programs, 'nodejs', 'node.exe')];
  }
  const ofHome = [
    '.nix-profile/bin/node',
    '.nvm/current/bin/node',
    '.local/share/fnm/aliases/default/bin/node',
    'Library/Application Support/fnm/aliases/default/bin/node',
    '.local/share/mise/installs/node/lts/bin/node',
    '.local/share/mise/installs/node/latest/bin/node',
    '.local/bin/node',
  ];
  const ofSystem = [
    '/usr/local/bin/node',
    '/opt/homebrew/bin/node',
    '/home/linuxbrew/.linuxbrew/bin/node',
    '/usr/bin/node',
    '/run/current-system/sw/bin/node',
    '/opt/local/bin/node',
    '/snap/node/current/bin/node',
  ];
  return [...ofSystem, ...ofHome.map((path) => join(paths.home, path))];
}
