import type { Problem } from '../../base/formats/check.ts';
import type { Question } from './question.ts';
import type { Disagreement } from './story.ts';

/** Who reads on where the AWS CLI and boto3 refuse the whole file, and what they make of the line. */
const READ_ON: Readonly<Partial<Record<Problem['kind'], { sdks: readonly string[]; instead: string }>>> = {
  'duplicate-section': {
    sdks: ['JavaScript', 'Go', 'Ruby', 'Rust', 'Java', 'C++'],
    instead: 'merge the two sections',
  },
  'duplicate-key': {
    sdks: ['JavaScript', 'Go', 'Ruby', 'Rust', 'Java', 'C++'],
    instead: 'use the later one',
  },
  bom: { sdks: ['JavaScript'], instead: 'read over it' },
  'no-header': { sdks: ['JavaScript', 'Go', 'Ruby'], instead: 'skip those lines' },
  'before-section': { sdks: ['JavaScript', 'Go', 'Ruby'], instead: 'skip the line' },
  'no-value': { sdks: ['JavaScript', 'Go', 'Ruby'], instead: 'skip the line' },
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
        remedy: `fix line ${line}: \`awsher doctor --fix\` offers it`,
        place: { file, line },
        source: 'parsers of the SDKs',
      },
    ];
  });
}
