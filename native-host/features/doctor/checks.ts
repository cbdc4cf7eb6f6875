import type { Check } from './check.ts';
import { browserVariable } from './checks/browser-variable.ts';
import { clock } from './checks/clock.ts';
import { config } from './checks/config.ts';
import { conflicts } from './checks/conflicts.ts';
import { extension } from './checks/extension.ts';
import { handshake } from './checks/handshake.ts';
import { launcher } from './checks/launcher.ts';
import { locale } from './checks/locale.ts';
import { manifests } from './checks/manifests.ts';
import { modes } from './checks/modes.ts';
import { network } from './checks/network.ts';
import { nodeVersion } from './checks/node-version.ts';
import { otherTools } from './checks/other-tools.ts';
import { ownership } from './checks/ownership.ts';
import { packageParts } from './checks/package.ts';
import { pages } from './checks/pages.ts';
import { policies } from './checks/policies.ts';
import { remoteShell } from './checks/remote-shell.ts';
import { runFolderCheck } from './checks/run-folder.ts';
import { sameFiles } from './checks/same-files.ts';
import { sandbox } from './checks/sandbox.ts';
import { systemTrust } from './checks/system-trust.ts';
import { tokens } from './checks/tokens.ts';
import { versions } from './checks/versions.ts';

/** Every check, in the order in which a person would look: the ground first, then the way to the browser, files, AWS. */
export const CHECKS: readonly Check[] = [
  nodeVersion,
  packageParts,
  ownership,
  remoteShell,
  manifests,
  launcher,
  systemTrust,
  sameFiles,
  locale,
  handshake,
  sandbox,
  policies,
  runFolderCheck,
  extension,
  versions,
  pages,
  browserVariable,
  otherTools,
  config,
  conflicts,
  modes,
  tokens,
  network,
  clock,
];
