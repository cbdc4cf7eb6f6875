import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import data from '../../../manifests/browsers.json';
import { isSafeName } from '../../../shared/aws/safe-name.ts';
import { inspectConfigFile } from '../../base/files/config-file.ts';
import type { Paths } from '../../base/files/paths.ts';
import { readText } from '../../base/files/read-file.ts';
import { readSharedConfig } from '../../base/formats/profiles.ts';
import { fastContext, writeOut } from '../../base/platform/fast-context.ts';

/**
 * `awsher complete KIND`, which the completion scripts call at a press of Tab: the names, one a line. Before any parser,
 * and never an error: whoever presses Tab wants names or nothing.
 */
export function complete(kind: string | undefined): void {
  const names = namesOf(kind, fastContext().paths);
  try {
    if (names.length > 0) writeOut(`${names.join('\n')}\n`);
  } catch {
    // See above.
  }
}

/** Only names that no shell can take for anything else. */
export function namesOf(kind: string | undefined, paths: Paths): string[] {
  try {
    return lookUp(kind, paths).filter(isSafeName);
  } catch {
    return [];
  }
}

function lookUp(kind: string | undefined, paths: Paths): string[] {
  switch (kind) {
    case 'session':
      return [...config(paths).ssoSessions.keys()];
    case 'profile':
      return [...config(paths).profiles.keys()];
    case 'browser':
      return data.browsers.map(({ id }) => id);
    case 'label':
      return labels(paths.runDir);
    default:
      return [];
  }
}

/** Also of a config that SDKs reject: its names are what the person wants to type. */
function config(paths: Paths) {
  return readSharedConfig(inspectConfigFile(paths.configFile), inspectConfigFile(paths.credentialsFile));
}

function labels(folder: string): string[] {
  const files = readdirSync(folder).filter((name) => /^host-\d+\.json$/.test(name));
  const found = files.flatMap((name) => {
    const value: unknown = JSON.parse(readText(join(folder, name)));
    if (typeof value !== 'object' || value === null || !('label' in value && 'browser' in value)) return [];
    return [value.label || value.browser].filter((label) => typeof label === 'string');
  });
  return [...new Set(found)];
}
