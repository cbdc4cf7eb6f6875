import { readFileSync } from 'node:fs';

/** Exit code of the demo's other half when no browser is here. */
export const NO_BROWSER = 75;

/** System (ID or ID_LIKE of os-release), and the one command that installs a browser there. */
/** @type {[RegExp, string][]} */
const COMMANDS = [
  // Ubuntu has Chromium as a snap only, whose sandbox starts no native-messaging host.
  [
    /ubuntu/,
    'curl -fsSLo /tmp/chrome.deb https://dl.google.com/linux/direct/google-chrome-stable_current_amd64.deb && sudo apt-get install -y /tmp/chrome.deb',
  ],
  [/debian/, 'sudo apt-get install -y chromium libnss3-tools'],
  [/fedora|rhel|centos/, 'sudo dnf install -y chromium nss-tools'],
  [/arch/, 'sudo pacman -S --noconfirm chromium nss'],
  [/suse/, 'sudo zypper --non-interactive install chromium mozilla-nss-tools'],
  [/alpine/, 'sudo apk add chromium nss-tools'],
];

/** The one command that installs a browser on this system, or null when that is not known. */
export function browserInstallCommand(
  platform = process.platform,
  osRelease = readOsRelease(),
  isRoot = process.getuid?.() === 0,
) {
  if (platform === 'darwin') return 'brew install --cask google-chrome';
  if (platform === 'win32') return 'winget install --exact --id Google.Chrome';
  const ids = [...osRelease.matchAll(/^ID(?:_LIKE)?=(.*)$/gm)].map(([, value]) => value).join(' ');
  const command = COMMANDS.find(([system]) => system.test(ids))?.[1] ?? null;
  return isRoot ? (command?.replace('sudo ', '') ?? null) : command;
}

function readOsRelease() {
  try {
    return readFileSync('/etc/os-release', 'utf8');
  } catch {
    return '';
  }
}
