import { disagreement, isDisagreement } from './disagreement.ts';
import type { Question } from './question.ts';
import type { Disagreement } from './story.ts';

/** Who reads on where the AWS CLI and boto3 refuse the whole file: the first problem of each file is where they stop. */
export function brokenDisagreements({ problems }: Question): Disagreement[] {
  return problems.flatMap(({ file, problem: { kind, line } }) => {
    const id = `reads-on-${kind}`;
    return isDisagreement(id) ? [disagreement(id, { line, place: { file, line } })] : [];
  });
}
