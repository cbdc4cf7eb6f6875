import { type CommandLine, flags, spellings, type Values, valuesOf } from './model.ts';

/**
 * Completion for bash, from 3.2 on (macOS has no other), without the bash-completion package. Names come back through
 * plain text matching, never through `compgen -W`, which would run what stands in them.
 */
export function bashCompletion(line: CommandLine): string {
  const { commands } = line;
  return `# awsher completion for bash. Load it with: eval "$(awsher completion bash)"
_awsher_reply() {
  # Candidates on stdin, one a line. Bash replaces only what follows the last of its word breaks.
  local cut='' one
  case $COMP_WORDBREAKS in *:*) case $cur in *:*) cut=\${cur%"\${cur##*:}"} ;; esac ;; esac
  while IFS= read -r one; do
    case $one in "$cur"*) COMPREPLY[\${#COMPREPLY[@]}]=$lead\${one#"$cut"} ;; esac
  done
}

_awsher_files() {
  local one
  while IFS= read -r one; do COMPREPLY[\${#COMPREPLY[@]}]=$lead$one; done < <(compgen -f -- "$cur")
  compopt -o filenames 2>/dev/null
}

_awsher_values() {
  case $1 in
${valueCases(line)}
    *) return 1 ;;
  esac
}

_awsher() {
  local text=\${COMP_LINE:0:COMP_POINT} cur='' prev='' command='' lead='' one count=0
  local -a words
  read -r -a words <<<"$text"
  case $text in
    *[[:space:]]) ;;
    *) cur=\${words[\${#words[@]}-1]} ; unset "words[\${#words[@]}-1]" ;;
  esac
  COMPREPLY=()
  for one in "\${words[@]:1}"; do
    case $one in
      --) _awsher_files; return ;;
      -*) ;;
      *) if [ -z "$command" ]; then command=$one; elif ! _awsher_takes "$command $prev"; then count=$((count + 1)); fi ;;
    esac
    prev=$one
  done
  if [ -z "$command" ]; then
    case $cur in
      -*) _awsher_reply <<<$'--help\\n--version' ;;
      *) _awsher_reply <<<$'${commands.map(({ name }) => name).join('\\n')}' ;;
    esac
    return
  fi
  case $cur in
    --*=*)
      prev=\${cur%%=*}
      case $COMP_WORDBREAKS in *=*) ;; *) lead=$prev= ;; esac
      cur=\${cur#*=}
      ;;
  esac
  _awsher_values "$command $prev" && return
  _awsher_takes "$command $prev" && return
  case $cur in
    -*)
      case $command in
${commands.map((command) => `        ${command.name}) _awsher_reply <<<$'${flags(command, line).join('\\n')}' ;;`).join('\n')}
      esac
      ;;
    *) _awsher_values "$command #$count" ;;
  esac
}

# Whether an option wants a value.
_awsher_takes() {
  case $1 in
    ${takers(line).join('|')}) return 0 ;;
    *) return 1 ;;
  esac
}

complete -F _awsher awsher
`;
}

function valueCases({ commands, globals }: CommandLine): string {
  const cases: string[] = [];
  const add = (pattern: string, values: Values) => {
    const action = actionOf(values);
    if (action !== undefined) cases.push(`    ${pattern}) ${action} ;;`);
  };
  for (const { name, options = [], arguments: args = [] } of commands) {
    for (const option of options) {
      if (option.value)
        add(
          spellings(option)
            .map((flag) => `'${name} ${flag}'`)
            .join('|'),
          valuesOf(option),
        );
    }
    for (const [at, argument] of args.entries()) add(`'${name} #${at}'`, valuesOf(argument));
  }
  for (const option of globals) {
    if (option.value)
      add(
        spellings(option)
          .map((flag) => `*' ${flag}'`)
          .join('|'),
        valuesOf(option),
      );
  }
  return cases.join('\n');
}

function actionOf(values: Values): string | undefined {
  switch (values.kind) {
    case 'choices':
      return `_awsher_reply <<<$'${values.choices.join('\\n')}'`;
    case 'names':
      return `_awsher_reply < <(awsher complete ${values.of} 2>/dev/null)`;
    case 'files':
      return '_awsher_files';
    case 'none':
      return undefined;
  }
}

function takers({ commands, globals }: CommandLine): string[] {
  const own = commands.flatMap(({ name, options = [] }) =>
    options
      .filter(({ value }) => value)
      .flatMap((option) => spellings(option).map((flag) => `'${name} ${flag}'`)),
  );
  const all = globals
    .filter(({ value }) => value)
    .flatMap((option) => spellings(option).map((flag) => `*' ${flag}'`));
  return [...own, ...all];
}
