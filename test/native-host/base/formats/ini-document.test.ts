import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseIni, serializeIni } from '../../../../native-host/base/formats/ini-document.ts';
import { anyCharacter } from '../../../support/any-character.ts';
import { anyConfig, anyText } from './config-arbitrary.ts';

describe('parseIni and serializeIni', () => {
  it('give back every text byte for byte', () => {
    fc.assert(
      fc.property(fc.oneof(anyConfig, anyText, fc.string({ unit: anyCharacter })), (text) => {
        expect(serializeIni(parseIni(text))).toBe(text);
      }),
      { numRuns: 1000 },
    );
  });

  it('tell sections, keys, continuation and comments apart', () => {
    const document = parseIni(
      '# top\n[profile a] # why\nregion = x\n# between\n  more\ns3 =\n  k = v\n  # inner\n\n[profile b]\n  indented = 1\n  other : 2\n',
    );
    const outline = document.sections.map(({ header, line, end, entries }) => ({
      header,
      line,
      end,
      entries: entries.map(({ key, rawValue, more, comments }) => [key, rawValue, [...more], [...comments]]),
    }));
    expect(outline).toEqual([
      {
        header: 'profile a',
        line: 1,
        end: 8,
        entries: [
          ['region', ' x', [4], [3]],
          ['s3', '', [6], [7]],
        ],
      },
      {
        header: 'profile b',
        line: 9,
        end: 12,
        entries: [
          ['indented', ' 1', [], []],
          ['other', ' 2', [], []],
        ],
      },
    ]);
    expect(document.odd).toEqual([]);
  });

  // What Python's configparser, and so botocore, makes of the same lines.
  it.each([
    ['[profile a]]', 'profile a]'],
    ['[profile b] ; c ]', 'profile b] ; c '],
    ['[profile c] # no bracket', 'profile c'],
    ['[]', undefined],
    ['[]]', ']'],
    ['[profile d', undefined],
  ])('%s has the header %j', (text, header) => {
    expect(parseIni(`${text}\nx = 1\n`).sections[0]?.header).toBe(header);
  });

  it('notes a byte order mark and lines that are nothing', () => {
    const document = parseIni('\uFEFFstray = 1\n[a]\nno value\n= no key\n[]\n');
    expect(document.bom).toBe(true);
    expect(document.odd).toEqual([0, 2, 3, 4]);
  });
});
