import type { AwsherError } from '../../../shared/errors/awsher-error.ts';
import { printable } from '../../../shared/printable.ts';
import type { Context, TextSink } from '../../base/platform/context.ts';
import { fold } from './width.ts';

/**
 * The one voice of the command. stdout carries the answer and nothing else; everything that a person is told besides
 * goes to stderr. Text that came from AWS, a page or a file is made fit to be shown here, whatever its caller did; `plain` also
 * keeps it from looking like a color of awsher's.
 */
export interface Output {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
  /** Columns of the terminal that the answer goes to; endless where it is none. */
  readonly room: number;
  /** The answer as text: one or more whole lines. Sentences are folded on a terminal, unless programs read it `exact`. */
  answer(text: string, exact?: 'exact'): void;
  /** The answer as data: one JSON value. */
  data(value: unknown): void;
  /** A fact on stderr; silent with `--quiet`. */
  tell(line: string): void;
  /** Something that is wrong but does not stop us; never silent. */
  warn(line: string): void;
  /** How it came about; only with `--verbose`. */
  detail(line: string): void;
  /** For what is told. */
  style: Style;
  /** For the answer. */
  readonly answerStyle: Style;
}

export interface Style {
  bold(text: string): string;
  dim(text: string): string;
  green(text: string): string;
  yellow(text: string): string;
  red(text: string): string;
}

export function createOutput(
  context: Context,
  { options }: { readonly options: Readonly<Record<string, unknown>> },
): Output {
  const json = options.json === true;
  const quiet = options.quiet === true;
  const verbose = options.verbose === true;
  const style = createStyle(usesColour(context, context.stderr, options.noColor !== true));
  const folded = (line: string): string => fold(legible(line), roomOf(context.stderr));
  return {
    json,
    quiet,
    verbose,
    get room() {
      return roomOf(context.stdout);
    },
    style,
    get answerStyle() {
      return createStyle(usesColour(context, context.stdout, options.noColor !== true));
    },
    answer: (text, exact) => {
      const lines = legible(text);
      context.stdout.write(`${exact ? lines : fold(lines, roomOf(context.stdout))}\n`);
    },
    data: (value) =>
      context.stdout.write(`${JSON.stringify(value, null, context.stdout.isTTY ? 2 : undefined)}\n`),
    tell: (line) => {
      if (!quiet) context.stderr.write(`${folded(line)}\n`);
    },
    warn: (line) => context.stderr.write(`${folded(`${style.yellow('!')} ${line}`)}\n`),
    detail: (line) => {
      if (verbose) context.stderr.write(`${style.dim(folded(line))}\n`);
    },
  };
}

/** How an error looks in `room` columns: what is wrong, its stable code, and the next thing to type. */
export function describeError(error: AwsherError, style: Style, room: number): string {
  const first = `${style.red('✗')} ${plain(error.message)} ${style.dim(`[${error.code}]`)}`;
  return `${fold(error.hint ? `${first}\n  → ${plain(error.hint)}` : first, room)}\n`;
}

/** Columns to keep within; endless where nobody looks at a terminal. The width is asked for on a terminal only: it costs a stream. */
export function roomOf(stream: TextSink): number {
  return stream.isTTY ? stream.columns : Number.POSITIVE_INFINITY;
}

/** What `createStyle` writes around a text, and the end of a line of RFC 4180. */
const OURS = /(\u001b\[(?:[0-2]|3[1-3])m|\r\n)/;

/** Lines with colors of awsher's own, everything else in them as it may be shown. */
function legible(lines: string): string {
  const pieces = lines.split(OURS);
  return pieces.map((piece, at) => (at % 2 === 1 ? piece : printable(piece, { keep: '\n\t' }))).join('');
}

/** Text of foreign origin for a terminal. Ends after 2,000 characters. */
export function plain(text: string): string {
  return printable(text.slice(0, 2000), { keep: '\n' });
}

/**
 * https://no-color.org: any non-empty NO_COLOR switches color off, whatever the terminal can do. https://force-color.org switches
 * it on where there is no terminal; 0 switches it off.
 */
export function usesColour({ env }: Context, stream: TextSink, wanted: boolean): boolean {
  if (!wanted || env.NO_COLOR) return false;
  if (env.FORCE_COLOR) return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false';
  return stream.isTTY && env.TERM !== 'dumb';
}

export function createStyle(colour: boolean): Style {
  const paint = (code: number) => (text: string) => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);
  return { bold: paint(1), dim: paint(2), green: paint(32), yellow: paint(33), red: paint(31) };
}
