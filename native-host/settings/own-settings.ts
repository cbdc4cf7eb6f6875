import { join } from 'node:path';
import * as ini from 'ini';
import { AwsherError } from '../../shared/errors/awsher-error.ts';
import type { Paths } from '../files/paths.ts';
import { readRegularFile } from '../files/read-file.ts';
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
export function readSettingsText(file: string): string {
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
