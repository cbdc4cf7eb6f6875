import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import { checkDocument, decodeConfig, type Problem, remedyFor } from '../formats/check.ts';
import { type IniDocument, parseIni } from '../formats/ini-document.ts';
import { readSharedConfig, type SharedConfig } from '../formats/profiles.ts';
import type { Paths } from './paths.ts';
import { readRegularFile } from './read-file.ts';

/** A config or credentials file as it is on disk. A missing file is an empty one with `exists: false`. */
export interface ConfigFile {
  readonly file: string;
  readonly exists: boolean;
  readonly text: string;
  readonly document: IniDocument;
  /** What botocore would reject the file for. */
  readonly problems: readonly Problem[];
}

/** Reads a config file without judging it, for `doctor` and `explain`. Throws FILE_READ or FILE_NOT_REGULAR. */
export function inspectConfigFile(file: string): ConfigFile {
  const bytes = readRegularFile(file);
  const decoded = decodeConfig(bytes ?? new Uint8Array());
  if ('problem' in decoded) {
    return { file, exists: true, text: '', document: parseIni(''), problems: [decoded.problem] };
  }
  const document = parseIni(decoded.text);
  const problems = checkDocument(document);
  return { file, exists: bytes !== undefined, text: decoded.text, document, problems };
}

/**
 * Reads a config file that botocore accepts. Throws CONFIG_INVALID with file and line otherwise: a broken file is
 * never taken for an empty one.
 */
export function loadConfigFile(file: string): ConfigFile {
  const config = inspectConfigFile(file);
  const [problem] = config.problems;
  if (problem === undefined) return config;
  throw new AwsherError('CONFIG_INVALID', `${file}, line ${problem.line}: ${problem.message}.`, {
    hint:
      problem.kind === 'not-utf8' || problem.kind === 'utf-16'
        ? remedyFor(problem, file)
        : `run \`awsher doctor --fix\`, or ${remedyFor(problem, file)}`,
  });
}

/** Profiles, sessions and services of `~/.aws/config` and `~/.aws/credentials`. Throws as `loadConfigFile`. */
export function loadSharedConfig(paths: Pick<Paths, 'configFile' | 'credentialsFile'>): SharedConfig {
  return readSharedConfig(loadConfigFile(paths.configFile), loadConfigFile(paths.credentialsFile));
}
