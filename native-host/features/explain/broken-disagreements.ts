import type { Problem } from '../../base/formats/check.ts';
import type { Question } from './question.ts';
import type { Disagreement } from './story.ts';

/** Who reads on where the AWS CLI and boto3 refuse the whole file, and what they make of the line. */
const READ_ON: Readonly<Partial<Record<Problem['kind'], { sdks: readonly string[]; instead: string }>>> = {
  'duplicate-section': {
    sdks: ['JavaScript', 'Go', 'Ruby', 'Rust', 'Java', 'C++'],
    instead: 'merge the two sections and read on',
  },
  'duplicate-key': {
    sdks: ['JavaScript', 'Go', 'Ruby', 'Rust', 'Java', 'C++'],
    instead: 'take the last of the two and read on',
  },
  bom: { sdks: ['JavaScript'], instead: 'read over it' },
  'no-header': { sdks: ['JavaScript', 'Go', 'Ruby'], instead: 'leave those lines out and read on' },
  'before-section': { sdks: ['JavaScript', 'Go', 'Ruby'], instead: 'leave the line out and read on' },
  'no-value': { sdks: ['JavaScript', 'Go', 'Ruby'], instead: 'leave the line out and read on' },
};

/** The first problem of each file is where the AWS CLI stops. */
export function brokenDisagreements({ problems }: Question): Disagreement[] {
  return problems.flatMap(({ file, problem: { kind, line } }) => {
    const who = READ_ON[kind];
    if (who === undefined) return [];
    return [
      {
        id: `reads-on-${kind}`,
        ...who,
        remedy: `mend line ${line}: \`awsher doctor --fix\` offers it`,
        place: { file, line },
        source: 'parsers of the SDKs',
      },
    ];
  });
}
