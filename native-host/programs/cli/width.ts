import stringWidth from 'fast-string-width';

/** Columns that a printable text takes on a terminal (UAX #11): two for a Japanese, Korean or emoji character, none for an accent. */
export const width = (text: string): number =>
  // What most texts are needs none of Unicode's tables, whose first use is a tenth of a short command's time.
  /^[ -~]*$/.test(text) ? text.length : stringWidth(text);

/** The text with spaces behind it, `columns` wide. */
export function pad(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - width(text)));
}

/** The text, at most `columns` wide; what is left out shows as `…`. */
export function clip(text: string, columns: number): string {
  if (width(text) <= columns) return text;
  const [kept] = split(text, columns - 1);
  return `${kept}…`;
}

/** The text in pieces of at most `columns`; characters that belong together stay together. */
export function pieces(text: string, columns: number): string[] {
  const [first, rest] = split(text, columns);
  if (rest === '') return [first];
  // A mark of punctuation begins no line: the letter before it comes along.
  if (/^\p{P}$/u.test(rest)) return split(text, width(first) - 1);
  return [first, ...pieces(rest, columns)];
}

/** Lines of whole words. A word that is too long for a line is cut, or stays `whole`: an address to copy. */
export function wrap(text: string, room: number, long: 'cut' | 'whole' = 'cut'): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter((one) => one !== '')) {
    if (line !== '' && width(line) + 1 + width(word) <= room) line = `${line} ${word}`;
    else {
      if (line !== '') lines.push(line);
      const parts = long === 'cut' ? pieces(word, room) : [word];
      lines.push(...parts.slice(0, -1));
      line = parts.at(-1) ?? '';
    }
  }
  return line === '' ? lines : [...lines, line];
}

/** Below this there is no column of words any more. */
const LEAST = 12;

/** A text behind its `lead`, in lines of at most `room` columns; the further lines stand in line with the first. */
export function hang(lead: string, text: string, room: number, long?: 'cut' | 'whole'): string[] {
  const indent = width(lead);
  return wrap(text, Math.max(LEAST, room - indent), long).map(
    (line, at) => `${at === 0 ? lead : ' '.repeat(indent)}${line}`,
  );
}

/**
 * Sentences for a terminal: a line that is longer than `room` goes on below, in line with its first word. Columns, which have
 * two spaces between them, stay as they are.
 */
export function fold(text: string, room: number): string {
  return text
    .split('\n')
    .flatMap((line) => {
      if (width(line) <= room || /\S {2}/.test(line)) return [line];
      const [, lead = '', words = ''] = /^((?:\x1b\[\d+m)*\s*(?:\S(?:\x1b\[0m)? )?)(.*)$/s.exec(line) ?? [];
      return hang(lead, words, room, 'whole');
    })
    .join('\n');
}

/** The longest beginning that is at most `columns` wide, but at least one character, and the rest. */
function split(text: string, columns: number): [string, string] {
  let [end, used] = [0, 0];
  const letters = new Intl.Segmenter('en', { granularity: 'grapheme' });
  for (const { segment, index } of letters.segment(text)) {
    used += width(segment);
    if (used > columns && index > 0) break;
    end = index + segment.length;
  }
  return [text.slice(0, end), text.slice(end)];
}
