import { printable } from '../../../shared/printable.ts';
import { writeAbove, writeBefore } from './advice.ts';
import type { IniDocument, IniSection } from './ini-document.ts';
import { strip } from './python-space.ts';

/** A reason for which botocore, and so the AWS CLI, refuses the whole file. */
export interface Problem {
  readonly kind:
    | 'bom'
    | 'not-utf8'
    | 'utf-16'
    | 'no-config'
    | 'no-header'
    | 'before-section'
    | 'no-value'
    | 'duplicate-section'
    | 'duplicate-key'
    | 'nested-line';
  /** Counted from 1. */
  readonly line: number;
  /** What is wrong, as the second half of a sentence that begins with file and line. */
  readonly message: string;
  /** What the bytes are, as iconv calls it, where they are no UTF-8. */
  readonly encoding?: string;
}

/** What Windows PowerShell's `>` writes: its mark first, or every other byte of plain text a zero. */
function utf16Of([first, second, third, fourth]: Uint8Array): string | undefined {
  const mark = `${first} ${second}`;
  if (mark === '255 254' || mark === '254 255') return 'UTF-16';
  if (first === 0 && third === 0) return 'UTF-16BE';
  return second === 0 && fourth === 0 ? 'UTF-16LE' : undefined;
}

/** The kernel's files: nobody moves or edits them, and only a variable or a link leads there. */
const KERNEL = /^\/(?:proc|sys|dev(?!\/shm\/))\//;

/** What to do about a problem of a file, to the letter, as the second half of a sentence. */
export function remedyFor({ kind, line, encoding }: Problem, file: string): string {
  if (KERNEL.test(file)) return 'name a file of your own in AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE';
  switch (kind) {
    case 'utf-16':
    case 'not-utf8':
      // Written through, so that a link stays a link, and the mode what it is.
      return `save it as UTF-8: run \`iconv -f ${encoding ?? 'LATIN1'} -t UTF-8 "${file}" > "${file}.utf8" && cat "${file}.utf8" > "${file}" && rm "${file}.utf8"\``;
    case 'no-config':
      return `move it away: run \`mv "${file}" "${file}.old"\``;
    case 'no-header':
      return writeAbove({ file, line }, '[default]');
    case 'before-section':
    case 'no-value':
    case 'nested-line':
      return writeBefore({ file, line }, '#');
    default:
      return `edit line ${line} of ${file}`;
  }
}

/** The text of a config file, or the first line that is not UTF-8. */
export function decodeConfig(bytes: Uint8Array): { text: string } | { problem: Problem } {
  const encoding = utf16Of(bytes);
  if (encoding !== undefined) {
    const message = 'the text is UTF-16, and SDKs read UTF-8';
    return { problem: { kind: 'utf-16', line: 1, message, encoding } };
  }
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
  problems.push(...oddLines(document));
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

function oddLines({ sections, odd, lines }: IniDocument): Problem[] {
  const firstSection = sections[0]?.line ?? Number.POSITIVE_INFINITY;
  const before = odd.filter((at) => at < firstSection);
  const [first] = before;
  const isSetting = (at: number) =>
    /^(?:aws|sso|cli)_\w+\s*=|^(?:region|output)\s*=/i.test(lines[at]?.text ?? '');
  if (
    first !== undefined &&
    sections.every(({ header }) => header !== 'default') &&
    before.every(isSetting)
  ) {
    return [{ kind: 'no-header', line: first + 1, message: 'settings come before the first section' }];
  }
  if (first !== undefined && sections.every(({ header }) => !KNOWN_HEADER.test(header))) {
    return [
      {
        kind: 'no-config',
        line: first + 1,
        message: 'this is not an AWS config: it has none of its sections',
      },
    ];
  }
  return odd.map((at) =>
    at < firstSection
      ? { kind: 'before-section', line: at + 1, message: 'a line comes before the first section' }
      : { kind: 'no-value', line: at + 1, message: 'the line is not `key = value`' },
  );
}

/** A section of a config, or of a credentials file, as far as it can be told from a line of another format. */
const KNOWN_HEADER = /^[\w.@/+ "'-]+$/;

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
      const message = `the indented line below ${inMessage(key)} is not \`key = value\``;
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
