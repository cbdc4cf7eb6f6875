import ids from '../../../manifests/ids.json';
import { type JsonObject, jsonObject } from '../../base/formats/json.ts';
import type { Browser } from '../../base/install/browsers-table.ts';
import { HOST_NAME } from '../../base/install/host-manifest.ts';
import { type Machine, pathsOf } from '../../base/install/machine.ts';
import { inline } from './check.ts';

/** What is wrong with a host manifest, as the end of a sentence that begins with its path; undefined when nothing is. */
export function manifestProblem(
  file: string,
  family: Browser['family'],
  machine: Machine,
): string | undefined {
  const { disk } = machine;
  const kind = disk.kind(file);
  if (kind === undefined) return 'does not exist';
  const text = kind === 'file' ? disk.read(file) : undefined;
  if (text === undefined) return 'cannot be read';
  const manifest = jsonObject(text);
  if (manifest === undefined) return 'is not a JSON object';
  return keysProblem(manifest, family) ?? idsProblem(manifest, family) ?? pathProblem(manifest.path, machine);
}

/** The program that a manifest names, as far as it can be read. */
export function programOfManifest(file: string, { disk }: Pick<Machine, 'disk'>): string | undefined {
  const path = jsonObject(disk.read(file) ?? '')?.path;
  return typeof path === 'string' ? path : undefined;
}

const CALLERS = { chromium: 'allowed_origins', gecko: 'allowed_extensions' } as const;

/** Firefox refuses a manifest with a key that it does not know, and both refuse each other's list of callers. */
function keysProblem(manifest: JsonObject, family: Browser['family']): string | undefined {
  const wanted = ['name', 'description', 'path', 'type', CALLERS[family]];
  const missing = wanted.filter((key) => !(key in manifest));
  if (missing.length > 0) return `has no key ${missing.join(', ')}`;
  const foreign = Object.keys(manifest).filter((key) => !wanted.includes(key));
  if (foreign.length > 0) return `has the key ${inline(foreign.join(', '))}, which does not belong there`;
  if (manifest.name !== HOST_NAME) return `names a host other than ${HOST_NAME}`;
  return manifest.type === 'stdio' ? undefined : 'has a type other than stdio';
}

function idsProblem(manifest: JsonObject, family: Browser['family']): string | undefined {
  const listed = manifest[CALLERS[family]];
  const wanted =
    family === 'chromium' ? ids.chromium.map((id) => `chrome-extension://${id}/`) : [ids.firefox];
  const missing = wanted.filter((id) => !Array.isArray(listed) || !listed.includes(id));
  return missing.length === 0 ? undefined : `does not let the extension ${missing.join(', ')} in`;
}

function pathProblem(path: unknown, machine: Machine): string | undefined {
  const { disk, system } = machine;
  if (typeof path !== 'string') return 'has a path that is not text';
  if (!pathsOf(machine).isAbsolute(path)) return `names ${inline(path)}, which is not an absolute path`;
  if (disk.kind(path) !== 'file') return `names ${inline(path)}, which does not exist`;
  const executable = system === 'win32' || ((disk.mode(path) ?? 0) & 0o111) !== 0;
  return executable ? undefined : `names ${inline(path)}, which is not executable`;
}
