import { AwsherError } from '../../../../shared/errors/awsher-error.ts';
import { shown } from '../../../base/formats/shown.ts';
import type { Context } from '../../../base/platform/context.ts';
import type { Command, Declaration, Invocation } from '../command.ts';
import type { CommandLine, Commands } from '../completion/model.ts';

const WRITERS: Readonly<Record<string, () => Promise<(line: CommandLine) => string>>> = {
  bash: async () => (await import('../completion/bash.ts')).bashCompletion,
  zsh: async () => (await import('../completion/zsh.ts')).zshCompletion,
  fish: async () => (await import('../completion/fish.ts')).fishCompletion,
  powershell: async () => (await import('../completion/powershell.ts')).powershellCompletion,
};
const SHELLS = Object.keys(WRITERS);

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
  const writer = Object.hasOwn(WRITERS, named) ? WRITERS[named] : undefined;
  if (writer === undefined) {
    throw new AwsherError('USAGE', `There is no completion for ${shown(named, JSON.stringify, 'a shell')}.`, {
      hint: `name one of these: ${SHELLS.join(', ')}`,
    });
  }
  const { commandLine } = await import('../completion/model.ts');
  const write = await writer();
  context.stdout.write(write(await commandLine(all)));
}

/** The command, given all commands: it is one of them. */
export function completion(all: Commands): Command {
  return { declaration, run: (context, invocation) => run(all, context, invocation) };
}
