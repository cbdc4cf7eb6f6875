import { Argument, Command as Commander, CommanderError, Option } from 'commander';
import { AwsherError } from '../../shared/errors/awsher-error.ts';
import { endOldCopies } from '../anatomy/old-copies.ts';
import { settleLeftoverTokens } from '../files/leftover-tokens.ts';
import { sweepHome } from '../files/leftovers.ts';
import { shown } from '../formats/shown.ts';
import type { Context } from '../platform/context.ts';
import { VERSION } from '../platform/version.ts';
import type { Command, Declaration, Invocation, OptionDeclaration } from './command.ts';
import { COMMANDS } from './commands.ts';
import { EXIT } from './exit.ts';
import { GLOBAL_OPTIONS } from './global-options.ts';
import { repairBefore } from './repair.ts';

/** Parses the command line, runs the command, and returns its exit code. Usage errors throw USAGE. */
export async function runProgram(context: Context, argv: readonly string[]): Promise<number> {
  let exitCode: number = EXIT.done;
  const program = new Commander('awsher')
    .description(
      'Signs your terminal in to AWS IAM Identity Center through your own browser, passkeys included.',
    )
    .version(VERSION, '-V, --version', 'Print the version')
    .helpOption('-h, --help', 'Help')
    .helpCommand(false)
    .showSuggestionAfterError(true)
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => context.stdout.write(text),
      // The error comes as an exception and gets awsher's own form.
      writeErr: () => {},
      getOutHelpWidth: () => context.stdout.columns,
    })
    .addHelpText('after', '\nHelp on one command: awsher COMMAND --help. All commands: docs/commands.md.');
  const named = argv.find((word) => !word.startsWith('-'));
  const wanted = named !== undefined && Object.hasOwn(COMMANDS, named) ? [named] : Object.keys(COMMANDS);
  for (const name of wanted) {
    const load = COMMANDS[name];
    if (!load) continue;
    const command = await load();
    const declared = declare(program, command.declaration);
    declared.action(async (...args: unknown[]) => {
      const invocation = invocationOf(declared, command, args);
      sweepHome(context.paths);
      await endOldCopies(context.paths, context.now());
      await settleLeftoverTokens(context.paths);
      await repairBefore(name, context, invocation);
      exitCode = await command.run(context, invocation);
    });
  }
  try {
    if (argv.length === 0) {
      program.outputHelp();
      return EXIT.done;
    }
    await program.parseAsync([...argv], { from: 'user' });
  } catch (thrown) {
    if (!(thrown instanceof CommanderError)) throw thrown;
    if (thrown.exitCode === 0) return EXIT.done;
    throw usage(thrown, named);
  }
  return exitCode;
}

function declare(program: Commander, declaration: Declaration): Commander {
  const command = program.command(declaration.name, { hidden: declaration.hidden === true });
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
  command.optionsGroup('Options of every command:');
  for (const option of GLOBAL_OPTIONS) command.addOption(optionOf(option));
  if (declaration.arguments?.some(({ variadic }) => variadic)) command.passThroughOptions();
  if (declaration.examples) {
    command.addHelpText(
      'after',
      `\nExamples:\n${declaration.examples.map((line) => `  $ ${line}`).join('\n')}`,
    );
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

/** Commander keeps `--no-x` as `x: false`; here every flag is its own camelCase key that is `true` when given. */
function invocationOf(commander: Commander, { declaration }: Command, args: readonly unknown[]): Invocation {
  const words = args.slice(0, declaration.arguments?.length ?? 0).flat();
  const given: Record<string, unknown> = commander.opts();
  const options: Record<string, string | true | string[]> = {};
  for (const { flag } of [...(declaration.options ?? []), ...GLOBAL_OPTIONS]) {
    const key = camelCase(flag.slice(2));
    const negated = flag.startsWith('--no-') ? camelCase(flag.slice(5)) : undefined;
    const value = negated === undefined ? given[key] : given[negated] === false;
    if (value === true || typeof value === 'string') options[key] = value;
    else if (Array.isArray(value)) options[key] = value.filter((item) => typeof item === 'string');
  }
  return { arguments: words.filter((word) => typeof word === 'string'), options };
}

function camelCase(name: string): string {
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function usage(error: CommanderError, named: string | undefined): AwsherError {
  const [said = '', suggestion = ''] = error.message.replace(/^error: /, '').split('\n');
  const first = said.replace(/'([^']*)'/g, (_, word: string) => shown(word, (text) => `'${text}'`));
  const sentence = `${first.charAt(0).toUpperCase()}${first.slice(1)}${first.endsWith('.') ? '' : '.'}`;
  const near = /Did you mean (.*)\?/.exec(suggestion)?.[1];
  const help =
    named !== undefined && Object.hasOwn(COMMANDS, named) ? `awsher ${named} --help` : 'awsher --help';
  return new AwsherError('USAGE', sentence, {
    hint: near ? `did you mean \`${near}\`? Else see \`${help}\`` : `see \`${help}\``,
  });
}
