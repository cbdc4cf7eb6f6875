import { indentOf, strip } from './python-space.ts';

/** One line of the file, with the ending that it has: empty for a last line without one. */
export interface IniLine {
  readonly text: string;
  readonly eol: '' | '\n' | '\r\n' | '\r';
}

/** A key with its value. Line numbers are indexes into `lines`. */
export interface IniEntry {
  /** As written; SDKs differ about its case. */
  readonly key: string;
  readonly delimiter: '=' | ':';
  readonly indent: number;
  readonly line: number;
  /** All after the delimiter, unstripped, an inline comment included. */
  readonly rawValue: string;
  /** Indented lines that belong to the value: continuation or a nested block. */
  readonly more: readonly number[];
  /** Comment lines between this key and the next: an SDK that follows the specification reads indented ones as value. */
  readonly comments: readonly number[];
}

export interface IniSection {
  /** The text between the brackets. */
  readonly header: string;
  readonly indent: number;
  readonly line: number;
  /** After its last line that is neither blank nor a comment in the first column: where a key is inserted. */
  readonly end: number;
  readonly entries: readonly IniEntry[];
}

/**
 * `~/.aws/config` line by line, nothing lost: `serializeIni(parseIni(text)) === text` for every text. Sections, keys and
 * continuation are told apart as botocore does (Python's configparser), which is the strictest of the SDKs.
 */
export interface IniDocument {
  readonly bom: boolean;
  readonly lines: readonly IniLine[];
  readonly sections: readonly IniSection[];
  /** Lines that are no comment, section or key, or that stand before the first section. */
  readonly odd: readonly number[];
}

const BOM = '\uFEFF';

/** Parses any text; what is wrong with it is for `checkDocument` to say. Linear. */
export function parseIni(source: string): IniDocument {
  const bom = source.startsWith(BOM);
  const lines = splitLines(bom ? source.slice(1) : source);
  const sections: Open<IniSection>[] = [];
  const odd: number[] = [];
  let section: Open<IniSection> | undefined;
  let entry: Open<IniEntry> | undefined;
  let level = 0;
  for (let at = 0; at < lines.length; at++) {
    const text = lines[at]?.text ?? '';
    const indent = indentOf(text);
    if (indent === text.length) continue;
    if (text[indent] === '#' || text[indent] === ';') {
      if (entry !== undefined) entry.comments = withLine(entry.comments, at);
      if (indent > 0 && section !== undefined) section.end = at + 1;
      continue;
    }
    if (entry !== undefined && indent > level) {
      entry.more = withLine(entry.more, at);
      if (section !== undefined) section.end = at + 1;
      continue;
    }
    level = indent;
    entry = undefined;
    const header = headerOf(text, indent);
    if (header !== undefined) {
      section = { header, indent, line: at, end: at + 1, entries: [] };
      sections.push(section);
      continue;
    }
    if (section !== undefined) {
      section.end = at + 1;
      entry = entryOf(text, indent, at);
    }
    if (entry === undefined) odd.push(at);
    else section?.entries.push(entry);
  }
  return { bom, lines, sections, odd };
}

/** The text of a document, byte for byte. */
export function serializeIni(document: IniDocument): string {
  let text = document.bom ? BOM : '';
  for (const line of document.lines) text += line.text + line.eol;
  return text;
}

type Open<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer E)[] ? E[] : T[K] };

function splitLines(text: string): IniLine[] {
  const lines: IniLine[] = [];
  let start = 0;
  let newline = text.indexOf('\n');
  let carriage = text.indexOf('\r');
  while (newline !== -1 || carriage !== -1) {
    if (carriage === -1 || (newline !== -1 && newline < carriage)) {
      lines.push({ text: text.slice(start, newline), eol: '\n' });
      start = newline + 1;
    } else {
      const eol = newline === carriage + 1 ? '\r\n' : '\r';
      lines.push({ text: text.slice(start, carriage), eol });
      start = carriage + eol.length;
      carriage = text.indexOf('\r', start);
    }
    if (newline !== -1 && newline < start) newline = text.indexOf('\n', start);
  }
  if (start < text.length) lines.push({ text: text.slice(start), eol: '' });
  return lines;
}

/** The text between `[` and the last `]` of the line, as botocore's parser has it (configparser, SECTCRE); at least one character. */
function headerOf(text: string, indent: number): string | undefined {
  if (text[indent] !== '[') return undefined;
  const close = text.lastIndexOf(']');
  return close < indent + 2 ? undefined : text.slice(indent + 1, close);
}

function entryOf(text: string, indent: number, line: number): Open<IniEntry> | undefined {
  let at = indent;
  while (at < text.length && text[at] !== '=' && text[at] !== ':') at++;
  const delimiter = text[at];
  if (at === indent || (delimiter !== '=' && delimiter !== ':')) return undefined;
  const key = strip(text.slice(indent, at));
  return { key, delimiter, indent, line, rawValue: text.slice(at + 1), more: NO_LINES, comments: NO_LINES };
}

/** Nearly every key has no further lines, and ten thousand profiles have many keys: they share one empty list. */
const NO_LINES: number[] = [];

function withLine(lines: number[], at: number): number[] {
  if (lines === NO_LINES) return [at];
  lines.push(at);
  return lines;
}
