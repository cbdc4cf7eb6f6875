import { chmodSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import ids from '../../../../manifests/ids.json' with { type: 'json' };
import { readLauncher, shLauncher } from '../../../../native-host/base/install/launcher.ts';
import type { Break } from './breaks.ts';
import { type Changes, type Patient, put } from './patient.ts';

const chromiumManifest = ({ home }: Patient) =>
  join(home, '.config/chromium/NativeMessagingHosts', `${ids.host}.json`);
const firefoxManifest = ({ home }: Patient) =>
  join(home, '.mozilla/native-messaging-hosts', `${ids.host}.json`);
const launcher = ({ paths }: Patient) => join(paths.dataDir, 'awsher-host');

function fail(): never {
  throw new Error('the patient has no launcher');
}

function changeJson(file: string, change: (value: Record<string, unknown>) => void): Changes {
  const value: Record<string, unknown> = JSON.parse(readFileSync(file, 'utf8'));
  change(value);
  put(file, JSON.stringify(value));
  return {};
}

const policy = (values: object): Changes => ({
  overlay: { '/etc/chromium/policies/managed/company.json': JSON.stringify(values) },
});

/** Node, package, manifests, launcher, host, policies. */
export const HOST_BREAKS: readonly Break[] = [
  {
    what: 'node is too old',
    fails: ['node'],
    says: /20\.18\.3 is too old/,
    next: /install a newer Node/,
    breaks: () => ({ nodeVersion: '20.18.3' }),
  },
  {
    what: 'a part of the package is gone',
    fails: ['package'],
    says: /missing: .*awsher-host\.js/,
    next: /npm install -g awsher/,
    breaks: (patient) => ({ packageRoot: patient.home }),
  },
  {
    what: 'WSL that starts no Windows programs',
    fails: ['place'],
    says: /WSL .*cannot be started/,
    next: /wsl\.conf/,
    breaks: (patient) => ({ env: { ...patient.context().env, DISPLAY: '', WSL_DISTRO_NAME: 'Debian' } }),
  },
  {
    what: 'the browser reads another config than this shell',
    fails: ['same-files'],
    says: /AWS_CONFIG_FILE: this shell reads ~\/\.aws\/config, the browser ~\/elsewhere/,
    next: /run `awsher install`/,
    breaks: (patient) => {
      const { files: _none, ...named } =
        readLauncher(readFileSync(launcher(patient), 'utf8'), patient.home) ?? fail();
      const files = { AWS_CONFIG_FILE: join(patient.home, 'elsewhere') };
      put(launcher(patient), shLauncher({ ...named, fallbacks: [], home: patient.home, files }));
      chmodSync(launcher(patient), 0o755);
      return {};
    },
  },
  {
    what: 'a manifest is gone',
    fails: ['manifests'],
    says: /Chromium: .*does not exist/,
    next: /awsher install --browser chromium/,
    breaks: (patient) => {
      rmSync(chromiumManifest(patient));
      return {};
    },
    mends: true,
  },
  {
    what: 'a manifest is half a file',
    fails: ['manifests'],
    says: /Chromium: .*is not a JSON object/,
    next: /awsher install/,
    breaks: (patient) => {
      put(chromiumManifest(patient), '{"name": ');
      return {};
    },
    mends: true,
  },
  {
    what: 'a manifest names another extension',
    fails: ['manifests'],
    says: /does not let the extension chrome-extension:\/\/.* in/,
    next: /--browser chromium/,
    breaks: (patient) =>
      changeJson(chromiumManifest(patient), (it) =>
        Object.assign(it, { allowed_origins: ['chrome-extension://other/'] }),
      ),
    mends: true,
  },
  {
    what: "Firefox's manifest has Chromium's key",
    fails: ['manifests'],
    says: /Firefox: .*the key allowed_origins, which does not belong there/,
    next: /--browser firefox/,
    breaks: (patient) =>
      changeJson(firefoxManifest(patient), (it) => Object.assign(it, { allowed_origins: [] })),
    mends: true,
  },
  {
    what: 'a manifest names a program that is gone',
    fails: ['manifests', 'handshake'],
    says: /names \/gone\/awsher-host, which does not exist/,
    next: /--browser firefox/,
    breaks: (patient) =>
      changeJson(firefoxManifest(patient), (it) => Object.assign(it, { path: '/gone/awsher-host' })),
    mends: true,
  },
  {
    what: 'the launcher names a node that is gone',
    fails: ['launcher'],
    says: /names the node \/gone\/node, which is gone/,
    next: /awsher install/,
    breaks: (patient) => {
      const text = readFileSync(launcher(patient), 'utf8').replace(/^node=.*$/m, "node='/gone/node'");
      put(launcher(patient), text, 0o755);
      return {};
    },
    mends: true,
  },
  {
    what: 'the launcher may not be run',
    fails: ['manifests', 'launcher', 'handshake'],
    says: /is not executable/,
    next: /awsher install/,
    breaks: (patient) => {
      chmodSync(launcher(patient), 0o600);
      return {};
    },
    mends: true,
  },
  {
    what: 'the host says nothing',
    fails: ['handshake'],
    says: /the host started, but it ended with code 0/,
    next: /awsher install/,
    breaks: (patient) => {
      const host = join(patient.home, 'mute.cjs');
      put(host, '// Ends at once.');
      const text = shLauncher({ node: process.execPath, host, fallbacks: [], home: patient.home, files: {} });
      put(launcher(patient), text, 0o755);
      return {};
    },
  },
  {
    what: 'the host prints',
    fails: ['launcher', 'handshake'],
    says: /writes something to stdout that is no message|writes to stdout before/,
    next: /awsher install/,
    breaks: (patient) => {
      const host = join(patient.home, 'loud.cjs');
      put(host, 'console.log("Debugger attached and more"); process.stdin.resume()');
      const text = shLauncher({ node: process.execPath, host, fallbacks: [], home: patient.home, files: {} });
      put(launcher(patient), text, 0o755);
      return {};
    },
  },
  {
    what: 'a policy allows no hosts of users',
    fails: ['policies'],
    says: /NativeMessagingUserLevelHosts is off/,
    next: /awsher install --system/,
    breaks: () => policy({ NativeMessagingUserLevelHosts: false }),
  },
  {
    what: 'a policy blocks all hosts',
    fails: ['policies'],
    says: /NativeMessagingBlocklist blocks/,
    next: new RegExp(`"${ids.host}" to the policy NativeMessagingAllowlist`),
    breaks: () => policy({ NativeMessagingBlocklist: ['*'], NativeMessagingAllowlist: ['com.other'] }),
  },
  {
    what: 'a policy blocks all extensions',
    fails: ['policies'],
    says: /a policy blocks the extension/,
    next: /ExtensionInstallAllowlist/,
    breaks: () => policy({ ExtensionSettings: { '*': { installation_mode: 'blocked' } } }),
  },
];
