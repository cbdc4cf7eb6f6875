import type { Catalogue } from '../../shared/catalogue/catalogue.ts';
import { AwsherError } from '../../shared/errors/awsher-error.ts';
import {
  applyEdit,
  type ConfigPaths,
  type EditOptions,
  type EditPlan,
  planEditIn,
} from '../files/config-edit.ts';
import { type ConfigFile, loadConfigFile } from '../files/config-file.ts';
import type { Paths } from '../files/paths.ts';
import { PROFILES_BLOCK } from '../formats/owned-block.ts';
import { planSync, type SyncPlan, type SyncWishes } from './plan.ts';

/** What a sync does to the config, as it would be or as it was done. */
export interface SyncResult {
  readonly plan: SyncPlan;
  readonly edit: EditPlan;
}

type SyncPaths = ConfigPaths & Pick<Paths, 'credentialsFile'>;

/** What a sync would do to the config as it is now. Writes nothing. Throws CONFIG_INVALID. */
export function previewSync(paths: SyncPaths, catalogue: Catalogue, wishes: SyncWishes): SyncResult {
  const config = loadConfigFile(paths.configFile);
  const plan = planSync(catalogue, wishes, { config, credentials: loadConfigFile(paths.credentialsFile) });
  return { plan, edit: planEditIn(config, plan.edits, { block: PROFILES_BLOCK }) };
}

export interface SyncOptions extends Omit<EditOptions, 'block'> {
  /** The text that the person saw when they agreed; another one now is CONFIG_CHANGED. */
  readonly agreedOn?: string | undefined;
}

/** Does it, under the config's lock and with a copy for `undo`. No change means no write. Throws as `applyEdit`. */
export async function writeSync(
  paths: SyncPaths,
  catalogue: Catalogue,
  wishes: SyncWishes,
  { agreedOn, ...options }: SyncOptions = {},
): Promise<SyncResult> {
  const done: { plan?: SyncPlan } = {};
  const edit = await applyEdit(
    paths,
    (config) => {
      if (agreedOn !== undefined && config.text !== agreedOn) throw changedMeanwhile(config);
      const credentials = loadConfigFile(paths.credentialsFile);
      done.plan = planSync(catalogue, wishes, { config, credentials });
      return done.plan.edits;
    },
    { ...options, block: PROFILES_BLOCK },
  );
  if (done.plan === undefined) throw new RangeError('the edits were never asked for');
  return { plan: done.plan, edit };
}

function changedMeanwhile({ file }: ConfigFile): AwsherError {
  return new AwsherError('CONFIG_CHANGED', `${file} was edited while awsher asked, so nothing was written.`, {
    hint: 'run `awsher profiles sync` again',
  });
}
