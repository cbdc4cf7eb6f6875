import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import type { IniDocument, IniEntry, IniSection } from './ini-document.ts';
import { assemble, LineChanges, sectionsStandApart } from './ini-lines.ts';
import { assertSafeName, isSafeEntry } from './names.ts';
import { type BlockMarkers, findBlock, type OwnedBlock } from './owned-block.ts';
import { indentOf, strip } from './python-space.ts';
import { formatHeader, parseHeader, type SectionId, sectionKey } from './section-id.ts';
import { shown } from './shown.ts';

/** One change. `set` makes the section when there is none; removing what is not there does nothing. */
export type IniEdit =
  | { readonly kind: 'set'; readonly section: SectionId; readonly key: string; readonly value: string }
  | { readonly kind: 'remove-key'; readonly section: SectionId; readonly key: string }
  | { readonly kind: 'remove-section'; readonly section: SectionId };

/** Sets several keys of one section, in their order. */
export function setKeys(section: SectionId, values: Readonly<Record<string, string>>): IniEdit[] {
  return Object.entries(values).map(([key, value]) => ({ kind: 'set', section, key, value }));
}

/**
 * A document with the edits made and every other byte as it was: comments, order, line endings, a missing last newline.
 * New lines are `key = value`, at the end of their section; new sections stand at the end of the file. The same document
 * when nothing changes. Linear in lines plus edits.
 * With `block`, new sections stand between its marks, which come and go with them.
 * Throws NAME_INVALID for what not every SDK would read alike, CONFIG_INVALID for a section that stands there twice.
 */
export function editIni(document: IniDocument, edits: readonly IniEdit[], block?: BlockMarkers): IniDocument {
  const plan = planSections(document, edits);
  const changes = new LineChanges();
  const added: string[][] = [];
  for (const { id, section, wanted, remove } of plan) {
    if (remove) {
      if (section !== undefined) removeSection(document, section, changes);
    } else if (section !== undefined) {
      editSection(document, section, wanted, changes);
    } else {
      const lines = [...wanted].flatMap(([key, value]) => (value === undefined ? [] : [`${key} = ${value}`]));
      if (lines.length > 0) added.push([formatHeader(id), ...lines]);
    }
  }
  if (changes.empty && added.length === 0) return document;
  if (block === undefined) return assemble(document, changes, added);
  return assemble(document, changes, placeInBlock(document, block, added, changes));
}

/** Puts sections into the block; gives what stands at the end of the file instead: a whole new block. */
function placeInBlock(
  document: IniDocument,
  markers: BlockMarkers,
  added: readonly string[][],
  changes: LineChanges,
): string[][] {
  const block = findBlock(document, markers);
  const apart = sectionsStandApart(document);
  const lines = (following: boolean): string[] =>
    added.flatMap((section, at) => (apart && (following || at > 0) ? ['', ...section] : section));
  if (block === undefined)
    return added.length === 0 ? [] : [[markers.begin, markers.note, ...lines(false), markers.end]];
  if (added.length > 0) changes.insertAfter(block.end - 1, lines(block.sections.length > 0));
  else if (block.sections.every(({ line }) => changes.replaced.get(line)?.length === 0))
    dropMarks(document, block, markers, changes);
  return [];
}

function dropMarks(
  document: IniDocument,
  { begin, end }: OwnedBlock,
  markers: BlockMarkers,
  changes: LineChanges,
): void {
  const isBlank = (at: number): boolean => strip(document.lines[at]?.text ?? 'x') === '';
  for (let at = begin; at <= end; at++) {
    const text = strip(document.lines[at]?.text ?? '');
    // A comment that somebody wrote in there stays.
    if (text === '' || at === begin || at === end || text === markers.note) changes.replace(at, []);
  }
  if (end === document.lines.length - 1 && isBlank(begin - 1)) changes.replace(begin - 1, []);
}

interface SectionPlan {
  readonly id: SectionId;
  readonly section: IniSection | undefined;
  /** Last word on each key: its value, or undefined to remove it. */
  readonly wanted: Map<string, string | undefined>;
  remove: boolean;
}

function planSections(document: IniDocument, edits: readonly IniEdit[]): SectionPlan[] {
  const found = sectionsOf(document, new Set(edits.map((edit) => sectionKey(edit.section))));
  const plans = new Map<string, SectionPlan>();
  for (const edit of edits) {
    const key = sectionKey(edit.section);
    let plan = plans.get(key);
    if (plan === undefined) {
      plan = { id: edit.section, section: onlyOne(found.get(key) ?? []), wanted: new Map(), remove: false };
      plans.set(key, plan);
    }
    if (edit.kind === 'remove-section') {
      plan.remove = true;
      plan.wanted.clear();
      continue;
    }
    if (edit.kind === 'set') assertSafeEdit(edit, plan.section !== undefined);
    // A section that was removed by an earlier edit comes back empty.
    if (plan.remove && edit.kind === 'set') throw new RangeError('a section is removed and set in one edit');
    plan.wanted.set(edit.key, edit.kind === 'set' ? edit.value : undefined);
  }
  return [...plans.values()];
}

