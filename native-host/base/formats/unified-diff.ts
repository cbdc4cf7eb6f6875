import { printable } from '../../../shared/printable.ts';
import { type Change, diffLines } from './line-diff.ts';

const CONTEXT = 3;
const SECRET_LINE = /^(\s*\w*(?:secret|token|password)(?!\w*_file)\w*\s*[=:]\s*).+/i;
const NO_NEWLINE = '\\ No newline at end of file';

/**
 * The difference of two texts in the unified format, for a person to read: empty when there is none. Values of keys
 * that hold secrets show as `***`, and unseen characters as `\u001b`, because it goes to a terminal.
 */
export function unifiedDiff(name: string, before: string, after: string): string {
  const oldLines = withEndings(before);
  const newLines = withEndings(after);
  const changes = diffLines(oldLines, newLines);
  if (changes.length === 0) return '';
  const out = [`--- ${name}`, `+++ ${name}`];
  for (const hunk of hunksOf(changes)) out.push(...hunkText(hunk, oldLines, newLines));
  return `${out.join('\n')}\n`;
}

function hunksOf(changes: readonly Change[]): Change[][] {
  const hunks: Change[][] = [];
  for (const change of changes) {
    const hunk = hunks.at(-1);
    const last = hunk?.at(-1);
    if (hunk !== undefined && last !== undefined && change.oldStart - last.oldEnd <= 2 * CONTEXT)
      hunk.push(change);
    else hunks.push([change]);
  }
  return hunks;
}

function hunkText(
  hunk: readonly Change[],
  oldLines: readonly string[],
  newLines: readonly string[],
): string[] {
  const first = hunk[0];
  const last = hunk.at(-1);
  if (first === undefined || last === undefined) return [];
  const lead = Math.min(CONTEXT, first.oldStart);
  const tail = Math.min(CONTEXT, oldLines.length - last.oldEnd);
  const body: string[] = [];
  let at = first.oldStart - lead;
  for (const change of hunk) {
    for (const line of oldLines.slice(at, change.oldStart)) body.push(...shown(' ', line));
    for (const line of oldLines.slice(change.oldStart, change.oldEnd)) body.push(...shown('-', line));
    for (const line of newLines.slice(change.newStart, change.newEnd)) body.push(...shown('+', line));
    at = change.oldEnd;
  }
  for (const line of oldLines.slice(at, at + tail)) body.push(...shown(' ', line));
  const oldRange = range(first.oldStart - lead, last.oldEnd + tail);
  const newRange = range(first.newStart - lead, last.newEnd + tail);
  return [`@@ -${oldRange} +${newRange} @@`, ...body];
}

/** Start (from 1; the line before for an empty range) and length of a hunk's side. */
function range(start: number, end: number): string {
  return end === start ? `${start},0` : `${start + 1},${end - start}`;
}

function shown(mark: string, line: string): string[] {
  const text = line.replace(/\r?\n$/, '');
  const safe = printable(text.replace(SECRET_LINE, '$1***'), { instead: escaped, keep: '\t' });
  return line.endsWith('\n') ? [mark + safe] : [mark + safe, NO_NEWLINE];
}

function escaped(character: string): string {
  return `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;
}

function withEndings(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}
