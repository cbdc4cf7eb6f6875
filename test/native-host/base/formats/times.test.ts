import { describe, expect, it } from 'vitest';
import { clockTime, distance } from '../../../../native-host/base/formats/times.ts';

const local = (...parts: [number, number, number, number?, number?]) => new Date(...parts).getTime();
const NOW = local(2026, 10, 23, 17, 0);

describe('times as people say them', () => {
  it.each([
    [local(2026, 10, 23, 18, 4), '18:04'],
    [local(2026, 10, 23, 0, 5), '00:05'],
    [local(2026, 10, 24, 9, 30), 'tomorrow 09:30'],
    [local(2026, 10, 22, 23, 59), 'yesterday 23:59'],
    [local(2026, 10, 28, 1, 0), '28 Nov'],
    [local(2027, 1, 21, 1, 0), '21 Feb 2027'],
  ])('%i is %s', (at, words) => {
    expect(clockTime(at, NOW)).toBe(words);
  });

  const MINUTE = 60_000;
  it.each([
    [0, 'in less than a minute'],
    [59_999, 'in less than a minute'],
    [47 * MINUTE, 'in 47 min'],
    [-47 * MINUTE, '47 min ago'],
    [185 * MINUTE, 'in 3 h 5 min'],
    [180 * MINUTE, 'in 3 h'],
    [23 * 60 * MINUTE + 59 * MINUTE, 'in 23 h'],
    [24 * 60 * MINUTE, 'in 1 day'],
    [89.5 * 24 * 60 * MINUTE, 'in 89 days'],
  ])('%i ms away is %s', (left, words) => {
    expect(distance(NOW + left, NOW)).toBe(words);
  });
});
