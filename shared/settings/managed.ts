import * as v from 'valibot';
import { AGENTS_RULES, type AgentsRule } from '../agents-rule.ts';
import { isRegionShaped } from '../aws/regions.ts';
import { isSafeName } from '../aws/safe-name.ts';
import { parseStartUrl } from '../aws/start-url.ts';
import { DEFAULT_SCOPES, Name, Region, Scopes, type Target, Url } from '../fields.ts';
import { Settings } from '../protocol/internal.ts';
import {
  type SaidOfSession,
  SESSION_SETTINGS,
  SETTINGS_OF_SESSIONS,
  SessionSettings,
} from '../session-settings.ts';

/** Settings as they count, and what of them an administrator gives by the browser's managed storage (docs/fleet.md). */
export interface ManagedSettings {
  /** What an administrator gives goes before what the person chose. */
  settings: Settings;
  /** The names of those that an administrator gives. */
  managed: (keyof Settings)[];
  /** Sessions that are offered before any config names them. */
  presets: Target[];
  /** By session, what an administrator says of it. */
  given: SaidOfSession[];
  /** What coding agents get; `null`: no policy says. */
  agents: AgentsRule | null;
}

/** What is nobody's business but the person's. */
export const PERSONAL: readonly string[] = ['theme', 'language', 'consoleContainer'];
const SETTING_NAMES = v.keyof(Settings).options.filter((name) => !PERSONAL.includes(name));
const MAX_SESSIONS = 50;

const PresetSession = v.object({
  name: v.pipe(Name, v.check(isSafeName)),
  startUrl: Url,
  region: Region,
  scopes: v.optional(Scopes, DEFAULT_SCOPES),
});

/**
 * Lays what managed storage holds over the person's own settings. Each value stands alone: one that is wrong, or of a
 * newer version, is left out and the others count. Never throws.
 */
export function applyManaged(own: Settings, stored: unknown): ManagedSettings {
  const given = entriesOf(stored);
  const managed = SETTING_NAMES.filter(
    (name) => given.has(name) && v.is(Settings.entries[name], given.get(name)),
  );
  const over = Object.fromEntries(managed.map((name) => [name, given.get(name)]));
  const listed = given.get('sessions');
  const all: unknown[] = Array.isArray(listed) ? listed.slice(0, MAX_SESSIONS) : [];
  const sessions = all.flatMap(presetSession);
  return {
    settings: v.parse(Settings, { ...own, ...over }),
    managed,
    // The first of a name counts.
    presets: sessions.filter(
      ({ session }, index) => sessions.findIndex((other) => other.session === session) === index,
    ),
    given: all.flatMap(settingsOfSession),
    agents: AGENTS_RULES.find((rule) => rule === given.get('agents')) ?? null,
  };
}

/** Of a session that the policy need not describe: the config may know it already. */
function settingsOfSession(value: unknown): SaidOfSession[] {
  const given = entriesOf(value);
  const session = given.get('name');
  if (!v.is(PresetSession.entries.name, session)) return [];
  const right = SETTINGS_OF_SESSIONS.filter((one) => v.is(SESSION_SETTINGS[one], given.get(one)));
  return [
    { session, ...v.parse(SessionSettings, Object.fromEntries(right.map((one) => [one, given.get(one)]))) },
  ];
}

const entriesOf = (value: unknown): Map<string, unknown> =>
  new Map(Object.entries(typeof value === 'object' && value !== null ? value : {}));

function presetSession(value: unknown): Target[] {
  const parsed = v.safeParse(PresetSession, value);
  if (!parsed.success || !isRegionShaped(parsed.output.region)) return [];
  const { name, startUrl, region, scopes } = parsed.output;
  try {
    return [{ session: name, startUrl: parseStartUrl(startUrl), region, scopes }];
  } catch {
    return [];
  }
}
