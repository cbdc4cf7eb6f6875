import { AwsherError } from '../../shared/errors/awsher-error.ts';
import type { IniDocument } from './ini-document.ts';
import type { IniEdit } from './ini-edit.ts';
import { strip } from './python-space.ts';
import { parseHeader, sectionKey } from './section-id.ts';

/**
 * Proves an edit before it is written: every value that was not edited is read as before, and every value that was set
 * is read as set. Throws CONFIG_INVALID where the file's own indentation makes that impossible (an indented header
 * right after a key in the first column continues that key).
 */
export function assertOnlyEdited(before: IniDocument, after: IniDocument, edits: readonly IniEdit[]): void {
  const touched = new Map<string, string | undefined>();
  const gone = new Set<string>();
  for (const edit of edits) {
    const section = sectionKey(edit.section);
    if (edit.kind === 'remove-section') gone.add(section);
    else touched.set(`${section}\n${edit.key}`, edit.kind === 'set' ? edit.value : undefined);
  }
  const old = readings(before, touched, gone);
  const now = readings(after, touched, gone);
  const same =
    old.others.length === now.others.length && old.others.every((text, at) => text === now.others[at]);
  const set = [...touched].every(([key, value]) => now.touched.get(key) === value);
  if (same && set && before.odd.length === after.odd.length) return;
  throw new AwsherError(
    'CONFIG_INVALID',
    'The indentation of the config makes this edit change other settings.',
    {
      hint: 'move section headers and keys to the first column, then run the command again',
    },
  );
}

function readings(
  document: IniDocument,
  wanted: ReadonlyMap<string, unknown>,
  gone: ReadonlySet<string>,
): { others: string[]; touched: Map<string, string> } {
  const others: string[] = [];
  const touched = new Map<string, string>();
  for (const section of document.sections) {
    const id = parseHeader(section.header);
    const name = id === undefined ? undefined : sectionKey(id);
    if (name !== undefined && gone.has(name)) continue;
    for (const entry of section.entries) {
      const more = entry.more.map((at) => strip(document.lines[at]?.text ?? ''));
      const value = [strip(entry.rawValue), ...more].join('\n');
      const key = `${name}\n${entry.key}`;
      if (name !== undefined && wanted.has(`${name}\n${entry.key.toLowerCase()}`)) touched.set(key, value);
      else others.push(`${section.header}\n${entry.key}\n${value}`);
    }
  }
  return { others, touched };
}
