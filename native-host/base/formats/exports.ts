import { AwsherError } from '../../../shared/errors/awsher-error.ts';

/** How credentials are written for a shell or a file. */
export const EXPORT_FORMATS = [
  'env',
  'env-no-export',
  'fish',
  'powershell',
  'windows-cmd',
  'dotenv',
  'json',
] as const;

export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** A variable and its value; `undefined` is one that must not be left over from before. */
export type Variables = readonly (readonly [name: string, value: string | undefined])[];

/** Narrows what was typed to a format. */
export function isExportFormat(text: string): text is ExportFormat {
  return EXPORT_FORMATS.some((format) => format === text);
}

/** The format for the shell that most likely reads it. Windows has no SHELL; only cmd.exe sets PROMPT. */
export function defaultFormat(
  env: Readonly<Record<string, string | undefined>>,
  platform: string,
): Exclude<ExportFormat, 'json'> {
  const shell =
    (env.SHELL ?? '')
      .replaceAll('\\', '/')
      .split('/')
      .at(-1)
      ?.replace(/\.exe$/i, '') ?? '';
  if (shell === 'fish') return 'fish';
  if (shell === 'pwsh') return 'powershell';
  if (platform !== 'win32' || shell !== '') return 'env';
  return env.PROMPT === undefined ? 'powershell' : 'windows-cmd';
}

/**
 * Lines that set the variables in one shell's language, each value quoted so that it arrives byte for byte. Values of the
 * usual characters (keys and tokens have letters, digits, `/`, `+`, `=`) come out as in
 * `aws configure export-credentials`. Throws PROFILE_UNUSABLE for a value that the shell would read otherwise.
 */
export function formatVariables(variables: Variables, format: Exclude<ExportFormat, 'json'>): string {
  const write = WRITERS[format];
  return variables
    .flatMap(([name, value]) => {
      if (value === undefined) return write.unset === undefined ? [] : [write.unset(name)];
      const found = (write.refused ?? CONTROL).exec(value)?.[0];
      if (found !== undefined) throw impossible(name, format, found);
      return [write.set(name, value)];
    })
    .join('\n');
}

const CONTROL = /[\u0000-\u001f\u007f]/;

function impossible(name: string, format: string, found: string): AwsherError {
  const what = CONTROL.test(found) ? 'a control character' : `the character ${found}`;
  return new AwsherError('PROFILE_UNUSABLE', `${name} has ${what}, which ${format} cannot express.`, {
    hint: 'use `awsher export --format json`, or `awsher exec`',
  });
}

interface Writer {
  /** Characters that end a value or are replaced in it, whatever the quotes. Control characters unless told. */
  refused?: RegExp;
  set(name: string, value: string): string;
  /** Missing where a file is written and nothing can be left over. */
  unset?(name: string): string;
}

const PLAIN = /^[A-Za-z0-9_/+=:.,@-]*$/;

const WRITERS: Readonly<Record<Exclude<ExportFormat, 'json'>, Writer>> = {
  env: {
    set: (name, value) => `export ${name}=${posix(value)}`,
    unset: (name) => `unset ${name}`,
  },
  'env-no-export': { set: (name, value) => `${name}=${posix(value)}` },
  fish: {
    set: (name, value) => `set -gx ${name} "${value.replace(/[\\"$]/g, '\\$&')}"`,
    unset: (name) => `set -e ${name}`,
  },
  powershell: {
    // PowerShell also ends strings at the typographic quotes.
    set: (name, value) => `$Env:${name}="${value.replace(/[`"$\u201c-\u201e]/g, '`$&')}"`,
    unset: (name) => `Remove-Item Env:${name} -ErrorAction SilentlyContinue`,
  },
  'windows-cmd': {
    // cmd.exe has no way to write these two in quotes that holds in a batch file and on the command line.
    refused: /["%\u0000-\u001f\u007f]/,
    set: (name, value) => (PLAIN.test(value) ? `set ${name}=${value}` : `set "${name}=${value}"`),
    unset: (name) => `set ${name}=`,
  },
  dotenv: {
    set: (name, value) =>
      PLAIN.test(value) ? `${name}=${value}` : `${name}="${value.replace(/[\\"$`]/g, '\\$&')}"`,
  },
};

function posix(value: string): string {
  return PLAIN.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}
