/**
 * What does not show or turns what is around it: control characters, format characters (direction marks, zero-width ones,
 * soft hyphens, tags), separators of lines and paragraphs, halves of a pair, and letters of no width or ink. A joiner inside an
 * emoji is a part of it.
 */
const unseen = () =>
  /(?!(?<=\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f)\u200d(?=\p{Extended_Pictographic}))(?:[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\u115f\u1160\u2800\u3164\uffa0]|\u034f|\u17b4|\u17b5|[\u180b-\u180f])/gu;

/**
 * The one function that makes foreign text (of a page, a file, a process, AWS) fit to be shown: on a terminal, in a diff, in a
 * view, in the log. Each unseen character becomes `instead`; those in `keep` stay.
 */
export function printable(
  text: string,
  { instead = '�', keep = '' }: { instead?: string | ((character: string) => string); keep?: string } = {},
): string {
  // All of it shows in most texts, and the pattern's Unicode tables cost a short command a tenth of its time.
  if (/^[ -~]*$/.test(text)) return text;
  return text.replace(unseen(), (character) => {
    if (keep.includes(character)) return character;
    return typeof instead === 'string' ? instead : instead(character);
  });
}

/** Whether a text shows as it is. */
export const isPrintable = (text: string): boolean => printable(text, { instead: '' }) === text;
