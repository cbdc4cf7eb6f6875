import TABLE from './disagreements.json' with { type: 'json' };
import type { Disagreement, Place } from './story.ts';

export type DisagreementId = keyof typeof TABLE;

interface Found {
  readonly place?: Place | null;
  /** Others besides, in front or behind; in the place of those of the table. */
  readonly sdks?: readonly string[];
  /** What the sentences name. */
  readonly name?: string;
  readonly file?: string;
  readonly line?: number;
}

/** A row of the table about this very profile. `null` for the place where none is to be told. */
export function disagreement(id: DisagreementId, found: Found = {}): Disagreement {
  const { sdks, instead, remedy, source } = TABLE[id];
  const fill = (text: string) =>
    text.replace(/\{(name|file|line)\}/g, (_, key: 'name' | 'file' | 'line') => String(found[key] ?? ''));
  return {
    id,
    sdks: found.sdks ?? sdks,
    instead: fill(instead),
    remedy: fill(remedy),
    place: found.place ?? null,
    source,
  };
}

export function isDisagreement(id: string): id is DisagreementId {
  return Object.hasOwn(TABLE, id);
}
