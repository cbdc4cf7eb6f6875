import type { Machine } from '../../../base/install/machine.ts';
import type { Context } from '../../../base/platform/context.ts';
import { type Command, type Declaration, flag, type Invocation } from '../command.ts';
import { EXIT } from '../exit.ts';
import { createOutput } from '../output.ts';
import { browserNames, placed, userDataDirOf } from './install.ts';

export const declaration: Declaration = {
  name: 'uninstall',
  summary: 'Remove awsher from your browsers',
  description: 'Removes what `awsher install` wrote. The extension, ~/.aws and your settings stay.',
  options: [
    {
      flag: '--browser',
      value: 'NAME',
      description: 'Only these browsers, separated by commas',
      completes: 'browser',
      repeatable: true,
    },
    {
      flag: '--user-data-dir',
      value: 'DIR',
      description: 'Only the registration in this user data folder',
      completes: 'file',
    },
    { flag: '--system', description: 'What is installed for all users (needs administrator rights)' },
    { flag: '--dry-run', description: 'Show what would be done, and do nothing' },
  ],
  examples: ['awsher uninstall', 'awsher uninstall --browser firefox'],
};

export async function run(
  context: Context,
  invocation: Invocation,
  dependencies: { machine?: Machine } = {},
): Promise<number> {
  const [{ uninstall }, { machineOf }] = await Promise.all([
    import('../../../base/install/uninstall.ts'),
    import('../../../base/install/machine.ts'),
  ]);
  const output = createOutput(context, invocation);
  const dryRun = flag(invocation, 'dryRun');
  const report = uninstall(
    {
      names: browserNames(invocation),
      userDataDir: userDataDirOf(context, invocation, 'uninstall'),
      allUsers: flag(invocation, 'system'),
      dryRun,
    },
    dependencies.machine ?? machineOf(context),
  );
  if (output.json) {
    const browsers = report.browsers.map(({ id, name, variant, userDataDir, where }) => ({
      browser: id,
      name,
      variant,
      userDataDir: userDataDir ?? null,
      result: 'removed',
      where,
    }));
    output.data({ dryRun, browsers, complete: report.complete });
    return EXIT.done;
  }
  for (const { name, variant, where } of report.browsers) {
    const title = variant === 'native' ? name : `${name} (${variant})`;
    output.answer(placed([title, dryRun ? 'would be removed' : 'removed', ...where], output.room));
  }
  if (report.browsers.length === 0) output.tell('Nothing to remove: awsher is not registered with that.');
  return EXIT.done;
}

export const uninstall: Command = { declaration, run: (context, invocation) => run(context, invocation) };
