import type { Context } from '../../base/platform/context.ts';
import type { Output } from './output.ts';

/** Those that look after the installation themselves, and those that a shell runs at every keystroke. */
const LEAVE_ALONE: ReadonlySet<string> = new Set([
  'install',
  'uninstall',
  'doctor',
  'completion',
  'complete',
]);

/**
 * Before a command runs: the launcher that browsers start follows a node or a package that has moved. Never throws and
 * says nothing without `--verbose`: the person asked for something else.
 */
export async function repairBefore(command: string, context: Context, output: Output): Promise<void> {
  if (LEAVE_ALONE.has(command)) return;
  const result = await repair(context);
  if (result === 'repaired') output.detail('node or awsher moved: the launcher was updated');
  else if (result === 'failed') output.detail('the launcher does not work; run `awsher doctor`');
}

async function repair(context: Context) {
  try {
    const [{ repairInstall }, { machineOf }, { packageRoot }] = await Promise.all([
      import('../../base/install/repair.ts'),
      import('../../base/install/machine.ts'),
      import('../../base/platform/package-root.ts'),
    ]);
    return repairInstall(machineOf(context), packageRoot());
  } catch {
    return 'failed';
  }
}
