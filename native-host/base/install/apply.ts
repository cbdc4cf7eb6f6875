import type { Action } from './install-plan.ts';
import type { Machine } from './machine.ts';
import { pathsOf } from './machine.ts';

/** What a run of actions left behind that was not there before. */
export interface Created {
  /** Outermost first. */
  folders: string[];
  registryKeys: string[];
}

export type Change = 'new' | 'changed' | 'same';

/** What an action would do, without doing it. */
export function changeOf(action: Action, { disk, registry, system }: Machine): Change {
  if (action.kind === 'set-registry') {
    const value = registry.read(action.key);
    if (value === undefined) return 'new';
    return value === action.value ? 'same' : 'changed';
  }
  const text = disk.read(action.path);
  if (text === undefined) return 'new';
  const modeIsRight = system === 'win32' || disk.mode(action.path) === action.mode;
  return text === action.text && modeIsRight ? 'same' : 'changed';
}

/** Does one action unless there is nothing to do, and notes folders and keys that it created on the way. */
export function applyAction(action: Action, machine: Machine, created: Created, folderMode: number): Change {
  const change = changeOf(action, machine);
  if (change === 'same') return change;
  const { disk, registry } = machine;
  if (action.kind === 'set-registry') {
    created.registryKeys.push(...missingParents(action.key, machine));
    registry.write(action.key, action.value);
    return change;
  }
  created.folders.push(...disk.makeFolder(pathsOf(machine).dirname(action.path), folderMode));
  disk.write(action.path, action.text, action.mode);
  return change;
}

/** Parents of a key that do not exist yet, outermost first. */
function missingParents(key: string, { registry }: Machine): string[] {
  const missing: string[] = [];
  for (let parent = parentKey(key); parent?.includes('\\'); parent = parentKey(parent)) {
    if (registry.exists(parent)) break;
    missing.unshift(parent);
  }
  return missing;
}

function parentKey(key: string): string | undefined {
  const end = key.lastIndexOf('\\');
  return end < 0 ? undefined : key.slice(0, end);
}
