import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkDocument, decodeConfig, remedyFor } from '../../../../native-host/base/formats/check.ts';
import { parseIni } from '../../../../native-host/base/formats/ini-document.ts';
import { type Botocore, hasBotocore, startBotocore } from './botocore.ts';
import { anyConfig, anyText } from './config-arbitrary.ts';

const problems = (text: string): string[] =>
  checkDocument(parseIni(text)).map(({ kind, line }) => `${kind}:${line}`);

describe('checkDocument', () => {
  it.each([
    ['', []],
    ['[profile a]\nregion = x\n', []],
    ['\uFEFF[profile a]\n', ['bom:1']],
    ['region = x\n[profile a]\n', ['no-header:1']],
    ['[profile a]\nregion\n', ['no-value:2']],
    ['[profile a]\n= x\n', ['no-value:2']],
    ['[a]\n[b]\n[a]\n', ['duplicate-section:3']],
    ['[DEFAULT]\n[DEFAULT]\n', []],
    ['[a]\nx = 1\nX = 2\n', ['duplicate-key:3']],
    ['[a]\nx =\n  y = 1\n  z\n', ['nested-line:4']],
    ['[a]\nx = 1\n  z\n', []],
    ['[a] # [b]\n[a]\n', []],
  ])('finds in %j: %j', (text, expected) => {
    expect(problems(text)).toEqual(expected);
  });

  it('names both lines of a duplicate, without control characters of the file', () => {
    const [problem] = checkDocument(parseIni('[a\u001b]\n\n[a\u001b]\n'));
    expect(problem?.message).toBe('the section [a?] appears a second time (first in line 1)');
  });
});

describe('what to do about a file that SDKs refuse', () => {
  const kinds = ['utf-16', 'no-config', 'no-header', 'before-section', 'duplicate-key'] as const;
  it.each(['/proc/self/environ', '/dev/null', '/sys/class'])('is never to move or edit %s', (file) => {
    for (const kind of kinds)
      expect(remedyFor({ kind, line: 1, message: '' }, file)).toMatch(
        /^name a file of your own in AWS_CONFIG_FILE/,
      );
    for (const own of [`/home/ana${file}`, '/dev/shm/config'])
      expect(remedyFor({ kind: 'no-config', line: 1, message: '' }, own)).toMatch(/^move it away: run `mv/);
  });
});

describe('decodeConfig', () => {
  it('names the line that is not UTF-8', () => {
    const bytes = Buffer.concat([Buffer.from('[a]\nk = é\n'), Buffer.from([0x6b, 0x3d, 0xe9, 0x0a])]);
    expect(decodeConfig(bytes)).toEqual({
      problem: { kind: 'not-utf8', line: 3, message: 'the text is not UTF-8' },
    });
  });

  it('keeps a byte order mark, for the check to find', () => {
    expect(decodeConfig(Buffer.from('\uFEFFx'))).toEqual({ text: '\uFEFFx' });
  });
});

describe.skipIf(!hasBotocore())('against botocore', () => {
  let botocore: Botocore;
  beforeAll(async () => {
    botocore = await startBotocore();
  });
  afterAll(() => botocore.end());

  it('accepts exactly the files that botocore accepts', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(anyConfig, anyText), async (text) => {
        const accepted = (await botocore.load(text)) !== undefined;
        expect(problems(text).length === 0).toBe(accepted);
      }),
      { numRuns: 1500 },
    );
  });
});
