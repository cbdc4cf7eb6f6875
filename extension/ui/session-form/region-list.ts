import { PARTITIONS } from '../../../shared/aws/regions.ts';

const ALL = PARTITIONS.flatMap(({ regions }) => regions);

/** The regions that hold every typed part, in any order: `eu 1`, `central`. Nothing typed gives all of them. */
export function matchingRegions(typed: string): string[] {
  const parts = typed
    .toLowerCase()
    .split(/[\s-]+/)
    .filter(Boolean);
  return ALL.filter((region) => parts.every((part) => region.includes(part)));
}
