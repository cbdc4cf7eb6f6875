import { describe, expect, it } from 'vitest';
import { ago, dayName, duration, moment, stopwatch } from '../../../extension/ui/times.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** A local Tuesday, so that the test holds in every time zone. */
const NOW = new Date(2026, 10, 17, 14, 20).getTime();

describe('times in words', () => {
  it.each([
    [0, '0 seconds'],
    [-5_000, '0 seconds'],
    [1_000, '1 second'],
    [59 * MINUTE, '59 minutes'],
    [89 * MINUTE, '89 minutes'],
    [90 * MINUTE, '1 hour'],
    [7 * HOUR + 59 * MINUTE, '7 hours'],
    [3 * DAY, '3 days'],
  ])('%d ms last %s', (length, text) => {
    expect(duration(length, 'en-GB')).toBe(text);
  });

  it('has the plural forms and units of other languages', () => {
    expect(duration(3 * HOUR, 'ko')).toBe('3시간');
    expect(duration(42 * MINUTE, 'ja')).toBe('42 分');
    expect(duration(2 * HOUR, 'ar')).toBe('ساعتان');
  });

  it.each([
    ['de', '3 Stunden', 'vor 3 Minuten', 'Gestern', 'Dienstag, 10. November', 'Mi., 14:20'],
    ['es', '3 horas', 'hace 3 minutos', 'Ayer', 'Martes, 10 de noviembre', 'mié, 14:20'],
    ['fr', '3 heures', 'il y a 3 minutes', 'Hier', 'Mardi 10 novembre', 'mer. 14:20'],
    ['pt-BR', '3 horas', 'há 3 minutos', 'Ontem', 'Terça-feira, 10 de novembro', 'qua., 14:20'],
    ['zh-CN', '3小时', '3分钟前', '昨天', '11月10日星期二', '周三14:20'],
  ])('come from Intl in %s', (locale, length, past, yesterday, heading, soon) => {
    // Releases of ICU differ in the spaces and commas between the parts.
    const bare = (text: string) => text.replace(/[\s,]/g, '');
    expect(
      [
        duration(3 * HOUR, locale),
        ago(NOW - 3 * MINUTE, NOW, locale),
        dayName(NOW - DAY, NOW, locale),
        dayName(NOW - 7 * DAY, NOW, locale),
        moment(NOW + DAY, NOW, locale),
      ].map(bare),
    ).toEqual([length, past, yesterday, heading, soon].map(bare));
  });

  it('names the day only when it is another one', () => {
    expect(moment(NOW + 3 * HOUR, NOW, 'en-GB')).toBe('17:20');
    expect(moment(NOW + DAY, NOW, 'en-GB')).toBe('Wed 14:20');
    expect(moment(NOW + 20 * DAY, NOW, 'en-GB')).toBe('7 Dec');
    expect(moment(NOW + 60 * DAY, NOW, 'en-GB')).toBe('16 Jan 2027');
    expect(moment(NOW - 14 * HOUR - 21 * MINUTE, NOW, 'en-GB')).toBe('Mon 23:59');
  });

  it('counts like a stopwatch and looks back like a person', () => {
    expect([stopwatch(0), stopwatch(7_900), stopwatch(90_000), stopwatch(-1)]).toEqual([
      '0:00',
      '0:07',
      '1:30',
      '0:00',
    ]);
    expect(ago(NOW - 180_000, NOW, 'en')).toBe('3 minutes ago');
    expect(ago(NOW + 60_000, NOW, 'en')).toBe('now');
  });
});