function assertSafeEdit(edit: Extract<IniEdit, { kind: 'set' }>, exists: boolean): void {
  // A section that the person named stays usable under its name.
  if (!exists) assertSafeName(edit.section.type, edit.section.name);
  if (isSafeEntry(edit.key, edit.value)) return;
  throw new AwsherError(
    'NAME_INVALID',
    `The value ${shown(edit.value, JSON.stringify)} of ${edit.key} is not read the same way by every SDK.`,
    { hint: 'use printable ASCII without quotes, `#`, `;` or spaces at the ends' },
  );
}

/** The sections of a document that the edits mean, by their key. */
function sectionsOf(document: IniDocument, wanted: ReadonlySet<string>): Map<string, IniSection[]> {
  const found = new Map<string, IniSection[]>();
  for (const section of document.sections) {
    const id = parseHeader(section.header);
    const key = id === undefined ? '' : sectionKey(id);
    if (!wanted.has(key)) continue;
    const same = found.get(key);
    if (same === undefined) found.set(key, [section]);
    else same.push(section);
  }
  return found;
}

/** The one section to edit; none when it is to be made. Throws CONFIG_INVALID where SDKs do not agree which it is. */
function onlyOne(sections: readonly IniSection[]): IniSection | undefined {
  const [first, second] = sections;
  if (first === undefined) return undefined;
  if (second !== undefined) {
    // SDKs merge them, or take the first or the last: then no edit means the same to all.
    throw new AwsherError(
      'CONFIG_INVALID',
      `Lines ${first.line + 1} and ${second.line + 1} of the config both begin the section [${first.header}].`,
      { hint: 'merge the two sections by hand' },
    );
  }
  if (first.header !== strip(first.header)) {
    throw new AwsherError(
      'CONFIG_INVALID',
      `Line ${first.line + 1} of the config has spaces inside its brackets, so the AWS CLI does not see that section.`,
      { hint: `write it as [${strip(first.header)}]` },
    );
  }
  return first;
}

function editSection(
  document: IniDocument,
  section: IniSection,
  wanted: ReadonlyMap<string, string | undefined>,
  changes: LineChanges,
): void {
  const entries = new Map(section.entries.map((entry) => [entry.key.toLowerCase(), entry]));
  const space = indentForInsertion(document, section);
  const fresh: string[] = [];
  for (const [key, value] of wanted) {
    const entry = entries.get(key);
    if (entry === undefined) {
      if (value !== undefined) fresh.push(`${space}${key} = ${value}`);
    } else if (value === undefined || !isWrittenAs(entry, key, value)) {
      rewriteEntry(document, entry, value === undefined ? [] : [`${key} = ${value}`], changes);
    }
  }
  if (fresh.length > 0) changes.insertAfter(section.end - 1, fresh);
}

/**
 * New keys stand in the first column: indented, JavaScript's SDK takes them for a part of a nested block above. Only
 * before an indented header they cannot, because botocore would take that header for a continuation.
 */
function indentForInsertion(document: IniDocument, section: IniSection): string {
  for (let at = section.end; at < document.lines.length; at++) {
    const text = document.lines[at]?.text ?? '';
    if (/^\s*\[/.test(text)) return text.slice(0, indentOf(text));
  }
  return '';
}

function isWrittenAs(entry: IniEntry, key: string, value: string): boolean {
  return (
    entry.key === key && entry.delimiter === '=' && entry.more.length === 0 && strip(entry.rawValue) === value
  );
}

function rewriteEntry(
  document: IniDocument,
  entry: IniEntry,
  lines: readonly string[],
  changes: LineChanges,
): void {
  const text = document.lines[entry.line]?.text ?? '';
  const space = text.slice(0, entry.indent);
  // To botocore an inline comment is part of the value, so it cannot stay there; its words are kept above.
  const comment = lines.length === 0 ? undefined : /\s([#;].*)$/s.exec(entry.rawValue)?.[1];
  changes.replace(entry.line, [
    ...(comment === undefined ? [] : [strip(comment)]),
    ...lines.map((line) => space + line),
  ]);
  for (const at of entry.more) changes.replace(at, []);
  for (const at of entry.comments) {
    const comment = document.lines[at]?.text ?? '';
    // By the specification an indented comment continues the value above it: ours, or that of the key before.
    if (comment !== strip(comment)) changes.replace(at, [strip(comment)]);
  }
}

function removeSection(document: IniDocument, section: IniSection, changes: LineChanges): void {
  for (let at = section.line; at < section.end; at++) changes.replace(at, []);
  const isBlank = (at: number): boolean => strip(document.lines[at]?.text ?? 'x') === '';
  const last = section.end === document.lines.length;
  if (last && isBlank(section.line - 1)) changes.replace(section.line - 1, []);
  else if (isBlank(section.end) && (section.line === 0 || isBlank(section.line - 1)))
    changes.replace(section.end, []);
}
