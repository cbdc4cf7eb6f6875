import type { Command, CommandGroup, Completes, Declaration, OptionDeclaration } from '../command.ts';
import { GLOBAL_OPTIONS } from '../global-options.ts';

/** The command line as completion and documents see it. */
export interface CommandLine {
  readonly commands: readonly DeclaredCommand[];
  /** Options that every command takes, with the help that is there without declaration. */
  readonly globals: readonly OptionDeclaration[];
}

/** A command; one with others under it stands for them all, and has theirs besides. */
export interface DeclaredCommand extends Declaration {
  readonly commands?: readonly Declaration[];
}

/** Every command by name, as `COMMANDS` has them. */
export type Commands = Readonly<Record<string, () => Promise<Command | CommandGroup>>>;

export const HELP: OptionDeclaration = { flag: '--help', short: '-h', description: 'Help' };

/** Reads the declarations of all commands. */
export async function commandLine(all: Commands): Promise<CommandLine> {
  const loaded = await Promise.all(Object.values(all).map((load) => load()));
  return { commands: loaded.map(declared), globals: [...GLOBAL_OPTIONS, HELP] };
}

/** The words of a group are what its first argument can be, and its options those of any of them. */
function declared(command: Command | CommandGroup): DeclaredCommand {
  if (!('commands' in command)) return command.declaration;
  const commands = command.commands.map(({ declaration }) => declaration);
  const options = new Map(
    commands.flatMap((one) => (one.options ?? []).map((option) => [option.flag, option])),
  );
  const choices = commands.map(({ name }) => name);
  return {
    ...command.declaration,
    arguments: [{ name: 'COMMAND', description: choices.join(', '), required: true, choices }],
    options: [...options.values()],
    commands,
  };
}

/** What can stand where a value is wanted. */
export type Values =
  | { readonly kind: 'choices'; readonly choices: readonly string[] }
  | { readonly kind: 'names'; readonly of: Exclude<Completes, 'file'> }
  | { readonly kind: 'files' }
  | { readonly kind: 'none' };

/** What completion offers for the value of an option or for an argument. */
export function valuesOf({
  choices,
  completes,
}: {
  choices?: readonly string[];
  completes?: Completes;
}): Values {
  if (choices) return { kind: 'choices', choices };
  if (completes === 'file') return { kind: 'files' };
  return completes === undefined ? { kind: 'none' } : { kind: 'names', of: completes };
}

/** Every option of a command. */
export function flags({ options = [] }: Declaration, { globals }: CommandLine): string[] {
  return [...options, ...globals].map(({ flag }) => flag);
}

/** All spellings of an option. */
export function spellings({ flag, short }: OptionDeclaration): string[] {
  return short === undefined ? [flag] : [flag, short];
}
