import { printable } from '../../../shared/printable.ts';
import type { ConfigFile } from '../../base/files/config-file.ts';
import { writeIn } from '../../base/formats/advice.ts';
import { parseHeader } from '../../base/formats/section-id.ts';
import { type Finding, fail, inline, shortPath } from './check.ts';

/** Keys whose value is the name of a section. */
const NAMES = /^(?:sso_session|source_profile|services)$/;
/** Letters that look like Latin ones, and those. */
const ALIKE: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ['аеорсухіѕјһԁ', 'aeopcyxisjhd'],
    ['АВЕКМНОРСТХУІЅЈ', 'ABEKMHOPCTXYISJ'],
    ['ονΑΒΕΖΗΙΚΜΝΟΡΤΥΧ', 'ovABEZHIKMNOPTYX'],
  ].flatMap(([odd = '', plain = '']) => [...odd].map((letter, at) => [letter, plain[at] ?? letter])),
);

/** Names that are not what they look like: a letter that does not show, or one of another script among Latin ones. Whoever types such a name types another. */
export function oddLetters({ file, document }: ConfigFile, home: string): Finding[] {
  const shown = shortPath(file, home);
  const finding = (line: number, name: string, write: (meant: string) => string): Finding[] => {
    const odd = oddLetterOf(name);
    if (odd === undefined) return [];
    const code = `U+${(odd.letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
    return [
      fail(
        `${shown}, line ${line + 1}: ${odd.what} in the name ${inline(name)} (${code}, letter ${odd.at})`,
        writeIn({ file: shown, line: line + 1 }, write(meantBy(name))),
      ),
    ];
  };
  return document.sections.flatMap(({ header, line, entries }) => {
    const id = parseHeader(header);
    const name = id?.name ?? header;
    return [
      ...finding(line, name, (meant) => (id === undefined ? `[${meant}]` : `[${id.type} ${meant}]`)),
      ...entries.flatMap(({ key, rawValue, line: at }) =>
        NAMES.test(key) ? finding(at, rawValue.trim(), (meant) => `${key} = ${meant}`) : [],
      ),
    ];
  });
}

function oddLetterOf(name: string): { letter: string; at: number; what: string } | undefined {
  const letters = [...name];
  for (const [index, letter] of letters.entries()) {
    const at = index + 1;
    if (printable(letter) !== letter || /[^\S ]/.test(letter))
      return { letter, at, what: 'an invisible letter is' };
    if (/[\uff01-\uff5e]/.test(letter) || (letter in ALIKE && isMixed(letters, index)))
      return { letter, at, what: 'a letter that looks like another is' };
  }
  return undefined;
}

/** Whether the word around a letter has Latin letters, too: a whole word of another script is what it looks like. */
function isMixed(letters: readonly string[], index: number): boolean {
  const isLetter = (letter: string | undefined) => letter !== undefined && /\p{L}/u.test(letter);
  let [from, to] = [index, index];
  while (isLetter(letters[from - 1])) from -= 1;
  while (isLetter(letters[to + 1])) to += 1;
  return letters.slice(from, to + 1).some((letter) => /\p{Script=Latin}/u.test(letter));
}

function meantBy(name: string): string {
  const seen = [...printable(name, { instead: '' }).normalize('NFKC')];
  const plain = seen.map((letter) => ALIKE[letter] ?? letter).join('');
  return plain.trim().replace(/\s+/g, '-') || 'NAME';
}
