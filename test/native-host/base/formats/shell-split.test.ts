import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitCommand } from '../../../../native-host/aws/resolver/split-command.ts';

// needs: python3-boto3

const PYTHON = '/usr/bin/python3';
const hasPython = spawnSync(PYTHON, ['--version']).status === 0;
const hasBotocore = spawnSync(PYTHON, ['-c', 'import botocore']).status === 0;

describe('a credential_process line', () => {
  it.each([
    ['/opt/x --profile dev', ['/opt/x', '--profile', 'dev']],
    ['"/opt/my tools/x"  a\tb', ['/opt/my tools/x', 'a', 'b']],
    [`x 'a "b" \\' c`, ['x', 'a "b" \\', 'c']],
    ['x "a\\"b\\\\c\\d"', ['x', 'a"b\\c\\d']],
    ['x a\\ b ""', ['x', 'a b', '']],
    ['$HOME/x | y > z', ['$HOME/x', '|', 'y', '>', 'z']],
    ['', []],
  ])('%s', (line, words) => {
    expect(splitCommand(line, 'linux')).toEqual(words);
  });

  it.each([
    ['"C:\\Program Files\\x\\y.exe" arg', ['C:\\Program Files\\x\\y.exe', 'arg']],
    ['C:\\x\\y.exe \\\\host\\share', ['C:\\x\\y.exe', '\\\\host\\share']],
    ['x "a \\"b\\" c"', ['x', 'a "b" c']],
    ["x 'a b'", ['x', "'a", "b'"]],
    ['x ""', ['x', '']],
  ])('on Windows: %s', (line, words) => {
    expect(splitCommand(line, 'win32')).toEqual(words);
  });

  it.each(['x "a', "x 'a", 'x \\'])('with something open is an error: %s', (line) => {
    expect(() => splitCommand(line, 'linux')).toThrow('unclosed');
  });

  it.skipIf(!hasPython)('is split as Python does, whatever is in it', () => {
    const lines = fc.sample(
      fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\t', '"', "'", '\\', '$', '#', '/'), maxLength: 14 }),
      { numRuns: 2000, seed: 7 },
    );
    const script =
      'import json,shlex,sys\nout=[]\nfor l in json.load(sys.stdin):\n try: out.append(shlex.split(l))\n except ValueError: out.append(None)\nprint(json.dumps(out))';
    const { stdout } = spawnSync(PYTHON, ['-c', script], { input: JSON.stringify(lines), encoding: 'utf8' });
    const ours = lines.map((line) => {
      try {
        return splitCommand(line, 'linux');
      } catch {
        return null;
      }
    });
    expect(ours).toEqual(JSON.parse(stdout));
  });

  it.skipIf(!hasBotocore)('is split on Windows as botocore does', () => {
    const lines = fc.sample(
      fc.string({ unit: fc.constantFrom('a', ' ', '\t', '"', "'", '\\'), maxLength: 12 }),
      {
        numRuns: 2000,
        seed: 7,
      },
    );
    const script =
      'import json,sys\nfrom botocore.compat import compat_shell_split as s\nout=[]\nfor l in json.load(sys.stdin):\n try: out.append(s(l,"win32"))\n except ValueError: out.append(None)\nprint(json.dumps(out))';
    const { stdout } = spawnSync(PYTHON, ['-c', script], {
      input: JSON.stringify(lines),
      encoding: 'utf8',
    });
    const ours = lines.map((line) => {
      try {
        return splitCommand(line, 'win32');
      } catch {
        return null;
      }
    });
    expect(ours).toEqual(JSON.parse(stdout));
  });
});
