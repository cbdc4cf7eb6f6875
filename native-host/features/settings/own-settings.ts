import * as ini from 'ini';
import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import { saidOf } from '../../../shared/session-settings.ts';
import { ensureOwnFolder, writeFileAtomic } from '../../base/files/atomic-write.ts';
import { type LockOptions, withLock } from '../../base/files/lock.ts';
import { readSettingsText, settingsFile } from '../../base/files/own-config.ts';
import type { Paths } from '../../base/files/paths.ts';
import { withTexts } from './parse-file.ts';
import { parseSettings, Settings } from './settings.ts';

/** The settings; empty when there is no file. Throws SETTINGS_INVALID, FILE_READ. */
export function readSettings(paths: Pick<Paths, 'configDir'>): Settings {
  const file = settingsFile(paths);
  return settingsIn(readSettingsText(file), file);
}

/** The settings in the text of `config.ini`. Throws SETTINGS_INVALID. */
export function settingsIn(text: string, file: string): Settings {
  return parseSettings(Settings, withTexts(ini.parse(text)), file);
}

/** The text of `config.ini` for these settings, which reads back as the same. */
export function settingsText(settings: Settings, file: string): string {
  const text = ini.stringify(settings, { whitespace: true, platform: 'linux' });
  if (JSON.stringify(settingsIn(text, file)) === JSON.stringify(settings)) return text;
  throw new AwsherError('SETTINGS_INVALID', 'A value in the settings cannot be written to config.ini.', {
    hint: 'use simpler patterns and labels',
  });
}

/** What taking over settings does to `config.ini`. */
export interface SettingsPlan {
  readonly file: string;
  readonly before: string;
  readonly after: string;
  readonly changed: boolean;
}

/**
 * Groups that the new settings have stand in the place of those that are there, so that what a team took back goes;
 * other groups stay, and of `sessions` what is said of others. Settings that say the same leave the file as it is, comments and all.
 */
export function planSettings(
  paths: Pick<Paths, 'configDir'>,
  { sessions, ...groups }: Settings,
): SettingsPlan {
  const file = settingsFile(paths);
  const before = readSettingsText(file);
  const now = settingsIn(before, file);
  const merged: Settings = { ...now, ...groups };
  const said = Object.entries({ ...now.sessions, ...sessions }).map(
    ([name, one]) => [name, saidOf(one)] as const,
  );
  const kept = said.filter(([, one]) => Object.keys(one).length > 0);
  if (kept.length > 0) merged.sessions = Object.fromEntries(kept);
  else delete merged.sessions;
  // In the order in which they are read.
  const next = parseSettings(Settings, merged, file);
  const changed = JSON.stringify(next) !== JSON.stringify(now);
  return { file, before, after: changed ? settingsText(next, file) : before, changed };
}

/** Takes settings over, under a lock. No change means no write. Throws SETTINGS_INVALID, FILE_WRITE, LOCK_TIMEOUT. */
export async function writeSettings(
  paths: Pick<Paths, 'configDir' | 'locksDir'>,
  settings: Settings,
  options: LockOptions = {},
): Promise<SettingsPlan> {
  return withLock(
    paths,
    'settings',
    () => {
      const plan = planSettings(paths, settings);
      if (!plan.changed) return plan;
      ensureOwnFolder(paths.configDir);
      writeFileAtomic(plan.file, plan.after);
      return plan;
    },
    options,
  );
}
