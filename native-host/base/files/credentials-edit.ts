import { applyEdit, type EditOptions, type EditPlan, type Edits, planEdit } from './config-edit.ts';
import type { Paths } from './paths.ts';

type CredentialsPaths = Pick<Paths, 'credentialsFile' | 'stateDir' | 'locksDir'>;

/** As `applyEdit`, for `~/.aws/credentials`. Sections are named as in the config; the headers are written bare. */
export function applyCredentialsEdit(
  paths: CredentialsPaths,
  edits: Edits,
  options: EditOptions = {},
): Promise<EditPlan> {
  const { credentialsFile: configFile, stateDir, locksDir } = paths;
  return applyEdit({ configFile, stateDir, locksDir }, edits, { ...options, credentials: true });
}

/** As `planEdit`, for `~/.aws/credentials`. */
export function planCredentialsEdit(paths: Pick<Paths, 'credentialsFile'>, edits: Edits): EditPlan {
  return planEdit({ configFile: paths.credentialsFile }, edits, { credentials: true });
}
