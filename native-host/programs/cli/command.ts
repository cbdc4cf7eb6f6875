import type { Context } from '../../base/platform/context.ts';
import type { Output } from './output.ts';

/** What a command looks like from outside. Help, usage errors, completion and docs/commands.md are made from it. */
export interface Declaration {
  name: string;
  /** One line for the list of commands. */
  summary: string;
  /** What `--help` adds below the summary. */
  description?: string;
  arguments?: readonly ArgumentDeclaration[];
  options?: readonly OptionDeclaration[];
  /** Typed as they are: `awsher login corp`. */
  examples?: readonly string[];
  /** Prints lines for a shell, or another program's output: `--json` changes nothing, and its help does not list it. */
  noJson?: boolean;
}

export interface ArgumentDeclaration {
  name: string;
  description: string;
  required?: boolean;
  /** Takes all that is left. */
  variadic?: boolean;
  /** What completion offers: these, */
  choices?: readonly string[];
  /** or what it looks up. */
  completes?: Completes;
}

/** What completion can look up: names in the AWS config, ids of browsers, labels of connected ones, files. */
export type Completes = 'session' | 'profile' | 'browser' | 'label' | 'file';

export interface OptionDeclaration {
  /** `--timeout`, without a value; with `value` set `--timeout <SECONDS>`. */
  flag: `--${string}`;
  /** One-letter form: `-q`. */
  short?: `-${string}`;
  value?: string;
  description: string;
  /** The only values that are taken; also offered by completion. */
  choices?: readonly string[];
  /** What completion should look up for the value. */
  completes?: Completes;
  /** May be given several times; the value is then a list. */
  repeatable?: boolean;
}

/** Values as parsed: strings for options with a value, `true` for those without, lists for repeatable ones. */
export type OptionValues = Readonly<Record<string, string | true | readonly string[] | undefined>>;

/** What a command is given. Options have camelCase keys: `--user-data-dir` is `userDataDir`. */
export interface Invocation {
  arguments: readonly string[];
  options: OptionValues;
}

/** What a command does. Returns the exit code, nothing for 0. Throws AwsherError. */
// biome-ignore lint/suspicious/noConfusingVoidType: most commands have no `return` at all
export type Run = (context: Context, invocation: Invocation, output: Output) => Promise<number | void>;

/** A command: its declaration, and what it does. */
export interface Command {
  declaration: Declaration;
  run: Run;
}

/** Commands under one word, each with its own options and help: `awsher profiles sync`. */
export interface CommandGroup {
  declaration: Declaration;
  commands: readonly Command[];
}

/** The text of an option with a value. */
export function text({ options }: Invocation, key: string): string | undefined {
  const value = options[key];
  return typeof value === 'string' ? value : undefined;
}

/** Whether an option without a value was given. */
export function flag({ options }: Invocation, key: string): boolean {
  return options[key] === true;
}

/** The values of a repeatable option. */
export function list({ options }: Invocation, key: string): readonly string[] {
  const value = options[key];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
