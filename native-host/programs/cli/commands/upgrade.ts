import { existsSync } from 'node:fs';
import { machineOf } from '../../../base/install/machine.ts';
import { ownPlaces } from '../../../base/install/places.ts';
import { isNewer } from '../../../base/link/versions.ts';
import type { Context } from '../../../base/platform/context.ts';
import { packageRoot } from '../../../base/platform/package-root.ts';
import { VERSION } from '../../../base/platform/version.ts';
import { newestVersion, REGISTRY } from '../../../features/upgrade/newest.ts';
import { type Way, wayOf } from '../../../features/upgrade/ways.ts';
import { type Command, flag, type Invocation, text } from '../command.ts';
import { EXIT } from '../exit.ts';
import { createOutput } from '../output.ts';

export const command: Command = {
  declaration: {
    name: 'upgrade',
    summary: 'Show how to upgrade awsher, and check for a newer version',
    description:
      "Installs nothing. With --check it makes one request to npm's registry; if an administrator installed awsher for all users, only to a registry that you name.",
    options: [
      { flag: '--check', description: 'Ask which version is the newest' },
      {
        flag: '--registry',
        value: 'URL',
        description: "Ask this registry (default: npm_config_registry, else npm's own)",
      },
    ],
    examples: ['awsher upgrade --check', 'awsher upgrade --check --json'],
  },
  run: (context, invocation) => upgrade(context, invocation),
};

/** What a test may put in the place of this installation. */
export interface Installed {
  readonly version: string;
  /** The package's folder. */
  readonly root: string;
  readonly exists: (path: string) => boolean;
}

export async function upgrade(
  context: Context,
  invocation: Invocation,
  { version, root, exists }: Installed = { version: VERSION, root: packageRoot(), exists: existsSync },
): Promise<number> {
  const output = createOutput(context, invocation);
  const way = wayOf(root, exists);
  const named = text(invocation, 'registry') ?? context.env.npm_config_registry;
  const managed = exists(ownPlaces(machineOf(context), true).record);
  const asked = flag(invocation, 'check') && (named !== undefined || !managed);
  const { env, signal } = context;
  const found = asked ? await newestVersion(version, named ?? REGISTRY, { env, signal }) : null;
  const newer = found === null ? null : isNewer(found.version, version);
  if (output.json) {
    const newest = found?.version ?? null;
    output.data({ version, installed: way.name, folder: root, managed, newest, newer });
    return EXIT.done;
  }
  output.answer(`awsher ${version}, installed from ${way.name}: ${root}`);
  if (found !== null && newer) {
    output.answer(`${found.version} is newer: ${commandFor(way, found.tag)}, then awsher install`);
  } else if (found !== null) output.answer('This is the newest version.');
  else if (managed)
    output.answer('An administrator installed it for all users of this computer, and upgrades it.');
  else output.tell('`awsher upgrade --check` asks whether there is a newer one.');
  return EXIT.done;
}

const commandFor = ({ command }: Way, tag: string): string => command.replace('TAG', tag);
