import { join } from 'node:path';
import type { Paths } from './paths.ts';
import { readRegularFile } from './read-file.ts';

/** awsher's own settings: `config.ini` in its config folder. */
export function settingsFile({ configDir }: Pick<Paths, 'configDir'>): string {
  return join(configDir, 'config.ini');
}

/** The text of the file; empty when there is none. Throws FILE_READ. */
export function readSettingsText(file: string): string {
  return new TextDecoder().decode(readRegularFile(file) ?? new Uint8Array());
}

/** Whether the settings may keep something from coding agents: they have the word for it. Throws FILE_READ. */
export const mayDeny = (paths: Pick<Paths, 'configDir'>): boolean =>
  /\bdeny\b/.test(readSettingsText(settingsFile(paths)));
