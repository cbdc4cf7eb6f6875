import { AwsherError } from '../../../../shared/errors/awsher-error.ts';
import { printable } from '../../../../shared/printable.ts';
import type { Context } from '../../../base/platform/context.ts';
import { ownCommandLine } from '../../../base/platform/own-command.ts';
import type { Command, Declaration, Run } from '../command.ts';
import { isShell, SHELLS, shellLines } from '../setup-shell/shell-lines.ts';

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

const run: Run = async (context, { arguments: [named] }) => {
  const shell = named ?? loginShell(context);
  if (!isShell(shell)) {
    throw new AwsherError('USAGE', `setup-shell knows ${SHELLS.join(', ')}, not ${shown(shell)}.`, {
      hint:
        shell === ''
          ? `run \`awsher setup-shell ${SHELLS[0]}\`, or with the name of your shell`
          : 'put the browser before each command instead: `env BROWSER="awsher open-url %s" aws sso login`',
    });
  }
  context.stdout.write(shellLines(shell, context.platform, ownCommandLine()));
};

const loginShell = ({ env, platform }: Context): string =>
  env.SHELL?.replace(/^.*\//, '') ?? (platform === 'win32' ? 'powershell' : '');

const shown = (shell: string): string => (shell === '' ? 'your shell' : printable(shell));

export const command: Command = { declaration, run };
