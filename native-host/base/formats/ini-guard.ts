import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import type { IniDocument, IniEntry } from './ini-document.ts';
import type { IniEdit } from './ini-edit.ts';
import { strip } from './python-space.ts';
import { parseHeader, sectionKey } from './section-id.ts';

/**
 * Proves an edit before it is written: every value that was not edited is read as before, and every value that was set
 * is read as set. Throws CONFIG_INVALID where the file's own indentation makes that impossible (an indented header
 * right after a key in the first column continues that key).
 */
export function assertOnlyEdited(before: IniDocument, after: IniDocument, edits: readonly IniEdit[]): void {
  const wanted = new Map<string, Map<string, string | undefined>>();
  const gone = new Set<string>();
  for (const edit of edits) {
    const section = sectionKey(edit.section);
    if (edit.kind === 'remove-section') {
      gone.add(section);
      continue;
    }
    const keys = wanted.get(section) ?? new Map<string, string | undefined>();
    wanted.set(section, keys.set(edit.key, edit.kind === 'set' ? edit.value : undefined));
  }
  const old = readings(before, wanted, gone);
  const now = readings(after, wanted, gone);
  const same = haveSameOthers(before, old, after, now);
  const set = [...wanted].every(([section, keys]) =>
    [...keys].every(([key, value]) => now.touched.get(`${section}\n${key}`) === value),
  );
  if (same && set && before.odd.length === after.odd.length) return;
  throw new AwsherError(
    'CONFIG_INVALID',
    'This edit would change other settings, because of how the config is indented.',
    {
      hint: 'move section headers and keys to the first column, then run the command again',
    },
  );
}

/** The values that no edit names, in order, with their headers; and those that one names, by section and key. */
interface Readings {
  readonly others: IniEntry[];
  readonly headers: string[];
  readonly touched: Map<string, string>;
}

function readings(
  document: IniDocument,
  wanted: ReadonlyMap<string, ReadonlyMap<string, unknown>>,
  gone: ReadonlySet<string>,
): Readings {
  const result: Readings = { others: [], headers: [], touched: new Map() };
  for (const section of document.sections) {
    const id = parseHeader(section.header);
    const name = id === undefined ? '' : sectionKey(id);
    if (gone.has(name)) continue;
    const keys = wanted.get(name);
    for (const entry of section.entries) {
      if (keys?.has(entry.key.toLowerCase())) {
        result.touched.set(`${name}\n${entry.key}`, wholeValue(document, entry));
        continue;
      }
      result.others.push(entry);
      result.headers.push(section.header);
    }
  }
  return result;
}

function haveSameOthers(before: IniDocument, old: Readings, after: IniDocument, now: Readings): boolean {
  if (old.others.length !== now.others.length) return false;
  return old.others.every((entry, at) => {
    const other = now.others[at];
    return (
      other !== undefined &&
      old.headers[at] === now.headers[at] &&
      entry.key === other.key &&
      wholeValue(before, entry) === wholeValue(after, other)
    );
  });
}

function wholeValue(document: IniDocument, entry: IniEntry): string {
  const first = strip(entry.rawValue);
  if (entry.more.length === 0) return first;
  return [first, ...entry.more.map((at) => strip(document.lines[at]?.text ?? ''))].join('\n');
}
