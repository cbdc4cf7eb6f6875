import type { OptionDeclaration } from '../command.ts';
import { type CommandLine, type Values, valuesOf } from './model.ts';

/** Completion for fish, as the file `~/.config/fish/completions/awsher.fish` or by `awsher completion fish | source`. */
export function fishCompletion({ commands, globals }: CommandLine): string {
  const names = commands.map(({ name }) => name).join(' ');
  const lines = [
    '# awsher completion for fish. Load it with: awsher completion fish | source',
    'complete -c awsher -f',
    `complete -c awsher -n __fish_use_subcommand -l version -d 'Print the version'`,
    `complete -c awsher -n __fish_use_subcommand -l help -s h -d Help`,
    ...commands.map(
      ({ name, summary }) => `complete -c awsher -n __fish_use_subcommand -a ${name} -d ${quoted(summary)}`,
    ),
    ...globals.map((option) => optionLine(`__fish_seen_subcommand_from ${names}`, option)),
  ];
  for (const { name, options = [], arguments: args = [] } of commands) {
    const seen = `__fish_seen_subcommand_from ${name}`;
    lines.push(...options.map((option) => optionLine(seen, option)));
    for (const argument of args) {
      if (argument.variadic)
        lines.push(`complete -c awsher -n ${quoted(seen)} -a '(__fish_complete_subcommand)'`);
      const values = candidates(valuesOf(argument));
      if (values !== '') lines.push(`complete -c awsher -n ${quoted(seen)}${values}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

function optionLine(seen: string, option: OptionDeclaration): string {
  const { flag, short, value, description } = option;
  const letter = short === undefined ? '' : ` -s ${short.slice(1)}`;
  const wants = value ? ` -r${candidates(valuesOf(option))}` : '';
  return `complete -c awsher -n ${quoted(seen)} -l ${flag.slice(2)}${letter}${wants} -d ${quoted(description)}`;
}

function candidates(values: Values): string {
  switch (values.kind) {
    case 'choices':
      return ` -a ${quoted(values.choices.join(' '))}`;
    case 'names':
      return ` -a '(awsher complete ${values.of} 2>/dev/null)'`;
    case 'files':
      return ' -F';
    case 'none':
      return '';
  }
}

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, (character) => `\\${character}`)}'`;
}
