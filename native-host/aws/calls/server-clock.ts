import { join } from 'node:path';
import { writeFileAtomic } from '../../base/files/atomic-write.ts';
import { nodeOs } from '../../base/files/lazy-modules.ts';
import type { Paths } from '../../base/files/paths.ts';
import { readJson } from '../../base/files/read-file.ts';
import { fieldsOf } from '../../base/formats/json.ts';

/** A clock that follows AWS's. A laptop's own may be hours off: two systems on one disk, an empty battery. */
export interface ServerClock {
  /** AWS's time as far as we know it, in milliseconds since 1970. */
  now(): number;
  /** What the machine's own clock says. */
  local(): number;
  /** To be told the `Date` of every answer. Remembered in the state folder when it changes what we know. */
  observe(serverMs: number): void;
}

interface Known {
  /** To add to the machine's clock; 0 when it is right. */
  readonly offsetMs: number;
  /** The moment of the machine's start by its own clock: it moves when somebody sets the clock. */
  readonly bootMs: number;
}

/** `Date` has whole seconds, answers take time, and tokens live for an hour: less than this is no skew. */
const TOLERANCE_MS = 90_000;
const BOOT_TOLERANCE_MS = 30_000;

/** Opens the clock with what earlier calls learned. Never throws: without state it is the machine's clock. */
export function openServerClock(
  paths: Pick<Paths, 'stateDir'>,
  local: () => number,
  uptimeMs: () => number = () => nodeOs().uptime() * 1000,
): ServerClock {
  const file = join(paths.stateDir, 'clock.json');
  const boot = () => local() - uptimeMs();
  let offsetMs = trusted(readKnown(file), boot);
  return {
    local,
    now: () => local() + offsetMs,
    observe(serverMs) {
      const measured = serverMs - local();
      const next = Math.abs(measured) < TOLERANCE_MS ? 0 : measured;
      if (Math.abs(next - offsetMs) < TOLERANCE_MS / 2) return;
      offsetMs = next;
      try {
        writeFileAtomic(file, `${JSON.stringify({ offsetMs, bootMs: boot() } satisfies Known)}\n`);
      } catch {
        // Only a hint for later commands; a full disk must not end this one.
      }
    },
  };
}

/** An offset is forgotten once the machine's clock was set or the machine was started anew. */
function trusted(known: Known | undefined, boot: () => number): number {
  return known !== undefined && Math.abs(known.bootMs - boot()) < BOOT_TOLERANCE_MS ? known.offsetMs : 0;
}

function readKnown(file: string): Known | undefined {
  const fields = fieldsOf(readJson(file));
  const [offsetMs, bootMs] = [fields.get('offsetMs'), fields.get('bootMs')];
  return Number.isFinite(offsetMs) && typeof offsetMs === 'number' && typeof bootMs === 'number'
    ? { offsetMs, bootMs }
    : undefined;
}
