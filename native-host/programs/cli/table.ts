import { clip, hang, pad, width } from './width.ts';

/** A cell: its text, and how it is painted once its width is known. */
export interface Cell {
  readonly text: string;
  readonly paint?: (text: string) => string;
}

/**
 * Columns in line, two spaces between them, nothing at the ends of lines. Texts must be printable. What does not fit into `room`
 * is left out, whole columns from the right: half a command is none that anybody could type.
 */
export function table(rows: readonly (readonly Cell[])[], room = Number.POSITIVE_INFINITY): string {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach(({ text }, column) => {
      widths[column] = Math.max(widths[column] ?? 0, width(text));
    });
  }
  narrow(widths, room);
  return rows
    .map((row) =>
      row
        .slice(0, widths.length)
        .map(({ text, paint = (same) => same }, column) => {
          const most = widths[column] ?? 0;
          const short = clip(text, most);
          const last = row.slice(column + 1, widths.length).every((cell) => cell.text === '');
          return `${text === '' ? '' : paint(short)}${last ? '' : pad('', most - width(short) + 2)}`;
        })
        .join('')
        .trimEnd(),
    )
    .join('\n');
}

/**
 * Names and what they say, side by side from `indent` on. One long word that has no room beside its name stands below it, to be copied
 * whole.
 */
export function facts(
  all: readonly (readonly [name: string, value: string])[],
  room: number,
  { indent = 0, column = 0, paint = (same: string) => same } = {},
): string {
  const widest = Math.max(column, ...all.map(([name]) => width(name)));
  const edge = ' '.repeat(indent);
  return all
    .flatMap(([name, value]) => {
      const lead = `${edge}${pad(name, widest)}  `;
      if (width(lead) + width(value) <= room || /\s/.test(value))
        return hang(paint(lead), value, room, 'whole');
      return [paint(`${edge}${name}`), `${edge}  ${value}`];
    })
    .join('\n');
}

/** A name is cut to this before the column behind it goes. */
const LEAST_NAME = 16;

/** Takes columns away from the right until the rest fits. The first two stay as long as there is room for a part of the first. */
function narrow(widths: number[], room: number): void {
  const total = (): number => widths.reduce((sum, one) => sum + one + 2, -2);
  while (widths.length > 2 && total() > room) widths.pop();
  const [first = 0] = widths;
  const left = (): number => room - (total() - first);
  if (left() < Math.min(first, LEAST_NAME)) widths.length = 1;
  widths[0] = Math.min(first, left());
}
