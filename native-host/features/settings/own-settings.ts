import { join } from 'node:path';
import * as ini from 'ini';
import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import { ensureOwnFolder, writeFileAtomic } from '../../base/files/atomic-write.ts';
import { type LockOptions, withLock } from '../../base/files/lock.ts';
import type { Paths } from '../../base/files/paths.ts';
import { readRegularFile } from '../../base/files/read-file.ts';
import { withTexts } from './parse-file.ts';
import { parseSettings, Settings } from './settings.ts';

/** awsher's own settings: `config.ini` in its config folder. */
export function settingsFile({ configDir }: Pick<Paths, 'configDir'>): string {
  return join(configDir, 'config.ini');
}

/** The settings; empty when there is no file. Throws SETTINGS_INVALID, FILE_READ. */
export function readSettings(paths: Pick<Paths, 'configDir'>): Settings {
  const file = settingsFile(paths);
  return settingsIn(readSettingsText(file), file);
}

/** The text of the file; empty when there is none. Throws FILE_READ. */
function readSettingsText(file: string): string {
  return new TextDecoder().decode(readRegularFile(file) ?? new Uint8Array());
}

/** The settings in the text of `config.ini`. Throws SETTINGS_INVALID. */
export function settingsIn(text: string, file: string): Settings {
  return parseSettings(Settings, withTexts(ini.parse(text)), file);
}

/** The text of `config.ini` for these settings, which reads back as the same. */
export function settingsText(settings: Settings, file: string): string {
  const text = ini.stringify(settings, { whitespace: true, platform: 'linux' });
  if (JSON.stringify(settingsIn(text, file)) === JSON.stringify(settings)) return text;
  throw new AwsherError('SETTINGS_INVALID', 'A text in the settings cannot be written to config.ini.', {
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
 * other groups stay. Settings that say the same leave the file as it is, comments and all.
 */
export function planSettings(paths: Pick<Paths, 'configDir'>, settings: Settings): SettingsPlan {
  const file = settingsFile(paths);
  const before = readSettingsText(file);
  const now = settingsIn(before, file);
  const next = { ...now, ...settings };
  const changed = Object.entries(settings).some(
    ([group, value]) => JSON.stringify(value) !== JSON.stringify(new Map(Object.entries(now)).get(group)),
  );
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
