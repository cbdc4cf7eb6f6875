/** A cell: its text, and how it is painted once its width is known. */
export interface Cell {
  readonly text: string;
  readonly paint?: (text: string) => string;
}

/** Columns in line, two spaces between them, nothing at the ends of lines. Texts must be printable. */
export function table(rows: readonly (readonly Cell[])[]): string {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach(({ text }, column) => {
      widths[column] = Math.max(widths[column] ?? 0, width(text));
    });
  }
  return rows
    .map((row) =>
      row
        .map(({ text, paint = (same) => same }, column) => {
          const last = row.slice(column + 1).every((cell) => cell.text === '');
          const gap = last ? '' : ' '.repeat((widths[column] ?? 0) - width(text) + 2);
          return `${text === '' ? '' : paint(text)}${gap}`;
        })
        .join('')
        .trimEnd(),
    )
    .join('\n');
}

/** Characters, not code units: close enough for names and dates. */
function width(text: string): number {
  return [...text].length;
}
