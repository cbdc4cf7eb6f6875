import { checkDocument } from '../../base/formats/check.ts';
import {
  type IniDocument,
  type IniLine,
  type IniSection,
  parseIni,
  serializeIni,
} from '../../base/formats/ini-document.ts';

/**
 * A config as botocore takes it: without a byte order mark, sections of one name put together, and of a key that stands
 * twice in a section the last one, which is what SDKs read that allow it; the earlier ones, and lines that are nothing to
 * any SDK (what a merge left, the second half of a broken line), become comments. Nothing else changes. Gives the text as it was where nothing of this is wrong. Pure.
 */
export function repairConfig(text: string): string {
  const plain = commentOddLines(parseIni(text.startsWith('\uFEFF') ? text.slice(1) : text));
  const merged = mergeSections(parseIni(plain));
  return commentRepeatedKeys(parseIni(merged));
}

/** Whether `repairConfig` leaves nothing that SDKs reject. */
export function isWholeAfterRepair(text: string): boolean {
  return checkDocument(parseIni(repairConfig(text))).length === 0;
}

function commentOddLines(document: IniDocument): string {
  const odd = checkDocument(document).filter(({ kind }) =>
    /^(?:before-section|no-value|nested-line)$/.test(kind),
  );
  const text = commented(
    document,
    odd.map(({ line }) => line - 1),
  );
  // What stood indented below such a line can become a part of the value before it; then a person has to look.
  return countEntries(parseIni(text)) === countEntries(document) ? text : serializeIni(document);
}

/** In the first column: an indented comment below a key is a part of its value to some SDKs. */
function commented(document: IniDocument, which: readonly number[]): string {
  const lines = [...document.lines];
  for (const at of which) {
    const line = lines[at];
    if (line) lines[at] = { ...line, text: `# ${line.text.trimStart()}` };
  }
  return serializeIni({ ...document, lines });
}

function mergeSections(document: IniDocument): string {
  const { lines, sections } = document;
  const first = new Map<string, number>();
  /** Lines that move, by the index of the section that they move to. */
  const moving = new Map<number, IniLine[]>();
  const gone = new Set<number>();
  sections.forEach((section, index) => {
    const home = first.get(section.header);
    if (home === undefined || section.header === 'DEFAULT') {
      first.set(section.header, index);
      return;
    }
    const body = bodyOf(document, section);
    moving.set(home, [...(moving.get(home) ?? []), ...body]);
    for (let at = section.line; at < section.end; at++) gone.add(at);
  });
  if (gone.size === 0) return serializeIni(document);
  const result: IniLine[] = [];
  const targets = new Map([...moving].map(([index, body]) => [sections[index]?.end, body]));
  for (let at = 0; at <= lines.length; at++) {
    for (const line of targets.get(at) ?? []) push(result, line);
    const line = lines[at];
    if (line && !gone.has(at)) push(result, line);
  }
  const text = serializeIni({ ...document, lines: result });
  // An indented header can get below another key and be read as a part of it; then a person has to look.
  return countEntries(parseIni(text)) === countEntries(document) ? text : serializeIni(document);
}

/** The lines below a header, its keys without indentation: below other keys they would be read as a part of their values. */
function bodyOf({ lines }: IniDocument, { line, end, entries }: IniSection): IniLine[] {
  const indents = new Map(entries.map((entry) => [entry.line, entry.indent]));
  return lines
    .slice(line + 1, end)
    .map((one, at) => ({ ...one, text: one.text.slice(indents.get(line + 1 + at) ?? 0) }));
}

function countEntries({ sections }: IniDocument): number {
  return sections.reduce((sum, { entries }) => sum + entries.length, 0);
}

/** A last line without an ending gets one when something follows it. */
function push(result: IniLine[], line: IniLine): void {
  const last = result.at(-1);
  if (last?.eol === '') {
    const eol = result.find(({ eol }) => eol !== '')?.eol ?? '\n';
    result[result.length - 1] = { ...last, eol };
  }
  result.push(line);
}

function commentRepeatedKeys(document: IniDocument): string {
  const repeated = document.sections.flatMap(({ entries }) => {
    const last = new Map(entries.map((entry) => [entry.key.toLowerCase(), entry]));
    return entries.filter((entry) => last.get(entry.key.toLowerCase()) !== entry);
  });
  return commented(
    document,
    repeated.flatMap(({ line, more }) => [line, ...more]),
  );
}
