import * as v from 'valibot';
import data from '../../../manifests/policies.json';
import { type JsonObject, jsonObject } from '../../base/formats/json.ts';
import { systemProgram } from '../../base/platform/system-program.ts';
import type { DoctorContext } from './context.ts';

const schema = v.strictObject({
  policies: v.array(
    v.strictObject({
      browsers: v.array(v.string()),
      name: v.string(),
      /** Folders of JSON files. */
      linux: v.array(v.string()),
      /** Domain of managed preferences. */
      darwin: v.string(),
      /** Key below HKLM and HKCU. */
      win32: v.string(),
    }),
  ),
});

/** Policies that an administrator has set for one browser, with the place that they stand in. */
export interface PolicySource {
  readonly name: string;
  readonly browsers: readonly string[];
  readonly place: string;
  readonly values: JsonObject;
}

/** Every policy that is set on this computer for a browser of the Chromium family. What cannot be read is left out. */
export async function policySources(context: DoctorContext): Promise<PolicySource[]> {
  const { policies } = v.parse(schema, data);
  const found = await Promise.all(
    policies.map(async (policy) => {
      const { name, browsers } = policy;
      return (await places(policy, context)).map((read) => ({ name, browsers, ...read }));
    }),
  );
  return found.flat();
}

type Policy = v.InferOutput<typeof schema>['policies'][number];
type Read = Pick<PolicySource, 'place' | 'values'>;

function places(policy: Policy, context: DoctorContext): Promise<Read[]> | Read[] {
  switch (context.machine.system) {
    case 'linux':
      return policy.linux.flatMap((folder) => linuxFolder(folder, context));
    case 'darwin':
      return macPreferences(policy.darwin, context);
    case 'win32':
      return windowsKeys(policy.win32, context);
  }
}

function linuxFolder(folder: string, { machine: { disk } }: DoctorContext): Read[] {
  return disk
    .names(folder)
    .filter((name) => name.endsWith('.json'))
    .flatMap((name) => {
      const place = `${folder}/${name}`;
      const values = jsonObject(disk.read(place) ?? '');
      return values === undefined ? [] : { place, values };
    });
}

async function macPreferences(domain: string, { machine, env, output }: DoctorContext): Promise<Read[]> {
  const folder = '/Library/Managed Preferences';
  const user = env.USER ?? '';
  const files = [`${folder}/${domain}.plist`, ...(user === '' ? [] : [`${folder}/${user}/${domain}.plist`])];
  const read = files.map(async (place): Promise<Read[]> => {
    if (machine.disk.kind(place) !== 'file') return [];
    // Property lists are mostly binary; every macOS has the program that reads them.
    const text = await output('/usr/bin/plutil', ['-convert', 'json', '-o', '-', place]).catch(() => '');
    const values = jsonObject(text);
    return values === undefined ? [] : [{ place, values }];
  });
  return (await Promise.all(read)).flat();
}

async function windowsKeys(key: string, { output, env }: DoctorContext): Promise<Read[]> {
  const read = ['HKLM', 'HKCU'].map(async (hive): Promise<Read[]> => {
    const place = `${hive}\\${key}`;
    const text = await output(systemProgram('reg.exe', env), ['query', place, '/s']).catch(() => '');
    const values = registryTree(text, key);
    return Object.keys(values).length === 0 ? [] : [{ place, values }];
  });
  return (await Promise.all(read)).flat();
}

/** What `reg query /s` prints as the policy would be in JSON: subkeys with numbered values are lists. */
export function registryTree(text: string, key: string): Record<string, unknown> {
  const tree: Record<string, unknown> = {};
  let list: unknown[] | undefined;
  for (const line of text.split(/\r?\n/)) {
    if (/^HKEY_/.test(line)) {
      const at = line.toLowerCase().indexOf(key.toLowerCase());
      const name = at < 0 ? '' : line.slice(at + key.length + 1).trim();
      list = name === '' || name.includes('\\') ? undefined : [];
      if (list) tree[name] = list;
      continue;
    }
    const value = /^\s+(.+?)\s+REG_(\w+)\s+(.*)$/.exec(line);
    if (!value) continue;
    const [, name = '', type, raw = ''] = value;
    const parsed = type === 'DWORD' ? Number(raw) : (jsonObject(raw) ?? raw);
    if (list) list.push(parsed);
    else tree[name] = parsed;
  }
  return tree;
}
