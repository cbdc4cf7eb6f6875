import { join } from 'node:path';
import { filesIn, linesOf } from '../file-lines.ts';
import type { AuditCheck, AuditContext } from '../finding.ts';
import { scanKeys } from '../key-scan.ts';

const HOME_FILES = [
  '.bashrc',
  '.bash_profile',
  '.bash_login',
  '.bash_aliases',
  '.profile',
  '.zshrc',
  '.zshenv',
  '.zprofile',
  '.zlogin',
  '.kshrc',
  '.cshrc',
  '.tcshrc',
  '.login',
  '.xprofile',
  '.xsessionrc',
  '.pam_environment',
  '.config/fish/config.fish',
  '.config/powershell/profile.ps1',
  '.config/powershell/Microsoft.PowerShell_profile.ps1',
  'Documents/PowerShell/profile.ps1',
  'Documents/PowerShell/Microsoft.PowerShell_profile.ps1',
  'Documents/WindowsPowerShell/profile.ps1',
  'Documents/WindowsPowerShell/Microsoft.PowerShell_profile.ps1',
];

/** Keys that a shell exports to everything that it starts. */
export const shellFiles: AuditCheck = {
  id: 'shell-files',
  about: 'keys in the start-up files of shells',
  run: (context) =>
    startUpFiles(context).flatMap((file) =>
      scanKeys(readable(file)).map(({ severity, what, line }) => ({
        severity,
        title: `${what} in a start-up file of your shell`,
        file,
        line,
        fix: 'delete the line; give programs credentials with `awsher exec -- COMMAND` or AWS_PROFILE',
      })),
    ),
};

/** One that cannot be read must not hide the others, and no shell reads it either. */
function readable(file: string): string[] {
  try {
    return linesOf(file);
  } catch {
    return [];
  }
}

function startUpFiles({ paths, env }: AuditContext): string[] {
  const { home } = paths;
  const files = HOME_FILES.map((name) => join(home, name));
  if (env.ZDOTDIR && env.ZDOTDIR !== home)
    files.push(...['.zshrc', '.zshenv', '.zprofile'].map((name) => join(env.ZDOTDIR ?? '', name)));
  const fish = [join(home, '.config', 'fish', 'conf.d'), join(home, '.config', 'fish', 'functions')];
  files.push(...fish.flatMap((folder) => filesIn(folder, /\.fish$/)));
  files.push(...filesIn(join(home, '.config', 'environment.d'), /\.conf$/));
  // Also as variables that fish keeps for good.
  files.push(join(home, '.config', 'fish', 'fish_variables'));
  return [...new Set(files)];
}
