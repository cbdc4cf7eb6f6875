import { asConfig, asCredentials } from '../formats/credentials-headers.ts';
import { serializeIni } from '../formats/ini-document.ts';
import { editIni, type IniEdit } from '../formats/ini-edit.ts';
import { assertOnlyEdited } from '../formats/ini-guard.ts';
import type { BlockMarkers } from '../formats/owned-block.ts';
import { unifiedDiff } from '../formats/unified-diff.ts';
import { resolveTarget, type WriteOptions, writeFileAtomic } from './atomic-write.ts';
import { type ConfigFile, loadConfigFile } from './config-file.ts';
import { type LockOptions, withLock } from './lock.ts';
import type { Paths } from './paths.ts';
import { saveVersion, sha256 } from './undo-versions.ts';

export type ConfigPaths = Pick<Paths, 'configFile' | 'stateDir' | 'locksDir'>;

/** What an edit does, or did, to the config file. */
export interface EditPlan {
  readonly file: string;
  readonly before: string;
  readonly after: string;
  readonly changed: boolean;
  /** Unified, with secrets masked, safe for a terminal; empty when nothing changes. */
  readonly diff: string;
}

/** The edits themselves, or a function that finds them in the file as it is when the lock is held. */
export type Edits = readonly IniEdit[] | ((config: ConfigFile) => readonly IniEdit[]);

export interface EditOptions extends LockOptions {
  /** The file is `~/.aws/credentials`, whose headers are bare profile names. */
  readonly credentials?: true;
  /**
   * Write through a file that cannot be replaced by a rename; a copy for `undo` is kept first. Left out by commands that
   * have no `--in-place`.
   */
  readonly inPlace?: boolean;
  readonly nowMs?: number;
  /** Where new sections stand; at the end of the file when it is left out. */
  readonly block?: BlockMarkers;
  /** What these edits do to a file that is still `before`: not worked out again then. */
  readonly prepared?: EditPlan;
}

/** What the edits would do now. Writes nothing. Throws as `loadConfigFile` and `editIni`. */
export function planEdit(
  paths: Pick<Paths, 'configFile'>,
  edits: Edits,
  options: Pick<EditOptions, 'block' | 'credentials'> = {},
): EditPlan {
  return planEditIn(loadConfigFile(paths.configFile), edits, options);
}

/**
 * Makes the edits under the config's lock, in the file as it is then. No change means no write; else the text before is
 * kept for `undo`. Throws also as `writeFileAtomic` and `withLock`.
 */
export async function applyEdit(
  paths: ConfigPaths,
  edits: Edits,
  options: EditOptions = {},
): Promise<EditPlan> {
  const file = resolveTarget(paths.configFile);
  return withLock(
    paths,
    configLockName(file),
    () => {
      const config = { ...loadConfigFile(file), file: paths.configFile };
      const list = typeof edits === 'function' ? edits(config) : edits;
      const ready = options.prepared?.before === config.text ? options.prepared : undefined;
      const plan = ready ?? planEditIn(config, list, options);
      if (!plan.changed) return plan;
      saveVersion(paths, file, {
        before: config.exists ? plan.before : null,
        afterSha256: sha256(plan.after),
        atMs: options.nowMs ?? Date.now(),
      });
      writeFileAtomic(file, plan.after, writerOptions(options));
      return plan;
    },
    options,
  );
}

/** What of an edit's options the writer is to know. */
export function writerOptions({ inPlace, credentials }: EditOptions): WriteOptions {
  return { keepMode: credentials !== true, ...(inPlace === undefined ? {} : { inPlace }) };
}

/** The lock of a config file, by its path without symbolic links. */
export function configLockName(target: string): string {
  return `config-${sha256(target).slice(0, 40)}`;
}

/** What the edits would do to a config that is loaded already. */
export function planEditIn(
  config: ConfigFile,
  edits: Edits,
  { block, credentials }: Pick<EditOptions, 'block' | 'credentials'> = {},
): EditPlan {
  const list = typeof edits === 'function' ? edits(config) : edits;
  const original = credentials ? asConfig(config.document) : config.document;
  const document = editIni(original, list, block);
  const { file, text: before } = config;
  if (document === original) return { file, before, after: before, changed: false, diff: '' };
  assertOnlyEdited(original, document, list);
  const after = serializeIni(credentials ? asCredentials(document) : document);
  if (after === before) return { file, before, after, changed: false, diff: '' };
  let diff: string | undefined;
  return {
    ...{ file, before, after, changed: true },
    // Most edits are never looked at, and a diff of ten thousand profiles takes as long as the edit.
    get diff() {
      diff ??= unifiedDiff(file, before, after);
      return diff;
    },
  };
}
