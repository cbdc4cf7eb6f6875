import { type Command as Commander, CommanderError } from 'commander';
import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import { settleLeftoverTokens } from '../../base/files/leftover-tokens.ts';
import { sweepHome } from '../../base/files/leftovers.ts';
import { shown } from '../../base/formats/shown.ts';
import type { Context } from '../../base/platform/context.ts';
import { endOldCopies } from '../../features/inventory/old-copies.ts';
import type { Command, Invocation } from './command.ts';
import { COMMANDS, groupOf } from './commands.ts';
import { EXIT } from './exit.ts';
import { GLOBAL_OPTIONS } from './global-options.ts';
import { createProgram, declare } from './help.ts';
import { createOutput, type Output } from './output.ts';
import { repairBefore } from './repair.ts';

/** Parses the command line, runs the command, and returns its exit code. Usage errors throw USAGE. */
export async function runProgram(context: Context, given: readonly string[]): Promise<number> {
  let exitCode: number = EXIT.done;
  const program = createProgram(context);
  let argv = wordFirst(given);
  const named = commandName(argv[0]);
  let path = named ?? '';
  let under: readonly Command[] = [];
  for (const name of named === undefined ? Object.keys(COMMANDS) : [named]) {
    const load = COMMANDS[name];
    if (!load) continue;
    const command = await load();
    if (named !== undefined && 'commands' in command) {
      const rest = wordFirst(argv.slice(1));
      argv = [named, ...rest];
      const known = command.commands.some(({ declaration }) => declaration.name === rest[0]);
      if (known) path = `${named} ${rest[0]}`;
      else under = command.commands;
    }
    declare(program, command, groupOf(name), (declared, one) => {
      declared.action(async (...args: unknown[]) => {
        const invocation = invocationOf(declared, one, args);
        const output = createOutput(context, invocation);
        if (!ASKS_NOTHING.has(name)) await lookAfterHome(name, context, output);
        exitCode = (await one.run(context, invocation, output)) ?? EXIT.done;
      });
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
    throw usage(thrown, path, under);
  }
  return exitCode;
}

function commandName(word: string | undefined): string | undefined {
  return word !== undefined && Object.hasOwn(COMMANDS, word) ? word : undefined;
}

const ASKS_NOTHING: ReadonlySet<string> = new Set(['help', 'version']);

async function lookAfterHome(name: string, context: Context, output: Output): Promise<void> {
  sweepHome(context.paths);
  await endOldCopies(context.paths, context.now());
  await settleLeftoverTokens(context.paths);
  await repairBefore(name, context, output);
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

/** Options of every command that stand before a command's word, behind it: `awsher --profile dev whoami`. */
function wordFirst(argv: readonly string[]): string[] {
  let at = 0;
  for (let word = argv[at]; word?.startsWith('-'); word = argv[at]) {
    const [name = ''] = word.split('=', 1);
    const option = GLOBAL_OPTIONS.find(({ flag, short }) => name === flag || name === short);
    if (option === undefined) break;
    at += option.value !== undefined && !word.includes('=') ? 2 : 1;
  }
  const command = argv[at];
  if (at === 0 || command === undefined || command.startsWith('-')) return [...argv];
  return [command, ...argv.slice(0, at), ...argv.slice(at + 1)];
}

/** What commander found wrong, in awsher's words: about the command `path`, or about the word after it, one of `under`. */
function usage(error: CommanderError, path: string, under: readonly Command[]): AwsherError {
  const [said = '', suggestion = ''] = error.message.replace(/^error: /, '').split('\n');
  const [quoted = '', second = ''] = [...said.matchAll(/'([^']*)'/g)].map((match) => match[1] ?? '');
  const word = shown(quoted, (text) => `\`${text}\``, 'a word');
  const near = /Did you mean (.*)\?/.exec(suggestion)?.[1];
  if (under.length > 0 && /unknownCommand|help$/.test(error.code)) {
    const missing = error.code === 'commander.unknownCommand' ? `has no command ${word}` : 'needs a command';
    return new AwsherError('USAGE', `\`awsher ${path}\` ${missing}.`, {
      hint: near
        ? `did you mean \`awsher ${path} ${near}\`?`
        : `run ${under.map(({ declaration }) => `\`awsher ${path} ${declaration.name}\``).join(' or ')}`,
    });
  }
  const help = `awsher help ${path}`.trimEnd();
  return new AwsherError('USAGE', sentence(error.code, word, second, said), {
    hint: near ? `did you mean \`${near}\`? Otherwise see \`${help}\`` : `see \`${help}\``,
  });
}

function sentence(code: string, word: string, second: string, said: string): string {
  switch (code) {
    case 'commander.unknownCommand':
      return `There is no command ${word}.`;
    case 'commander.unknownOption':
      return `There is no option ${word}.`;
    case 'commander.missingArgument':
      return `${word} is missing.`;
    case 'commander.optionMissingArgument':
      return `${word} needs a value.`;
    case 'commander.excessArguments':
      return 'There are too many arguments.';
    case 'commander.invalidArgument':
      return `${word} does not accept ${shown(second, (text) => `\`${text}\``, 'a value')}. Use one of ${/choices are (.*)\.$/.exec(said)?.[1] ?? 'the listed values'}.`;
    default:
      return 'awsher does not understand this command.';
  }
}
