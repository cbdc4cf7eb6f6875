import { realpathSync, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';

export interface BrowserCommand {
  program: string;
  args: string[];
}

/**
 * The commands of `$BROWSER` for an address, in the order in which they are to be tried, as Python's webbrowser reads
 * it: entries separated by the system's path separator, `%s` for the address (or the address as the last word), words
 * as a shell splits them, and no shell. Entries that would come back to awsher are left out.
 */
export function browserCommands(
  value: string | undefined,
  url: string,
  where: { platform: string; path: string | undefined },
): BrowserCommand[] {
  const windows = where.platform === 'win32';
  return (value ?? '').split(windows ? ';' : ':').flatMap((entry): BrowserCommand[] => {
    const trimmed = entry.trim();
    // A path with spaces and nothing else is one word.
    const words = isFile(trimmed) ? [trimmed] : shellWords(trimmed, windows);
    // Python's way to say that the program stays; here each one may.
    if (words.at(-1) === '&') words.pop();
    const [program, ...rest] = words;
    if (!program || isOurselves(words, where.path)) return [];
    const args = rest.map((word) => word.replaceAll('%s', () => url));
    return [{ program, args: rest.some((word) => word.includes('%s')) ? args : [...args, url] }];
  });
}

/** Whether a command is awsher: by name, behind `node` or `npx`, or under another name that is a link to it. */
function isOurselves(words: readonly string[], path: string | undefined): boolean {
  if (words.slice(0, 3).some(isOwnName)) return true;
  const [program = ''] = words;
  const target = realProgram(program, path);
  return target !== undefined && isOwnName(target);
}

/** Whether a word of a command line names awsher itself. */
export function isOwnName(word: string): boolean {
  return /^awsher(-open)?(\.(js|mjs|cjs|cmd|exe|ps1|bat))?$/i.test(word.replace(/^.*[\\/]/, ''));
}

function realProgram(program: string, path: string | undefined): string | undefined {
  const candidates = isAbsolute(program)
    ? [program]
    : (path ?? '').split(delimiter).map((folder) => join(folder, program));
  const found = candidates.find(isFile);
  try {
    return found === undefined ? undefined : realpathSync(found);
  } catch {
    return undefined;
  }
}

function isFile(path: string): boolean {
  try {
    return isAbsolute(path) && statSync(path).isFile();
  } catch {
    return false;
  }
}

/** Words as POSIX shells split them, with quotes; a backslash escapes, but not on Windows, where it is in paths. */
export function shellWords(text: string, windows = false): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote: string | undefined;
  for (let index = 0; index < text.length; index++) {
    const character = text[index] ?? '';
    if (character === '\\' && !windows && quote !== "'") {
      word = (word ?? '') + (text[++index] ?? '');
    } else if (quote !== undefined) {
      if (character === quote) quote = undefined;
      else word = (word ?? '') + character;
    } else if (character === '"' || character === "'") {
      quote = character;
      word ??= '';
    } else if (/\s/.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else {
      word = (word ?? '') + character;
    }
  }
  return word === undefined ? words : [...words, word];
}
