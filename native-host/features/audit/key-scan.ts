import { maskKeyId } from '../../base/formats/mask.ts';
import type { Severity } from './finding.ts';

/** A key in a text. */
export interface FoundKey {
  readonly severity: Severity;
  /** What it is, masked: `long-term key AKIA…MPLE`. */
  readonly what: string;
  /** Counted from 1. */
  readonly line: number;
}

const KEY_ID = /(?<![A-Z0-9])(A(?:KIA|SIA)[A-Z2-7]{12,124}[A-Z0-9]{4})(?![A-Z0-9])/g;
/** A secret that is written out: forty characters behind its name, and no `$VARIABLE` or `$(command)`. */
const SECRET = /aws_?secret_?access_?key\W{1,12}["']?[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+])/i;
/** A secret this near to a key id is the other half of the same pair. */
const NEAR = 4;

/** Keys in lines of any syntax, comments included: a key in a comment is just as readable. One finding for each pair. */
export function scanKeys(lines: readonly string[]): FoundKey[] {
  const found: FoundKey[] = [];
  const seen = new Set<string>();
  lines.forEach((text, at) => {
    for (const [, id = ''] of text.matchAll(KEY_ID)) {
      if (seen.has(id)) continue;
      seen.add(id);
      found.push(
        id.startsWith('AKIA')
          ? { severity: 'high', what: `long-term key ${maskKeyId(id)}`, line: at + 1 }
          : { severity: 'low', what: `temporary key ${maskKeyId(id)}`, line: at + 1 },
      );
    }
  });
  const ids = found.map(({ line }) => line);
  lines.forEach((text, at) => {
    if (!SECRET.test(text) || ids.some((line) => Math.abs(line - at - 1) <= NEAR)) return;
    found.push({ severity: 'high', what: 'secret access key', line: at + 1 });
  });
  return found;
}
