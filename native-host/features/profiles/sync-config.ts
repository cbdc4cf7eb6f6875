import type { Catalogue } from '../../../shared/catalogue/catalogue.ts';
import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import {
  applyEdit,
  type ConfigPaths,
  type EditOptions,
  type EditPlan,
  planEditIn,
} from '../../base/files/config-edit.ts';
import { type ConfigFile, loadConfigFile } from '../../base/files/config-file.ts';
import type { Paths } from '../../base/files/paths.ts';
import { PROFILES_BLOCK } from '../../base/formats/owned-block.ts';
import { planSync, type SyncPlan, type SyncWishes } from './sync-plan.ts';

/** What a sync does to the config, as it would be or as it was done. */
export interface SyncResult {
  readonly plan: SyncPlan;
  readonly edit: EditPlan;
}

export interface SyncPreview extends SyncResult {
  /** The credentials file that names were chosen beside. */
  readonly credentials: string;
}

type SyncPaths = ConfigPaths & Pick<Paths, 'credentialsFile'>;

/** What a sync would do to the config as it is now. Writes nothing. Throws CONFIG_INVALID. */
export function previewSync(paths: SyncPaths, catalogue: Catalogue, wishes: SyncWishes): SyncPreview {
  const config = loadConfigFile(paths.configFile);
  const credentials = loadConfigFile(paths.credentialsFile);
  const plan = planSync(catalogue, wishes, { config, credentials });
  const edit = planEditIn(config, plan.edits, { block: PROFILES_BLOCK });
  return { plan, edit, credentials: credentials.text };
}

/**
 * Does what the preview showed, under the config's lock and with a copy for `undo`. Throws CONFIG_CHANGED when one of the two files
 * is not as it was shown, and as `applyEdit`.
 */
export async function writeSync(
  paths: SyncPaths,
  { plan, edit, credentials }: SyncPreview,
  options: Omit<EditOptions, 'block' | 'prepared'> = {},
): Promise<SyncResult> {
  const edits = (config: ConfigFile) => {
    if (config.text !== edit.before) throw changedMeanwhile(config.file);
    return plan.edits;
  };
  if (loadConfigFile(paths.credentialsFile).text !== credentials)
    throw changedMeanwhile(paths.credentialsFile);
  const done = await applyEdit(paths, edits, { ...options, block: PROFILES_BLOCK, prepared: edit });
  return { plan, edit: done };
}

function changedMeanwhile(file: string): AwsherError {
  return new AwsherError('CONFIG_CHANGED', `${file} was edited in the meantime, so nothing was written.`, {
    hint: 'run `awsher profiles sync` again',
  });
}
