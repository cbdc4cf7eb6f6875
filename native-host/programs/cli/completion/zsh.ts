import type { ArgumentDeclaration, Declaration, OptionDeclaration } from '../command.ts';
import { type CommandLine, spellings, type Values, valuesOf } from './model.ts';

/** Completion for zsh: by `source <(awsher completion zsh)`, or as the file `_awsher` in a folder of `fpath`. */
export function zshCompletion({ commands, globals }: CommandLine): string {
  return `#compdef awsher
# awsher completion for zsh. Load it with: source <(awsher completion zsh)
_awsher_names() {
  local -a names
  names=(\${(f)"$(awsher complete $1 2>/dev/null)"})
  (( $#names )) && compadd -a names
}

_awsher() {
  local curcontext="$curcontext" state line
  local -a commands
  commands=(
${commands.map(({ name, summary }) => `    ${quoted(`${name.replaceAll(':', '\\:')}:${summary}`)}`).join('\n')}
  )
  _arguments -C '(- *)--help[Help]' '(- *)--version[Print the version]' '1: :->command' '*:: :->rest'
  case $state in
    command) _describe -t commands 'awsher command' commands ;;
    rest)
      case $words[1] in
${commands.map((command) => commandCase(command, globals)).join('\n')}
      esac
      ;;
  esac
}

if [ "$funcstack[1]" = _awsher ]; then _awsher "$@"; else compdef _awsher awsher; fi
`;
}

function commandCase(
  { name, options = [], arguments: args = [] }: Declaration,
  globals: readonly OptionDeclaration[],
): string {
  const specs = [...[...options, ...globals].flatMap(optionSpecs), ...args.map(argumentSpec)];
  return `        ${name}) _arguments -s ${specs.map(quoted).join(' \\\n          ')} ;;`;
}

function optionSpecs(option: OptionDeclaration): string[] {
  const { value, description, repeatable } = option;
  const names = spellings(option);
  return names.map((name) => {
    const others = repeatable ? '*' : names.length > 1 ? `(${names.join(' ')})` : '';
    // `--name value` and `--name=value`.
    const form = value && name.startsWith('--') ? `${name}=` : name;
    return `${others}${form}[${escaped(description)}]${value ? `:${value}:${action(valuesOf(option))}` : ''}`;
  });
}

function argumentSpec(argument: ArgumentDeclaration): string {
  if (argument.variadic) return `*::${escaped(argument.name)}: _normal`;
  return `${argument.required ? ':' : '::'}${escaped(argument.name)}:${action(valuesOf(argument))}`;
}

/** A leading space keeps `_arguments` from adding its own words to a call. */
function action(values: Values): string {
  switch (values.kind) {
    case 'choices':
      return `(${values.choices.join(' ')})`;
    case 'names':
      return ` _awsher_names ${values.of}`;
    case 'files':
      return '_files';
    case 'none':
      return ' ';
  }
}

function escaped(text: string): string {
  return text.replace(/[[\]:\\]/g, (character) => `\\${character}`);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
