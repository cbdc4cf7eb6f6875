import { describe, expect, it } from 'vitest';
import { hintParts } from '../../../extension/ui/hint-parts.ts';

const words = (text: string) => ({ kind: 'words', text });
const command = (text: string) => ({ kind: 'command', text });

describe('hintParts', () => {
  it.each([
    ['run `awsher doctor`', [command('awsher doctor')]],
    [
      'run `awsher doctor` and report what it says',
      [words('Run'), command('awsher doctor'), words('and report what it says')],
    ],
    [
      'bring both to the same version, then run `awsher install`',
      [words('Bring both to the same version, then run'), command('awsher install')],
    ],
    ['run `a`, then `b`', [words('Run'), command('a'), words('then'), command('b')]],
    ['copy it from your access portal', [words('Copy it from your access portal')]],
    ['an odd ` backtick', [words('An odd'), command('backtick')]],
    ['', []],
  ])('%s', (hint, parts) => {
    expect(hintParts(hint)).toEqual(parts);
  });
});
