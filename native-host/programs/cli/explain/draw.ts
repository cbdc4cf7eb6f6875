import { shortPath } from '../../../features/doctor/check.ts';
import type { TreeNode } from '../../../features/explain/tree.ts';
import { plain, type Style } from '../output.ts';
import { width as columnsOf, wrap } from '../width.ts';

export interface TellOptions {
  /** Columns to keep within. */
  readonly width: number;
  readonly style: Style;
  /** Box drawing and marks in Unicode; else ASCII. */
  readonly unicode: boolean;
  readonly home: string;
  readonly now: number;
}

interface Signs {
  readonly down: string;
  readonly tee: string;
  readonly corner: string;
  readonly marks: Readonly<Record<TreeNode['mark'], string>>;
}

const UNICODE: Signs = {
  down: '│  ',
  tee: '├─ ',
  corner: '╰─ ',
  marks: { taken: '✓', 'passed-over': '○', 'not-there': '·', invalid: '✗', detail: '' },
};
const ASCII: Signs = {
  down: '|  ',
  tee: '|- ',
  corner: '`- ',
  marks: { taken: '*', 'passed-over': 'o', 'not-there': '.', invalid: 'x', detail: '' },
};

/** A tree as lines of at most `width` columns, as far as words allow. */
export function drawTree(root: TreeNode, options: TellOptions): string {
  return draw(root, '', '', 0, options).join('\n');
}

function draw(node: TreeNode, first: string, rest: string, titles: number, options: TellOptions): string[] {
  const signs = options.unicode ? UNICODE : ASCII;
  const own = [...node.children];
  const stem = own.length > 0 ? signs.down : '';
  const lines = nodeLines(node, { first, rest: `${rest}${stem}`, titles }, options);
  const lengths = own.map((child) => columnsOf(label(child, options)));
  const widest = Math.max(0, ...lengths.filter((one) => one <= longest(options.width)));
  own.forEach((child, at) => {
    const last = at === own.length - 1;
    const here = `${rest}${last ? signs.corner : signs.tee}`;
    const on = `${rest}${last ? '   ' : signs.down}`;
    lines.push(...draw(child, here, on, widest, options));
  });
  return lines;
}

interface Margins {
  readonly first: string;
  readonly rest: string;
  /** Width of the titles' column. */
  readonly titles: number;
}

/** A title, its text wrapped behind it, and the place: at the right edge, or below where there is no room. */
function nodeLines(node: TreeNode, margins: Margins, options: TellOptions): string[] {
  const { style, width } = options;
  const title = label(node, options);
  // A title that is much longer than its neighbours has its text on the lines below.
  const column = margins.titles || Math.min(columnsOf(title), longest(width));
  const indent = Math.max(columnsOf(margins.first), 0) + column + 2;
  const room = Math.max(12, width - indent);
  const words = wrap(said(node.text, options), room);
  const dim = node.mark === 'not-there' || node.mark === 'passed-over';
  const paintText = dim ? style.dim : (text: string) => text;
  const place = said(node.place === null ? (node.aside ?? '') : placeWords(node.place, options), options);
  const body = words.length === 0 ? [''] : words;
  const last = body.at(-1) ?? '';
  const beside = place !== '' && columnsOf(last) + 2 + columnsOf(place) <= room;
  const lines = body.map(paintText);
  if (beside) {
    const gap = ' '.repeat(room - columnsOf(last) - columnsOf(place));
    lines[lines.length - 1] = `${paintText(last)}${gap}${style.dim(place)}`;
  } else if (place !== '') {
    lines.push(
      ...wrap(columnsOf(place) <= room ? place : said(shortHash(place), options), room).map(style.dim),
    );
  }
  const head = `${style.dim(margins.first)}${paintTitle(node, title, style)}`;
  const hanging = `${style.dim(margins.rest)}${' '.repeat(Math.max(0, indent - columnsOf(margins.rest)))}`;
  if (columnsOf(title) > column) {
    const below = lines.filter((line) => line !== '').map((line) => `${hanging}${line}`);
    return [head, ...below];
  }
  const pad = ' '.repeat(column - columnsOf(title) + 2);
  return lines.map((line, at) => `${at === 0 ? `${head}${pad}` : hanging}${line}`.trimEnd());
}

/** The widest that a title may make the column of titles. */
function longest(width: number): number {
  return Math.floor(width * 0.3);
}

function placeWords({ file, line }: NonNullable<TreeNode['place']>, { home }: TellOptions): string {
  const path = shortPath(file, home);
  return line === null || line === 0 ? path : `${path}:${line}`;
}

/** Names in the caches are SHA-1s; eight letters tell them apart where the line has no room for forty. */
function shortHash(place: string): string {
  return place.replace(/\b([0-9a-f]{8})[0-9a-f]{32}\b/g, '$1…');
}

function label({ mark, title }: TreeNode, options: Pick<TellOptions, 'unicode'>): string {
  const sign = (options.unicode ? UNICODE : ASCII).marks[mark];
  return `${sign}${sign === '' ? '' : ' '}${said(title, options)}`;
}

/** A text fit for this terminal, before anything is measured. */
export function said(text: string, { unicode }: Pick<TellOptions, 'unicode'>): string {
  return unicode ? plain(text) : plain(text).replaceAll('…', '...').replaceAll('→', '->');
}

function paintTitle({ mark }: TreeNode, title: string, style: Style): string {
  switch (mark) {
    case 'taken':
      return style.green(style.bold(title));
    case 'invalid':
      return style.red(style.bold(title));
    case 'detail':
      return style.bold(title);
    default:
      return style.dim(title);
  }
}
