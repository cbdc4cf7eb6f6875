export interface Facts {
  version: string;
  tag: string | null;
  ids: { stores: Record<string, string | null> };
  repository: string | undefined;
  author: string | undefined;
  owners: string | null;
  changelog: string;
}
export function releaseFaults(facts: Facts): string[];
export function changesOf(changelog: string, version: string): string | null;
export function closeUnreleased(changelog: string, version: string, day: string): string;
