import { expect, it } from 'vitest';
import { wayOf } from '../../../../native-host/features/upgrade/ways.ts';

const DPKG = '/var/lib/dpkg/info/awsher.list';

it.each([
  ['/usr/local/lib/node_modules/awsher', [], 'npm'],
  ['/home/u/.nvm/versions/node/v24.1.0/lib/node_modules/awsher', [], 'npm'],
  ['C:\\Users\\u\\AppData\\Roaming\\npm\\node_modules\\awsher', [], 'npm'],
  ['/home/u/.local/share/pnpm/global/5/.pnpm/awsher@1.0.0/node_modules/awsher', [], 'pnpm'],
  ['/home/u/.bun/install/global/node_modules/awsher', [], 'Bun'],
  ['/opt/homebrew/Cellar/awsher/1.0.0/libexec', [], 'Homebrew'],
  ['/home/linuxbrew/.linuxbrew/Cellar/awsher/1.0.0/libexec/lib/node_modules/awsher', [], 'Homebrew'],
  ['C:\\Users\\u\\scoop\\apps\\awsher\\1.0.0', [], 'Scoop'],
  ['C:\\Users\\u\\AppData\\Local\\Microsoft\\WinGet\\Packages\\awsher_x\\awsher', [], 'winget'],
  ['/nix/store/abc-awsher-1.0.0/lib/node_modules/awsher', [], 'Nix'],
  ['/usr/lib/awsher', [DPKG, '/var/lib/rpm'], 'deb'],
  ['/usr/lib/awsher', ['/usr/lib/sysimage/rpm'], 'rpm'],
  ['/usr/lib/awsher', ['/var/lib/pacman/local'], 'pacman'],
  ['/usr/lib/awsher', [], 'archive'],
  ['/home/u/awsher-1.0.0-linux-x64', [DPKG], 'archive'],
  ['/home/u/src/awsher', ['/home/u/src/awsher/.git'], 'sources'],
])('%s with %j was installed by %s', (root, there: string[], name) => {
  expect(wayOf(root, (path) => there.includes(path)).name).toBe(name);
});
