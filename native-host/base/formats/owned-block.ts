import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import type { IniDocument, IniSection } from './ini-document.ts';
import { strip } from './python-space.ts';

/** The comment lines around what awsher keeps in a person's file. In the first column every parser skips them. */
export interface BlockMarkers {
  readonly begin: string;
  /** What a reader of the file should know, as one comment line below `begin`. */
  readonly note: string;
  readonly end: string;
}

/** The profiles that `profiles sync` keeps. */
export const PROFILES_BLOCK: BlockMarkers = {
  begin: '# >>> awsher profiles >>>',
  note: '# Kept by `awsher profiles sync`. Profiles of your own belong outside of these lines.',
  end: '# <<< awsher profiles <<<',
};

/** Where a block stands: indexes of its marker lines, and the sections between them. */
export interface OwnedBlock {
  readonly begin: number;
  readonly end: number;
  readonly sections: readonly IniSection[];
}

/**
 * The block in a document, undefined when there is none. Throws CONFIG_INVALID for one that is not whole: then nobody can tell whose
 * a profile is.
 */
export function findBlock(document: IniDocument, markers: BlockMarkers): OwnedBlock | undefined {
  let begin: number | undefined;
  let end: number | undefined;
  for (const [at, { text }] of document.lines.entries()) {
    if (!text.startsWith('#')) continue;
    const line = strip(text);
    if (line === markers.begin) {
      if (begin !== undefined)
        throw broken(at, `a second block begins here (the first in line ${begin + 1})`);
      begin = at;
    } else if (line === markers.end) {
      if (begin === undefined) throw broken(at, `the line "${markers.begin}" is missing above it`);
      if (end !== undefined) throw broken(at, `the block ends a second time (first in line ${end + 1})`);
      end = at;
    }
  }
  if (begin === undefined) return undefined;
  if (end === undefined) throw broken(begin, `the line "${markers.end}" is missing below its last profile`);
  const [first, last] = [begin, end];
  const sections = document.sections.filter(({ line }) => line > first && line < last);
  if (document.sections.some((section) => section.line < first && section.end > first))
    throw broken(first, 'settings follow it without a section of their own');
  if (sections.some((section) => section.end > last))
    throw broken(last, 'settings follow it without a section of their own');
  return { begin, end, sections };
}

function broken(line: number, what: string): AwsherError {
  return new AwsherError(
    'CONFIG_INVALID',
    `Line ${line + 1} of the config marks the profiles awsher manages, but ${what}.`,
    { hint: `look at line ${line + 1}, or run \`awsher profiles undo\`` },
  );
}
