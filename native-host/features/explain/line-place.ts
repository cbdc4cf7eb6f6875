import type { ConfigSection, ConfigValue } from '../../base/formats/profiles.ts';
import type { Place } from './story.ts';

/** Where a value or a section is written. */
export function placeOf(value: ConfigValue | ConfigSection | undefined): Place | null {
  return value === undefined ? null : { file: value.file, line: value.line };
}
