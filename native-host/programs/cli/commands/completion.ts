import { AwsherError } from '../../../../shared/errors/awsher-error.ts';
import { shown } from '../../../base/formats/shown.ts';
import type { Context } from '../../../base/platform/context.ts';
import type { Command, Declaration, Invocation } from '../command.ts';
import type { CommandLine, Commands } from '../completion/model.ts';

const SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const;
type Shell = (typeof SHELLS)[number];

export const declaration: Declaration = {
  name: 'completion',
  summary: 'Print the completion script for your shell',
  noJson: true,
  description:
    'Completes commands, options, and the names of your sessions, profiles and browsers. Load it from the startup file of your shell.',
  arguments: [{ name: 'SHELL', description: SHELLS.join(', '), required: true, choices: SHELLS }],
  examples: [
    'eval "$(awsher completion bash)"',
    'source <(awsher completion zsh)',
    'awsher completion fish | source',
    'awsher completion powershell | Out-String | Invoke-Expression',
  ],
};

async function run(all: Commands, context: Context, { arguments: [named = ''] }: Invocation): Promise<void> {
  const shell = SHELLS.find((name) => name === named);
  if (shell === undefined) {
    throw new AwsherError('USAGE', `There is no completion for ${shown(named, JSON.stringify, 'a shell')}.`, {
      hint: `name one of these: ${SHELLS.join(', ')}`,
    });
  }
  const { commandLine } = await import('../completion/model.ts');
  const write = await writerOf(shell);
  context.stdout.write(write(await commandLine(all)));
}

async function writerOf(shell: Shell): Promise<(line: CommandLine) => string> {
  switch (shell) {
    case 'bash':
      return (await import('../completion/bash.ts')).bashCompletion;
    case 'zsh':
      return (await import('../completion/zsh.ts')).zshCompletion;
    case 'fish':
      return (await import('../completion/fish.ts')).fishCompletion;
    case 'powershell':
      return (await import('../completion/powershell.ts')).powershellCompletion;
  }
}

/** The command, given all commands: it is one of them. */
export function completion(all: Commands): Command {
  return { declaration, run: (context, invocation) => run(all, context, invocation) };
}
