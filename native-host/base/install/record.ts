import * as v from 'valibot';
import { parseJson } from '../formats/json.ts';
import type { Created } from './apply.ts';
import type { Machine } from './machine.ts';

const texts = v.array(v.string());

const recordSchema = v.object({
  version: v.literal(1),
  /** Files that all browsers share: the launcher, on Windows the manifests. */
  shared: texts,
  browsers: v.array(
    v.object({
      id: v.string(),
      variant: v.picklist(['native', 'flatpak', 'snap']),
      userDataDir: v.optional(v.string()),
      files: texts,
      registryKeys: texts,
    }),
  ),
  created: v.object({ folders: texts, registryKeys: texts }),
});

/** What awsher has installed for this person (or for all users), in `installed.json`. */
export type InstallRecord = v.InferOutput<typeof recordSchema>;
export type InstalledBrowser = InstallRecord['browsers'][number];

/** The record; an empty one when there is none or it cannot be read, for then nothing of it can be relied on. */
export function readRecord(file: string, { disk }: Pick<Machine, 'disk'>): InstallRecord {
  const empty: InstallRecord = {
    version: 1,
    shared: [],
    browsers: [],
    created: { folders: [], registryKeys: [] },
  };
  const parsed = v.safeParse(recordSchema, parseJson(disk.read(file) ?? ''));
  return parsed.success ? parsed.output : empty;
}

export function recordText(record: InstallRecord): string {
  return `${JSON.stringify(record, null, 2)}\n`;
}

/** A record with newly installed browsers in it; the same browser, kind and folder replaces its older entry. */
export function mergeRecord(
  old: InstallRecord,
  added: { shared: readonly string[]; browsers: readonly InstalledBrowser[]; created: Created },
): InstallRecord {
  const replaced = new Set(added.browsers.map(keyOf));
  return {
    version: 1,
    shared: union(old.shared, added.shared),
    browsers: [...old.browsers.filter((browser) => !replaced.has(keyOf(browser))), ...added.browsers],
    created: {
      folders: union(old.created.folders, added.created.folders),
      registryKeys: union(old.created.registryKeys, added.created.registryKeys),
    },
  };
}

/** Whether the record has this browser, of this kind and with this folder. */
export function isRecorded(
  browser: { id: string; variant: string; userDataDir?: string | undefined },
  record: InstallRecord,
): boolean {
  return record.browsers.some((known) => keyOf(known) === keyOf(browser));
}

function keyOf({
  id,
  variant,
  userDataDir,
}: {
  id: string;
  variant: string;
  userDataDir?: string | undefined;
}): string {
  return JSON.stringify([id, variant, userDataDir ?? null]);
}

function union(left: readonly string[], right: readonly string[]): string[] {
  return [...new Set([...left, ...right])];
}
