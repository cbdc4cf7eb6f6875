import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openServerClock } from '../../../../native-host/aws/calls/server-clock.ts';

const NOW = Date.UTC(2026, 10, 23, 12);
const HOUR = 3_600_000;
let stateDir: string;

beforeEach(() => {
  stateDir = mkdtempSync(join(tmpdir(), 'awsher-clock-'));
});
afterEach(() => rmSync(stateDir, { recursive: true }));

const open = (local: number, uptime = HOUR) =>
  openServerClock(
    { stateDir },
    () => local,
    () => uptime,
  );

describe("AWS's clock", () => {
  it('is the machine’s own until AWS says otherwise', () => {
    expect(open(NOW).now()).toBe(NOW);
  });

  it('takes no notice of seconds', () => {
    const clock = open(NOW);
    clock.observe(NOW + 80_000);
    expect(clock.now()).toBe(NOW);
  });

  it('follows a difference of hours, also in later commands', () => {
    open(NOW).observe(NOW + 2 * HOUR);
    expect(open(NOW + 1000, HOUR + 1000).now()).toBe(NOW + 2 * HOUR + 1000);
  });

  it('forgets it when the clock was set, or the machine was started anew', () => {
    open(NOW).observe(NOW + 2 * HOUR);
    expect(open(NOW + 2 * HOUR + 1000, HOUR + 1000).now()).toBe(NOW + 2 * HOUR + 1000);
    expect(open(NOW + 1000, 5000).now()).toBe(NOW + 1000);
  });

  it('forgets it when AWS agrees again', () => {
    open(NOW).observe(NOW + 2 * HOUR);
    open(NOW + 1000, HOUR + 1000).observe(NOW + 1000);
    expect(open(NOW + 2000, HOUR + 2000).now()).toBe(NOW + 2000);
  });

  it.each(['', 'null', '{"offsetMs": "1", "bootMs": 0}', '{"offsetMs": 1e999, "bootMs": 0}'])(
    'is not led astray by a broken file (%s)',
    (text) => {
      writeFileSync(join(stateDir, 'clock.json'), text);
      expect(open(NOW).now()).toBe(NOW);
    },
  );
});
