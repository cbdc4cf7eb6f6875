import { existsSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { namesIn } from '../../base/files/read-file.ts';
import { isOwnName } from '../../base/platform/browser-variable.ts';
import { INTERPRETER, knownCommand, programWords, scriptIndex } from './known-commands.ts';

/** A program that signs in to AWS through the system's browser, and waits for the answer on a port of its own. */
export interface ListeningTool {
  /** As a person would name it. */
  name: string;
  /** It runs all day, and listens only while somebody signs in. */
  lasting: boolean;
}

interface DesktopTool {
  name: string;
  /** File name of the program, without `.exe`. */
  program: RegExp;
  /** One of its words must be this: the one process of many that runs the extensions. */
  word?: RegExp;
  /** Below the home folder: where its extensions lie; one of AWS's must be there. */
  extensions?: { folders: readonly string[]; name: RegExp };
}

/** Electron runs an editor's extensions in a process of this kind. */
const EXTENSION_HOST = /^--utility-sub-type=node\.mojom\.NodeService$/;
const AWS_EXTENSION = /^amazonwebservices\.(aws-toolkit-vscode|amazon-q-vscode)-\d/;
const helper = (name: string) => new RegExp(`^(${name})( Helper \\(Plugin\\))?$`);

/**
 * Editors and desktop programs whose sign-ins need no question, as of 2026-11-30, from their makers' documentation and sources.
 * What is not in it asks. One line per program.
 */
const DESKTOP_TOOLS: readonly DesktopTool[] = [
  {
    name: 'VS Code',
    program: helper('code|code-insiders|Code|Code - Insiders|codium|VSCodium'),
    word: EXTENSION_HOST,
    extensions: {
      folders: ['.vscode/extensions', '.vscode-insiders/extensions', '.vscode-oss/extensions'],
      name: AWS_EXTENSION,
    },
  },
  {
    name: 'Cursor',
    program: helper('cursor|Cursor'),
    word: EXTENSION_HOST,
    extensions: { folders: ['.cursor/extensions'], name: AWS_EXTENSION },
  },
  // AWS's own editor; its command line, kiro-cli, is a coding agent.
  { name: 'Kiro', program: helper('kiro|Kiro'), word: EXTENSION_HOST },
  {
    name: 'JetBrains',
    program: /^(idea|pycharm|webstorm|phpstorm|goland|clion|rider|rubymine|datagrip|rustrover)(64)?$/,
    extensions: {
      folders: [
        '.local/share/JetBrains/*',
        'Library/Application Support/JetBrains/*/plugins',
        'AppData/Roaming/JetBrains/*/plugins',
      ],
      name: /^(aws-toolkit-jetbrains|aws-core-jetbrains|amazon-q)/,
    },
  },
  // What the AWS toolkits of all editors start for their sign-ins.
  {
    name: 'AWS Toolkit',
    program: /^(node|code|Code|cursor|Cursor|kiro|Kiro)$/,
    word: /[\\/]aws[\\/]toolkits[\\/]language-servers[\\/]/,
  },
  { name: 'Lens', program: /^(lens|lens-desktop|Lens)$/ },
];

/** Commands that sign in for whatever they run next: that they start other programs does not matter where they themselves listen. */
const WRAPPERS = /^(aws-vault|aws-sso|d?granted|d?assume(go)?)$/;

/**
 * The sign-in tool that a listening process is, or `null`. Its program is the one that the system names; of its words the
 * first, which a process gives itself, counts for nothing.
 */
export function listeningTool(
  { executable, args }: { executable: string | null; args: readonly string[] },
  home: string,
): ListeningTool | null {
  if (executable === null) return null;
  const words = [executable, ...args.slice(1)];
  const command = knownCommand({ name: executable, args: words });
  if (command !== null) return { name: command, lasting: false };
  const [program = '', first] = programWords(words);
  if (isOwnName(program) && first === 'login') return { name: 'awsher login', lasting: false };
  if (WRAPPERS.test(program)) return { name: program, lasting: false };
  const file = fileName(executable);
  const desktop = DESKTOP_TOOLS.find(
    (tool) =>
      tool.program.test(file) &&
      (tool.word === undefined || words.some((word) => tool.word?.test(word))) &&
      (tool.extensions === undefined || isInstalled(tool.extensions, home)),
  );
  return desktop ? { name: desktop.name, lasting: true } : null;
}

/** The editors with an extension of AWS's below this home, by name. */
export const installedEditors = (home: string): string[] =>
  DESKTOP_TOOLS.filter(({ extensions }) => extensions !== undefined && isInstalled(extensions, home)).map(
    ({ name }) => name,
  );

/**
 * The file that a person would call the program: the script, where an interpreter runs one. `null`: there is none, or it
 * cannot be told, so that nobody can say yes to it for good.
 */
export function programFile(
  { executable, args }: { executable: string | null; args: readonly string[] },
  folder: string | null,
): string | null {
  if (executable === null || !INTERPRETER.test(fileName(executable))) return executable;
  const words = args.slice(1);
  const script = words[scriptIndex(words)];
  if (script === undefined || args.some((word) => /^-[a-z]*[ce]$|^-m$/.test(word))) return null;
  if (folder === null && !isAbsolute(script)) return null;
  const file = resolve(folder ?? '/', script);
  return existsSync(file) ? file : null;
}

const fileName = (path: string): string => path.replace(/^.*[\\/]/, '').replace(/\.exe$/i, '');

function isInstalled({ folders, name }: NonNullable<DesktopTool['extensions']>, home: string): boolean {
  return folders
    .flatMap((folder) => expand(home, folder))
    .some((folder) => namesIn(folder).some((one) => name.test(one)));
}

/** The folders that a path with one `*` means. */
function expand(home: string, path: string): string[] {
  const [before = '', after] = path.split('*');
  if (after === undefined) return [join(home, path)];
  return namesIn(join(home, before)).map((name) => join(home, before, name, after));
}
