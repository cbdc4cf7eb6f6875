import { type Stats, statSync } from 'node:fs';
import { dirname, isAbsolute } from 'node:path';
import type { ConfigValue } from '../../../base/formats/profiles.ts';
import { shellPath } from '../../../base/formats/shell-path.ts';
import { commandWords } from '../../../base/formats/shell-split.ts';
import type { AuditCheck, AuditContext, Severity } from '../finding.ts';
import { scanKeys } from '../key-scan.ts';

/** `credential_process` lines: each starts a program as you, whenever any tool wants credentials. */
export const credentialProcess: AuditCheck = {
  id: 'credential-process',
  about: 'credential_process lines',
  run: (context) =>
    [...context.config.profiles.values()].flatMap(({ name, values }) => {
      const at = values.get('credential_process');
      if (at === undefined || at.value === '') return [];
      return problemsOf(at, context).map(([severity, problem, fix]) => ({
        severity,
        title: `credential_process of profile ${name} ${problem}`,
        file: at.file,
        line: at.line,
        fix,
      }));
    }),
};

type Problem = readonly [severity: Severity, problem: string, fix: string];

const OWN_PATH = 'give the full path of a program in a folder where only you and root can write';
const OWN_SCRIPT = 'move it into a script of your own, and give its full path';

function problemsOf({ value }: ConfigValue, context: AuditContext): Problem[] {
  const found: Problem[] = [];
  if (/\b(curl|wget|Invoke-WebRequest|iwr)\b.*\|\s*(\S*\/)?(sh|bash|zsh|python\d?|node|iex)\b/i.test(value))
    found.push(['critical', 'pipes what it downloads into a shell', 'delete the line, and check what ran']);
  else if (/[|&;<>`]|\$\(/.test(value))
    found.push(['medium', 'has characters that some SDKs give to a shell and others do not', OWN_SCRIPT]);
  if (scanKeys([value]).length > 0 || /(--?(password|secret|token)[= ]|password=)\S/i.test(value))
    found.push([
      'high',
      'has a secret in its command line, where every user of this machine can see it',
      'have the program read it from a keychain or a private file',
    ]);
  const [program = ''] = commandWords(value, context.platform) ?? value.trim().split(/\s+/);
  if (
    /^(\S*[\\/])?(sh|bash|zsh|cmd|cmd\.exe|powershell|pwsh|python\d?|perl|ruby|node)$/i.test(program) &&
    /\s(-c|-e|\/c|-Command|-EncodedCommand)\b/i.test(value)
  )
    found.push(['medium', 'runs code that is written into the line', OWN_SCRIPT]);
  return [...found, ...programProblems(program, context)];
}

function programProblems(program: string, { env, platform, uid, paths }: AuditContext): Problem[] {
  if (program.startsWith('~') || program.includes('$'))
    return [['low', 'names its program with ~ or a variable, which the AWS CLI does not expand', OWN_PATH]];
  if (!/[\\/]/.test(program))
    return [['low', `runs whichever ${shown(program)} comes first in PATH`, OWN_PATH]];
  if (!isAbsolute(program) && platform !== 'win32')
    return [
      ['high', 'names its program by a relative path, which any folder you work in can supply', OWN_PATH],
    ];
  const temporary = ['/tmp/', '/var/tmp/', '/dev/shm/', '/private/tmp/', env.TMPDIR, env.TEMP].some(
    (folder) => folder && program.startsWith(folder) && !paths.home.startsWith(folder),
  );
  const problems: Problem[] = temporary
    ? [['high', 'runs a program in a temporary folder, where anyone can put one', OWN_PATH]]
    : [];
  const stats = statOf(program);
  if (stats === undefined)
    return [...problems, ['low', 'names a program that does not exist', 'install it, or delete the line']];
  if (platform === 'win32') return problems;
  const folder = statOf(dirname(program));
  if (stats.mode & 0o002 || (folder !== undefined && (folder.mode & 0o1002) === 0o002))
    problems.push([
      'critical',
      'runs a program that anyone on this machine can replace',
      `run \`chmod o-w ${shellPath(program, paths.home)} ${shellPath(dirname(program), paths.home)}\``,
    ]);
  else if (uid !== undefined && stats.uid !== uid && stats.uid !== 0)
    problems.push(['high', `runs a program of user ${stats.uid}`, OWN_PATH]);
  return problems;
}

/** A program's name, as long as it is one: the rest of the line may be anything. */
function shown(program: string): string {
  return /^[\w.+-]{1,40}$/.test(program) ? program : 'its program';
}

function statOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}
