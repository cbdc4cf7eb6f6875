import { type IniDocument, type IniLine, parseIni, serializeIni } from './ini-document.ts';
import { strip } from './python-space.ts';

/** What happens to lines of the old document, by their index. */
export class LineChanges {
  readonly replaced = new Map<number, readonly string[]>();
  readonly inserted = new Map<number, readonly string[]>();

  get empty(): boolean {
    return this.replaced.size === 0 && this.inserted.size === 0;
  }

  replace(at: number, texts: readonly string[]): void {
    this.replaced.set(at, texts);
  }

  insertAfter(at: number, texts: readonly string[]): void {
    this.inserted.set(at, [...(this.inserted.get(at) ?? []), ...texts]);
  }
}

/** The document with the changes made and the sections added at its end. */
export function assemble(
  document: IniDocument,
  changes: LineChanges,
  added: readonly (readonly string[])[],
): IniDocument {
  const usual = document.lines[0]?.eol || '\n';
  const lines: IniLine[] = [];
  for (let at = 0; at < document.lines.length; at++) {
    const line = document.lines[at];
    if (line === undefined) continue;
    const replacement = changes.replaced.get(at);
    const inserted = changes.inserted.get(at);
    if (replacement === undefined) lines.push(line);
    if (replacement === undefined && inserted === undefined) continue;
    for (const text of [...(replacement ?? []), ...(inserted ?? [])])
      lines.push({ text, eol: line.eol || usual });
  }
  const apart = sectionsStandApart(document);
  for (const section of added) {
    const before = lines.at(-1);
    if (apart && before !== undefined && strip(before.text) !== '') lines.push({ text: '', eol: usual });
    for (const text of section) lines.push({ text, eol: usual });
  }
  // A file without a last newline keeps that habit, wherever its end is now.
  const open = document.lines.at(-1)?.eol === '';
  let text = document.bom ? serializeIni({ ...document, lines: [] }) : '';
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at];
    if (line === undefined) continue;
    text += line.text + (at < lines.length - 1 ? line.eol || usual : open ? '' : line.eol);
  }
  return parseIni(text);
}

/** Whether the file separates its sections by blank lines; so also a file with fewer than two. */
export function sectionsStandApart(document: IniDocument): boolean {
  const [, ...later] = document.sections;
  return later.length === 0 || later.some(({ line }) => strip(document.lines[line - 1]?.text ?? '') === '');
}
