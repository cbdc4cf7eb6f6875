import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unifiedDiff } from '../../../../native-host/base/formats/unified-diff.ts';

const hasPatch = spawnSync('patch', ['--version']).status === 0;

describe('unifiedDiff', () => {
  it('is empty for equal texts', () => {
    expect(unifiedDiff('config', 'a\nb\n', 'a\nb\n')).toBe('');
  });

  it('shows three lines around a change', () => {
    expect(unifiedDiff('config', '1\n2\n3\n4\n5\n6\n7\n8\n', '1\n2\n3\n4\nfive\n6\n7\n8\n')).toBe(
      '--- config\n+++ config\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n',
    );
  });

  it('shows a section that was added or removed among its like as a whole', () => {
    const section = (name: string) => `[${name}]\nsession = corp\nregion = x\n\n`;
    const [before, after] = [
      `${section('a')}${section('c')}# end\n`,
      `${section('a')}${section('b')}${section('c')}# end\n`,
    ];
    expect(unifiedDiff('config', before, after)).toContain('+[b]\n+session = corp\n+region = x\n+\n [c]\n');
    expect(unifiedDiff('config', after, before)).toContain('-[b]\n-session = corp\n-region = x\n-\n [c]\n');
    const last = (name: string) => `[${name}]\nsession = corp\nregion = x\n# end\n`;
    expect(
      unifiedDiff('config', `${section('a')}${last('b')}`, `${section('a')}${section('b')}${last('c')}`),
    ).toContain(' region = x\n+\n+[c]\n+session = corp\n+region = x\n # end\n');
  });

  it('masks secrets and shows control characters', () => {
    const diff = unifiedDiff(
      'c',
      'aws_secret_access_key = abc\n',
      'aws_session_token=def\nx = \u001b[31m\u202e\u200b\n',
    );
    expect(diff).not.toMatch(/abc|def|\u001b|\u202e|\u200b/);
    expect(diff).toContain(
      '-aws_secret_access_key = ***\n+aws_session_token=***\n+x = \\u001b[31m\\u202e\\u200b\n',
    );
  });

  it.skipIf(!hasPatch)('is what patch(1) needs to make the new text', () => {
    const folder = mkdtempSync(join(tmpdir(), 'awsher-diff-'));
    const text = fc
      .tuple(fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', '', 'f', 'g')), fc.boolean())
      .map(([lines, last]) => lines.join('\n') + (last ? '\n' : ''));
    const pairs = fc.array(fc.tuple(text, text), { minLength: 150, maxLength: 150 });
    const patched = (files: readonly (readonly [before: string, after: string])[]) => {
      for (const [n, [before]] of files.entries()) writeFileSync(join(folder, `${n}`), before);
      const diffs = files.map(([before, after], n) => unifiedDiff(`${n}`, before, after));
      expect(diffs.map((diff) => diff === '')).toEqual(files.map(([before, after]) => before === after));
      // All of them by one start, each under its name.
      const patch = spawnSync('patch', ['-s', '-u', '-p0', '--no-backup-if-mismatch'], {
        cwd: folder,
        input: diffs.join(''),
      });
      expect(patch.stdout.toString()).toBe('');
      // patch(1) removes a file of which nothing is left.
      for (const [n, [, after]] of files.entries())
        if (after !== '') expect(readFileSync(join(folder, `${n}`), 'utf8')).toBe(after);
    };
    try {
      fc.assert(fc.property(pairs, patched), { numRuns: 1 });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('is there for fifty thousand lines', () => {
    const before = Array.from({ length: 50_000 }, (_, n) => `line ${n % 40_000}\n`);
    const after = before.map((line, n) => (n % 5 === 0 ? `new ${n}\n` : line));
    expect(unifiedDiff('c', before.join(''), after.join('')).match(/^\+new /gm)).toHaveLength(10_000);
  });
});
