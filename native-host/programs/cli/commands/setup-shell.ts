import { AwsherError } from '../../../../shared/errors/awsher-error.ts';
import type { Context } from '../../../base/platform/context.ts';
import { ownCommandLine } from '../../../base/platform/own-command.ts';
import type { Command, Declaration, Invocation } from '../command.ts';
import { EXIT } from '../exit.ts';
import { isShell, SHELLS, type Shell, shellLines } from '../setup-shell/shell-lines.ts';

export const declaration: Declaration = {
  name: 'setup-shell',
  summary: 'Print shell functions that let other tools sign in through awsher',
  noJson: true,
  description:
    'Add the output to the startup file of your shell. It changes only the tools it names and exports no BROWSER. Recipes for each tool: docs/other-tools.md.',
  arguments: [
    { name: 'SHELL', description: `${SHELLS.join(', ')} (default: your login shell)`, choices: SHELLS },
  ],
  examples: [
    'awsher setup-shell zsh >> ~/.zshrc',
    'awsher setup-shell fish > ~/.config/fish/conf.d/awsher.fish',
  ],
};

async function run(context: Context, { arguments: [named] }: Invocation): Promise<number> {
  const shell = named ?? loginShell(context);
  if (shell === undefined || !isShell(shell)) {
    throw new AwsherError('USAGE', 'setup-shell needs the name of your shell.', {
      hint: `run \`awsher setup-shell ${SHELLS[0]}\`, or one of ${SHELLS.slice(1).join(', ')}`,
    });
  }
  context.stdout.write(shellLines(shell, context.platform, ownCommandLine()));
  return EXIT.done;
}

function loginShell({ env, platform }: Context): Shell | undefined {
  const name = env.SHELL?.replace(/^.*\//, '') ?? (platform === 'win32' ? 'powershell' : '');
  return isShell(name) ? name : undefined;
}

export const command: Command = { declaration, run };
