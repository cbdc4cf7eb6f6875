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
  return rest === '' ? [first] : [first, ...pieces(rest, columns)];
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
