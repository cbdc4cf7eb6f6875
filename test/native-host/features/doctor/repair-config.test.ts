import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkDocument } from '../../../../native-host/base/formats/check.ts';
import { parseIni } from '../../../../native-host/base/formats/ini-document.ts';
import { readSharedConfig } from '../../../../native-host/base/formats/profiles.ts';
import { isWholeAfterRepair, repairConfig } from '../../../../native-host/features/doctor/repair-config.ts';
import { anyConfig } from '../../base/formats/config-arbitrary.ts';

describe('repairConfig', () => {
  it('puts sections of one name together, in the place of the first, and the last value wins', () => {
    const text = [
      '# mine',
      '[profile a]',
      'region = one ; kept',
      '',
      '[profile b]',
      'region = b',
      '# about the second',
      '[profile a]',
      'region = two',
      'output = json',
    ].join('\n');
    expect(repairConfig(text)).toBe(
      [
        '# mine',
        '[profile a]',
        '# region = one ; kept',
        'region = two',
        'output = json',
        '',
        '[profile b]',
        'region = b',
        '# about the second',
        '',
      ].join('\n'),
    );
  });

  it('takes the byte order mark away and keeps Windows line ends', () => {
    expect(repairConfig('\uFEFF[default]\r\nregion = x\r\nregion = y\r\n')).toBe(
      '[default]\r\n# region = x\r\nregion = y\r\n',
    );
  });

  it('makes a repeated key with a block below it a comment as a whole', () => {
    expect(repairConfig('[a]\ns3 =\n  one = 1\ns3 =\n  two = 2\n')).toBe(
      '[a]\n# s3 =\n# one = 1\ns3 =\n  two = 2\n',
    );
  });

  it('says so when a person has to do the rest', () => {
    expect(isWholeAfterRepair('region = x\n[a]\n')).toBe(false);
    expect(isWholeAfterRepair('<html>\n<body>\n')).toBe(false);
    // As a comment, it would leave the indented key to the value before.
    expect(isWholeAfterRepair('[a]\nx = 1\n=======\n  y = 2\n')).toBe(false);
    expect(isWholeAfterRepair('[a]\n[a]\n')).toBe(true);
  });

  it('changes nothing in a good file', () => {
    fc.assert(
      fc.property(anyConfig, (text) => {
        if (checkDocument(parseIni(text)).length > 0) return;
        expect(repairConfig(text)).toBe(text);
      }),
    );
  });

  it('leaves no section or key twice, loses no line, and reads as the last value', () => {
    const line = fc.constantFrom(
      '[profile a]',
      '[profile b]',
      'x = 1',
      'x = 2',
      'y = 3',
      '# c',
      '',
      '  z = 4',
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 14 }), fc.boolean(), (lines, bom) => {
        const text = `${bom ? '\uFEFF' : ''}[default]\n${lines.join('\n')}`;
        const after = repairConfig(text);
        const kinds = checkDocument(parseIni(after)).map(({ kind }) => kind);
        expect(kinds).not.toContain('duplicate-section');
        expect(kinds).not.toContain('duplicate-key');
        expect(kinds).not.toContain('bom');
        expect(values(after)).toEqual(values(text));
      }),
    );
  });
});

/** Top-level values as an SDK reads them that lets the last one win. */
function values(text: string): unknown {
  const file = { file: 'f', document: parseIni(text) };
  const { profiles } = readSharedConfig(file, { file: 'c', document: parseIni('') });
  return [...profiles].map(([name, section]) => [
    name,
    [...section.values].map(([key, { value }]) => [key, value]).sort(),
  ]);
}
