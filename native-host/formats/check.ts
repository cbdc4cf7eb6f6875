import { printable } from '../../shared/printable.ts';
import type { IniDocument, IniSection } from './ini-document.ts';
import { strip } from './python-space.ts';

/** A reason for which botocore, and so the AWS CLI, refuses the whole file. */
export interface Problem {
  readonly kind:
    | 'bom'
    | 'not-utf8'
    | 'before-section'
    | 'no-value'
    | 'duplicate-section'
    | 'duplicate-key'
    | 'nested-line';
  /** Counted from 1. */
  readonly line: number;
  /** What is wrong, as the second half of a sentence that begins with file and line. */
  readonly message: string;
}

/** The text of a config file, or the first line that is not UTF-8. */
export function decodeConfig(bytes: Uint8Array): { text: string } | { problem: Problem } {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  try {
    return { text: decoder.decode(bytes) };
  } catch {
    let line = 1;
    for (let start = 0; start < bytes.length; line++) {
      const newline = bytes.indexOf(10, start);
      const end = newline === -1 ? bytes.length : newline + 1;
      try {
        decoder.decode(bytes.subarray(start, end));
      } catch {
        break;
      }
      start = end;
    }
    return { problem: { kind: 'not-utf8', line, message: 'the text is not UTF-8' } };
  }
}

/**
 * Everything in a document that botocore rejects (Python's `RawConfigParser`, strict, and botocore/configloader.py
 * `_parse_nested`), in the order of its lines. Empty for a good file.
 */
export function checkDocument(document: IniDocument): Problem[] {
  const problems: Problem[] = [];
  if (document.bom) {
    problems.push({ kind: 'bom', line: 1, message: 'the file begins with a byte order mark' });
  }
  const firstSection = document.sections[0]?.line ?? Number.POSITIVE_INFINITY;
  for (const at of document.odd) {
    problems.push(
      at < firstSection
        ? { kind: 'before-section', line: at + 1, message: 'a line stands before the first section' }
        : { kind: 'no-value', line: at + 1, message: 'the line is no `key = value`' },
    );
  }
  const seen = new Map<string, number>();
  for (const section of document.sections) {
    const name = strictHeader(document, section);
    const first = seen.get(name);
    // Python's configparser lets its own section of defaults come again.
    if (first === undefined || name === 'DEFAULT') seen.set(name, section.line);
    else {
      const message = `the section [${inMessage(name)}] appears a second time (first in line ${first + 1})`;
      problems.push({ kind: 'duplicate-section', line: section.line + 1, message });
    }
    problems.push(...checkEntries(document, section));
  }
  return problems.sort((one, other) => one.line - other.line);
}

function checkEntries(document: IniDocument, section: IniSection): Problem[] {
  const problems: Problem[] = [];
  const seen = new Map<string, number>();
  for (const entry of section.entries) {
    const key = entry.key.toLowerCase();
    const first = seen.get(key);
    if (first === undefined) seen.set(key, entry.line);
    else {
      const message = `the key ${inMessage(key)} appears a second time in its section (first in line ${first + 1})`;
      problems.push({ kind: 'duplicate-key', line: entry.line + 1, message });
    }
    if (strip(entry.rawValue) !== '') continue;
    for (const at of entry.more) {
      if (document.lines[at]?.text.includes('=')) continue;
      const message = `the indented line below ${inMessage(key)} is no \`key = value\``;
      problems.push({ kind: 'nested-line', line: at + 1, message });
    }
  }
  return problems;
}

/** Python's header runs to the last `]` of the line, comments included. */
function strictHeader(document: IniDocument, section: IniSection): string {
  const text = document.lines[section.line]?.text ?? '';
  return text.slice(section.indent + 1, text.lastIndexOf(']'));
}

/** Text of the file inside a message, not longer than a line. */
const inMessage = (text: string): string => printable(text, { instead: '?' }).slice(0, 80);
