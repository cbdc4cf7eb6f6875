import { AwsherError } from '../../../../shared/errors/awsher-error.ts';
import { shown } from '../../../base/formats/shown.ts';
import type { Context } from '../../../base/platform/context.ts';
import type { Command, Invocation } from '../command.ts';
import type { Commands } from '../completion/model.ts';
import { EXIT } from '../exit.ts';

/** The command, given all commands, of which it is one, and where each stands in the list. */
export function help(all: Commands, groupOf: (name: string) => string): Command {
  return {
    declaration: {
      name: 'help',
      summary: 'Show help on a command, or list all commands',
      arguments: [{ name: 'COMMAND', description: 'The command', choices: Object.keys(all) }],
      examples: ['awsher help', 'awsher help login'],
    },
    run: (context, invocation) => run(all, groupOf, context, invocation),
  };
}

async function run(
  all: Commands,
  groupOf: (name: string) => string,
  context: Context,
  { arguments: [name] }: Invocation,
): Promise<number> {
  const { createProgram, declare } = await import('../help.ts');
  const program = createProgram(context);
  if (name === undefined) {
    for (const [one, load] of Object.entries(all)) declare(program, (await load()).declaration, groupOf(one));
    program.outputHelp();
    return EXIT.done;
  }
  const load = Object.hasOwn(all, name) ? all[name] : undefined;
  if (load === undefined) {
    throw new AwsherError('USAGE', `There is no command ${shown(name, (text) => `\`${text}\``)}.`, {
      hint: 'see `awsher help`',
    });
  }
  declare(program, (await load()).declaration).outputHelp();
  return EXIT.done;
}
