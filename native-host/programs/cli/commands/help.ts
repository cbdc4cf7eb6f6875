import { AwsherError } from '../../../../shared/errors/awsher-error.ts';
import { shown } from '../../../base/formats/shown.ts';
import type { Context } from '../../../base/platform/context.ts';
import type { Command, Invocation } from '../command.ts';
import type { Commands } from '../completion/model.ts';

/** The command, given all commands, of which it is one, and where each stands in the list. */
export function help(all: Commands, groupOf: (name: string) => string): Command {
  return {
    declaration: {
      name: 'help',
      summary: 'Show help for a command',
      noJson: true,
      arguments: [
        { name: 'COMMAND', description: 'The command', choices: Object.keys(all) },
        { name: 'SUBCOMMAND', description: 'A command of that group' },
      ],
      examples: ['awsher help', 'awsher help login', 'awsher help profiles sync'],
    },
    run: (context, invocation) => run(all, groupOf, context, invocation),
  };
}

async function run(
  all: Commands,
  groupOf: (name: string) => string,
  context: Context,
  { arguments: [name, second] }: Invocation,
): Promise<void> {
  const { createProgram, declare } = await import('../help.ts');
  const program = createProgram(context);
  if (name === undefined) {
    for (const [one, load] of Object.entries(all)) declare(program, await load(), groupOf(one));
    program.outputHelp();
    return;
  }
  const load = Object.hasOwn(all, name) ? all[name] : undefined;
  const declared = load && declare(program, await load());
  const wanted =
    second === undefined ? declared : declared?.commands.find((command) => command.name() === second);
  if (wanted === undefined) {
    const word = shown(second ?? name, (text) => `\`${text}\``, 'a word');
    const [sentence, all] = declared
      ? [`\`awsher ${name}\` has no command ${word}.`, `awsher help ${name}`]
      : [`There is no command ${word}.`, 'awsher help'];
    throw new AwsherError('USAGE', sentence, { hint: `see \`${all}\`` });
  }
  wanted.outputHelp();
}
