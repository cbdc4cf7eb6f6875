import { join } from 'node:path';
import { writeFileAtomic } from '../../base/files/atomic-write.ts';
import type { Paths } from '../../base/files/paths.ts';
import { readJson } from '../../base/files/read-file.ts';
import { fieldsOf } from '../../base/formats/json.ts';

type StatePaths = Pick<Paths, 'stateDir'>;

/** What was used: a profile, and the role that it gave. */
export interface Used {
  readonly profile: string;
  readonly accountId: string | null;
  readonly roleName: string | null;
}

/** How often and when last, in milliseconds since 1970. */
export interface Use extends Used {
  readonly uses: number;
  readonly usedAt: number;
}

const MOST = 200;
const HOUR = 3_600_000;
/** Uses that follow each other within this time are one: a script is no habit. */
const ONE_USE_MS = 5 * 60_000;

/** Everything that was used, most wanted first; empty when nothing is known. */
export function recentUses(paths: StatePaths, now: number): Use[] {
  return readUses(paths).sort((one, other) => frecency(other, now) - frecency(one, now));
}

/** Notes a use. Best effort: it only decides an order. */
export function noteUsed(paths: StatePaths, used: Used, now: number): void {
  const uses = readUses(paths);
  const at = uses.findIndex(({ profile }) => profile === used.profile);
  const before = uses[at];
  if (before !== undefined && Math.abs(now - before.usedAt) < ONE_USE_MS) return;
  const use: Use = { ...used, uses: Math.min((before?.uses ?? 0) + 1, 1_000), usedAt: now };
  const others = uses.filter((_, index) => index !== at);
  const kept = [use, ...others]
    .sort((one, other) => frecency(other, now) - frecency(one, now))
    .slice(0, MOST);
  try {
    writeFileAtomic(fileOf(paths), `${JSON.stringify(kept)}\n`);
  } catch {
    // See above.
  }
}

/** How much something is wanted: how often it was used, and the more the more lately. As zoxide and Firefox weigh it. */
export function frecency({ uses, usedAt }: Pick<Use, 'uses' | 'usedAt'>, now: number): number {
  const age = now - usedAt;
  if (age < HOUR) return uses * 4;
  if (age < 24 * HOUR) return uses * 2;
  return age < 7 * 24 * HOUR ? uses / 2 : uses / 4;
}

const fileOf = ({ stateDir }: StatePaths): string => join(stateDir, 'recent.json');

function readUses(paths: StatePaths): Use[] {
  const value = readJson(fileOf(paths));
  return Array.isArray(value) ? value.flatMap((one: unknown) => parseUse(one) ?? []) : [];
}

function parseUse(value: unknown): Use | null {
  const fields = fieldsOf(value);
  const [profile, uses, usedAt] = [fields.get('profile'), fields.get('uses'), fields.get('usedAt')];
  const [accountId, roleName] = [fields.get('accountId'), fields.get('roleName')];
  if (typeof profile !== 'string' || typeof uses !== 'number' || typeof usedAt !== 'number') return null;
  if (!Number.isFinite(uses) || !Number.isFinite(usedAt)) return null;
  return {
    profile,
    accountId: typeof accountId === 'string' ? accountId : null,
    roleName: typeof roleName === 'string' ? roleName : null,
    uses,
    usedAt,
  };
}
