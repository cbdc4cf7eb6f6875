import { type CommandLine, flags, spellings, type Values, valuesOf } from './model.ts';

/** Completion for PowerShell, in the profile by `awsher completion powershell | Out-String | Invoke-Expression`. */
export function powershellCompletion(line: CommandLine): string {
  const { commands } = line;
  return `# awsher completion for PowerShell. Load it with: awsher completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName awsher -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $commands = [ordered]@{
${commands.map(({ name, summary }) => `    ${quoted(name)} = ${quoted(summary)}`).join('\n')}
  }
  $options = @{
${commands.map((command) => `    ${quoted(command.name)} = @(${flags(command, line).map(quoted).join(', ')})`).join('\n')}
  }
  # A value of an option, or of the argument of a command: words, or what 'awsher complete' looks up.
  $values = @{
${valueLines(line).join('\n')}
  }
  $words = @($commandAst.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { $_.ToString() })
  $command = $words | Select-Object -Skip 1 | Where-Object { -not $_.StartsWith('-') } | Select-Object -First 1
  $found = if (-not $command) { $commands.Keys }
  else {
    $key = @("$command $($words[-1])", "* $($words[-1])") | Where-Object { $values.ContainsKey($_) } | Select-Object -First 1
    if (-not $key -and -not $wordToComplete.StartsWith('-')) { $key = "$command *" }
    if ($key -and $values.ContainsKey($key)) {
      $value = $values[$key]
      if ($value -is [array]) { $value } else { & awsher complete $value 2>$null }
    }
    else { $options[$command] }
  }
  $found | Where-Object { $_ -and $_.StartsWith($wordToComplete) } | ForEach-Object {
    $tip = if ($commands[$_] -and -not $command) { $commands[$_] } else { $_ }
    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $tip)
  }
}
`;
}

function valueLines({ commands, globals }: CommandLine): string[] {
  const lines: string[] = [];
  const add = (key: string, values: Values) => {
    if (values.kind === 'choices')
      lines.push(`    ${quoted(key)} = @(${values.choices.map(quoted).join(', ')})`);
    if (values.kind === 'names') lines.push(`    ${quoted(key)} = ${quoted(values.of)}`);
  };
  for (const { name, options = [], arguments: [argument] = [] } of commands) {
    for (const option of options)
      for (const flag of spellings(option)) add(`${name} ${flag}`, valuesOf(option));
    if (argument) add(`${name} *`, valuesOf(argument));
  }
  for (const option of globals) for (const flag of spellings(option)) add(`* ${flag}`, valuesOf(option));
  return lines;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
