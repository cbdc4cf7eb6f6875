import { Argument, Command as Commander, Help, Option } from 'commander';
import type { Context } from '../../base/platform/context.ts';
import { VERSION } from '../../base/platform/version.ts';
import type { Command, CommandGroup, Declaration, OptionDeclaration } from './command.ts';
import { GLOBAL_OPTIONS } from './global-options.ts';
import { hang } from './width.ts';

/** Fewer columns are none for words. */
const LEAST = 12;
/** What commander writes before a usage. */
const USAGE = 'Usage: ';

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
    .configureHelp({
      minWidthToWrap: LEAST,
      // Where long options leave no room for a column of words, the words stand below.
      formatItem(term, termWidth, description, helper) {
        const { columns } = context.stdout;
        if (description === '' || columns - termWidth - 4 >= LEAST)
          return Help.prototype.formatItem.call(helper, term, termWidth, description, helper);
        return [`  ${term}`, ...hang('      ', description, columns)].join('\n');
      },
      subcommandTerm: (command) => command.name(),
      commandUsage: (command) => {
        const usage = new Help().commandUsage(command).replace('[options]', '[OPTIONS]');
        return hang(USAGE, usage, context.stdout.columns, 'whole').join('\n').slice(USAGE.length);
      },
      optionDescription: ({ description, argChoices }) =>
        argChoices ? `${description} (${argChoices.join(', ')})` : description,
    })
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

/**
 * Adds a command, or a group and the commands in it; the list of commands has it in `group`. `act` is given each command
 * that can be run.
 */
export function declare(
  program: Commander,
  command: Command | CommandGroup,
  group = '',
  act?: (declared: Commander, command: Command) => void,
): Commander {
  const declared =
    'commands' in command
      ? declareGroup(program, command.declaration)
      : declareOne(program, command.declaration);
  declared.helpGroup(`${group}:`);
  if ('commands' in command) for (const one of command.commands) declare(declared, one, 'Commands', act);
  else act?.(declared, command);
  if (command.declaration.examples) {
    declared.addHelpText('after', `\n${examplesText(command.declaration.examples)}`);
  }
  return declared;
}

function declareGroup(program: Commander, declaration: Declaration): Commander {
  return described(program, declaration)
    .usage('COMMAND [OPTIONS]')
    .helpOption('-h, --help', 'Help')
    .helpCommand(false)
    .enablePositionalOptions();
}

function described(program: Commander, declaration: Declaration): Commander {
  const command = program.command(declaration.name);
  command
    .summary(declaration.summary)
    .description(`${declaration.summary}.${declaration.description ? `\n\n${declaration.description}` : ''}`);
  return command;
}

function declareOne(program: Commander, declaration: Declaration): Commander {
  const command = described(program, declaration);
  for (const { name, description, required, variadic } of declaration.arguments ?? []) {
    const dots = variadic ? '...' : '';
    command.addArgument(new Argument(required ? `<${name}${dots}>` : `[${name}${dots}]`, description));
  }
  for (const option of declaration.options ?? []) command.addOption(optionOf(option));
  const everywhere = 'Options of every command:';
  command.optionsGroup(everywhere);
  command.addHelpOption(new Option('-h, --help', 'Help').helpGroup(everywhere));
  for (const option of GLOBAL_OPTIONS)
    command.addOption(optionOf(option).hideHelp(option.flag === '--json' && declaration.noJson === true));
  if (declaration.arguments?.some(({ variadic }) => variadic)) command.passThroughOptions();
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
