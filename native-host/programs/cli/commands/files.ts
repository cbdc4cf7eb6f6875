import { AwsherError } from '../../../../shared/errors/awsher-error.ts';
import { openServerClock } from '../../../aws/calls/server-clock.ts';
import type { Context } from '../../../base/platform/context.ts';
import { shortPath } from '../../../features/doctor/check.ts';
import { type Area, takeInventory } from '../../../features/inventory/inventory.ts';
import type { Item } from '../../../features/inventory/item.ts';
import { moveToTrash, restoreFromTrash } from '../../../features/inventory/trash.ts';
import { type Command, type Declaration, flag, type Invocation, type Run } from '../command.ts';
import { saysYes } from '../confirm-edit.ts';
import { EXIT } from '../exit.ts';
import { tellOptions } from '../explain/options.ts';
import { areasText } from '../files/files-words.ts';
import type { Output } from '../output.ts';

export const declaration: Declaration = {
  name: 'files',
  summary: 'Show what each AWS and awsher file is, who wrote it, and when it expires',
  description:
    'A check mark is in use, a circle may no longer be needed, a cross is broken. --clean moves what awsher and the AWS CLI no longer need to a trash: expired tokens, registrations and role credentials, broken files and leftovers. Files of other programs stay. It asks first, and --undo restores the last clean-up for seven days.',
  options: [
    { flag: '--clean', description: 'Move files that are no longer needed to the trash' },
    { flag: '--dry-run', description: 'With --clean: show the files without moving them' },
    { flag: '--yes', description: 'With --clean: do not ask' },
    { flag: '--undo', description: 'Restore what the last --clean removed' },
  ],
  examples: ['awsher files', 'awsher files --clean', 'awsher files --undo'],
};

export const run: Run = async (context, invocation, output) => {
  if (flag(invocation, 'undo')) return undo(context, output);
  const { paths, platform } = context;
  const areas = takeInventory({ paths, platform, now: openServerClock(paths, context.now).now() });
  if (flag(invocation, 'clean')) return clean(context, invocation, output, areas);
  const mayGo = cleanable(areas).length;
  if (output.json) output.data({ version: 1, folders: areas.map(asData) });
  else if (areas.length === 0) output.tell('There is nothing yet: no ~/.aws, and nothing of awsher.');
  else output.answer(areasText(areas, tellOptions(context, invocation)));
  if (!output.json && mayGo > 0)
    output.tell(`${filesWord(mayGo)} no longer needed: \`awsher files --clean\``);
};

export const command: Command = { declaration, run };

async function clean(
  context: Context,
  invocation: Invocation,
  output: Output,
  areas: readonly Area[],
): Promise<void> {
  const items = cleanable(areas);
  const dryRun = flag(invocation, 'dryRun');
  if (!output.json && items.length > 0) {
    const shown = areas
      .map((area) => ({ ...area, items: area.items.filter((item) => item.clean), more: 0 }))
      .filter((area) => area.items.length > 0);
    context.stderr.write(`${areasText(shown, tellOptions(context, invocation, context.stderr))}\n`);
  }
  const agreed = items.length > 0 && !dryRun && (await agree(context, invocation, items.length));
  const removed = agreed
    ? await moveToTrash(context.paths, items, context.now(), { signal: context.signal })
    : [];
  if (output.json) {
    output.data({ version: 1, dryRun, found: items.map(({ path }) => path), removed });
    return;
  }
  const { style } = output;
  if (items.length === 0) output.tell(`${style.green('✓')} every file is in use`);
  else if (dryRun) output.tell('Nothing was moved: this was a dry run.');
  else if (!agreed) output.tell('Nothing was moved.');
  else {
    output.tell(
      `${style.green('✓')} ${filesWord(removed.length)} moved to the trash; \`awsher files --undo\` brings them back`,
    );
    const changed = items.length - removed.length;
    if (changed > 0) output.warn(`${filesWord(changed)} changed in the meantime: not moved`);
  }
}

async function agree({ stdin, stderr }: Context, invocation: Invocation, count: number): Promise<boolean> {
  if (flag(invocation, 'yes')) return true;
  if (!stdin.isTTY || !stderr.isTTY) {
    throw new AwsherError('USAGE', 'Nothing was moved: there is no terminal to ask you on.', {
      hint: 'add `--yes` to move them, or `--dry-run` to preview',
    });
  }
  return saysYes(`Move ${filesWord(count)} to the trash?`);
}

async function undo({ paths, signal }: Context, output: Output): Promise<number> {
  const { restored, occupied } = await restoreFromTrash(paths, { signal });
  if (output.json) output.data({ version: 1, restored, occupied });
  else {
    output.tell(`${output.style.green('✓')} ${filesWord(restored.length)} back where they were`);
    for (const path of occupied)
      output.warn(
        `${shortPath(path, paths.home)} was rewritten in the meantime; the old one stays in the trash`,
      );
  }
  return occupied.length === 0 ? EXIT.done : EXIT.failed;
}

function cleanable(areas: readonly Area[]): Item[] {
  return areas.flatMap(({ items }) => items.filter((item) => item.clean));
}

function asData({ folder, items, more }: Area): object {
  return {
    folder,
    more,
    files: items.map(({ modifiedMs, ...item }) => ({
      ...item,
      modifiedAt: new Date(modifiedMs).toISOString(),
    })),
  };
}

function filesWord(count: number): string {
  return count === 1 ? '1 file' : `${count.toLocaleString('en')} files`;
}
