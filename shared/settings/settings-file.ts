import * as v from 'valibot';
import { isRegionShaped } from '../aws/regions.ts';
import { isSafeName } from '../aws/safe-name.ts';
import { parseStartUrl } from '../aws/start-url.ts';
import { Name, Region, type Target, Url } from '../fields.ts';
import { Settings } from '../protocol/internal.ts';

/** A person's settings and sessions as a file, to take to another browser. No secret is in it. */
const FORMAT = 'awsher settings';

const Some = v.partial(v.object(Settings.entries));

export interface SettingsFile {
  settings: v.InferOutput<typeof Some>;
  sessions: Pick<Target, 'session' | 'startUrl' | 'region'>[];
}

const StoredSession = v.object({
  session: v.pipe(Name, v.check(isSafeName)),
  startUrl: v.pipe(Url, v.check(isStartUrl), v.transform(parseStartUrl)),
  region: v.pipe(Region, v.check(isRegionShaped)),
});

/** What a newer version wrote beside this is left out. */
const Stored = v.object({
  format: v.literal(FORMAT),
  version: v.literal(1),
  settings: Some,
  sessions: v.pipe(v.array(StoredSession), v.maxLength(200)),
});

/** The file's text, JSON. */
export function writeSettingsFile(settings: Settings, targets: readonly Target[]): string {
  const sessions = targets.map(({ session, startUrl, region }) => ({ session, startUrl, region }));
  return `${JSON.stringify({ format: FORMAT, version: 1, settings, sessions }, null, 2)}\n`;
}

/** What a file holds; `null` when it is not such a file, or anything in it is not as it should be. */
export function readSettingsFile(text: string): SettingsFile | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const parsed = v.safeParse(Stored, value);
  return parsed.success ? { settings: parsed.output.settings, sessions: parsed.output.sessions } : null;
}

/** What taking a file over would change: settings that differ, and sessions that are not there yet. */
export function changesOf(
  file: SettingsFile,
  now: { settings: Settings; names: readonly string[]; locked: readonly string[] },
): SettingsFile {
  const current: Readonly<Record<string, unknown>> = now.settings;
  const different = Object.entries(file.settings).filter(
    ([name, value]) => value !== undefined && !now.locked.includes(name) && value !== current[name],
  );
  return {
    settings: Object.fromEntries(different),
    sessions: file.sessions.filter(({ session }) => !now.names.includes(session)),
  };
}

function isStartUrl(text: string): boolean {
  try {
    parseStartUrl(text);
    return true;
  } catch {
    return false;
  }
}
