import { Argument, Command as Commander, Option } from 'commander';
import type { Context } from '../../base/platform/context.ts';
import { VERSION } from '../../base/platform/version.ts';
import type { Declaration, OptionDeclaration } from './command.ts';
import { GLOBAL_OPTIONS } from './global-options.ts';

/** The program without its commands: what its help says, and where it says it. */
export function createProgram(context: Context): Commander {
  const program = new Commander('awsher')
    .usage('COMMAND [OPTIONS]')
    .description(
      'Signs your terminal in to AWS IAM Identity Center through your own browser, passkeys included.',
    )
    .version(VERSION, '-V, --version', 'Print the version')
    .helpOption('-h, --help', 'Help')
    .helpCommand(false)
    .showSuggestionAfterError(true)
    .enablePositionalOptions()
    .exitOverride()
    .configureHelp({ subcommandTerm: (command) => command.name() })
    .configureOutput({
      writeOut: (text) => context.stdout.write(text),
      // The error comes as an exception and gets awsher's own form.
      writeErr: () => {},
      getOutHelpWidth: () => context.stdout.columns,
    })
    .addHelpText('after', `\n${examplesText(EXAMPLES)}\n\nHelp on one command: awsher help COMMAND`);
  return program;
}

const EXAMPLES = [
  'awsher login',
  'awsher exec --profile dev -- terraform plan',
  'awsher console --profile dev --service s3',
];

/** Adds a command with its arguments and options, in the words of its declaration; the list of commands has it in `group`. */
export function declare(program: Commander, declaration: Declaration, group = ''): Commander {
  const command = program.command(declaration.name, { hidden: declaration.hidden === true });
  command.helpGroup(`${group}:`);
  command
    .summary(declaration.summary)
    .description(
      declaration.description ? `${declaration.summary}.\n\n${declaration.description}` : declaration.summary,
    );
  for (const { name, description, required, variadic } of declaration.arguments ?? []) {
    const dots = variadic ? '...' : '';
    command.addArgument(new Argument(required ? `<${name}${dots}>` : `[${name}${dots}]`, description));
  }
  for (const option of declaration.options ?? []) command.addOption(optionOf(option));
  const everywhere = 'Options of every command:';
  command.optionsGroup(everywhere);
  command.addHelpOption(new Option('-h, --help', 'Help').helpGroup(everywhere));
  for (const option of GLOBAL_OPTIONS) command.addOption(optionOf(option));
  if (declaration.arguments?.some(({ variadic }) => variadic)) command.passThroughOptions();
  if (declaration.examples) {
    command.addHelpText('after', `\n${examplesText(declaration.examples)}`);
  }
  return command;
}

function optionOf({ flag, short, value, description, choices, repeatable }: OptionDeclaration): Option {
  const form = `${short ? `${short}, ` : ''}${flag}${value ? ` <${value}>` : ''}`;
  const option = new Option(form, description);
  if (choices) option.choices([...choices]);
  if (repeatable)
    option.argParser((next: string, all: unknown) => [...(Array.isArray(all) ? all : []), next]);
  return option;
}

function examplesText(lines: readonly string[]): string {
  return `Examples:\n${lines.map((line) => `  $ ${line}`).join('\n')}`;
}
