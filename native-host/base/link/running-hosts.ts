import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readJson } from '../files/read-file.ts';
import { fieldsOf } from '../formats/json.ts';
import { isAlive } from '../platform/alive.ts';
import { userId } from '../platform/user.ts';
import { isPrivate, runFolder } from './run-folder-place.ts';

/** A browser that awsher runs in now, as its host's record tells. */
export interface RunningHost {
  browser: string;
  /** The name that the person gave it; empty without one. */
  label: string;
}

/**
 * The browsers whose hosts run, the one that came last first. Greets nobody and loads no schema: it is for the fast
 * commands, which only say who is there. Never throws.
 */
export function runningHosts(runDir: string, platform: NodeJS.Platform): RunningHost[] {
  const uid = userId();
  const folder = runFolder(runDir, uid, platform);
  try {
    if (!isPrivate(folder, uid)) return [];
    return readdirSync(folder)
      .flatMap((name) => recordIn(folder, name))
      .filter(({ pid }) => isAlive(pid))
      .sort((one, other) => other.since - one.since)
      .map(({ browser, label }) => ({ browser, label }));
  } catch {
    return [];
  }
}

function recordIn(folder: string, name: string) {
  if (!/^host-\d+\.json$/.test(name)) return [];
  const fields = fieldsOf(readJson(join(folder, name)));
  const [pid, browser, label, since] = ['pid', 'browser', 'label', 'since'].map((key) => fields.get(key));
  if (typeof pid !== 'number' || typeof browser !== 'string') return [];
  if (typeof label !== 'string' || typeof since !== 'number') return [];
  return [{ pid, browser, label, since }];
}
