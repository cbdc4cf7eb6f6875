import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { COMMANDS } from '../../native-host/programs/cli/commands.ts';
import { ROOT } from '../support/root.ts';

/** Every `awsher WORD` that a source names between backquotes, as hints and messages do. */
function namedCommands(folder: string): { file: string; word: string }[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(tsx?|json|md)$/.test(name))
    .flatMap((name) => {
      const text = readFileSync(join(ROOT, folder, name), 'utf8');
      // In a source: inside a quoted text, or as an escaped quote of a template. A sentence that begins with the name is none.
      const pattern = name.endsWith('.md')
        ? /`awsher ([a-z][a-z-]+)/g
        : /(?:\\|'[^'\n`,]*)`awsher ([a-z][a-z-]+)[^'\n]*`/g;
      return [...text.matchAll(pattern)].map(([, word = '']) => ({ file: `${folder}/${name}`, word }));
    });
}

it.each(['shared', 'native-host', 'extension', 'docs'])(
  '%s sends people to no command that is not there',
  (folder) => {
    const named = namedCommands(folder);
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter(({ word }) => !Object.hasOwn(COMMANDS, word))).toEqual([]);
  },
);
