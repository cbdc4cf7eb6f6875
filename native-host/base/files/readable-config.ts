import { parseIni } from '../formats/ini-document.ts';
import { readSharedConfig, type SharedConfig } from '../formats/profiles.ts';
import { type ConfigFile, inspectConfigFile } from './config-file.ts';
import type { Paths } from './paths.ts';

/** Profiles and sessions as far as they can be read: whether the files are good is another check's subject. Never throws. */
export function readableConfig(paths: Pick<Paths, 'configFile' | 'credentialsFile'>): SharedConfig {
  return readSharedConfig(readable(paths.configFile), readable(paths.credentialsFile));
}

function readable(file: string): Pick<ConfigFile, 'file' | 'document'> {
  try {
    return inspectConfigFile(file);
  } catch {
    return { file, document: parseIni('') };
  }
}
