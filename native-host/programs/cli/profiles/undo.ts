import { undoConfig } from '../../../base/files/config-undo.ts';
import { flag, type Run } from '../command.ts';

/**
 * `awsher profiles undo`: brings back the config as it was before awsher's last change. Throws NOTHING_TO_UNDO, and
 * CONFIG_CHANGED after the difference was shown.
 */
export const undoProfiles: Run = async (context, invocation, output) => {
  const dryRun = flag(invocation, 'dryRun');
  const { paths } = context;
  const credentials = flag(invocation, 'credentials');
  const result = await undoConfig(credentials ? { ...paths, configFile: paths.credentialsFile } : paths, {
    force: flag(invocation, 'force'),
    inPlace: flag(invocation, 'inPlace'),
    signal: context.signal,
    dryRun,
  });
  const { kind, file, diff } = result;
  if (kind === 'changed') {
    context.stderr.write(diff);
    throw result.error;
  }
  if (output.json) {
    output.data({ file, restored: kind === 'restored', diff });
    return;
  }
  if (!output.quiet) context.stderr.write(diff);
  output.tell(
    kind === 'restored'
      ? `${output.style.green('✓')} ${file} is as it was before awsher's last change`
      : 'Nothing was written: this was a dry run.',
  );
};
