import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseProcStat } from '../../../../native-host/base/formats/proc-stat.ts';

describe('/proc/PID/stat', () => {
  it.runIf(process.platform === 'linux')('of this process is read', () => {
    const { uptime } = process;
    const stat = parseProcStat(readFileSync('/proc/self/stat', 'utf8'));
    expect(stat).toMatchObject({ name: expect.stringMatching(/./), parent: process.ppid });
    expect(stat?.state).toMatch(/^[RSD]$/);
    const [sinceBoot] = readFileSync('/proc/uptime', 'utf8').split(' ');
    expect(Math.abs(Number(sinceBoot) - (stat?.start ?? 0) / 100 - uptime())).toBeLessThan(5);
  });

  it.each([
    ['(x) S 6', { name: 'x', state: 'S', parent: 6, start: Number.NaN }],
    ['7 (a) S 9 (b) Z 6', { name: 'a) S 9 (b', state: 'Z', parent: 6, start: Number.NaN }],
    [`7 (a b) S 6${' 0'.repeat(17)} 4711 0`, { name: 'a b', state: 'S', parent: 6, start: 4711 }],
    ['', undefined],
    ['7 x S 6', undefined],
  ])('%s', (text, found) => {
    expect(parseProcStat(text)).toEqual(found);
  });
});
