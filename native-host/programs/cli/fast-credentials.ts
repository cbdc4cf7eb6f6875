import { fastCredentialProcess } from '../../aws/resolver/cached-credentials.ts';
import { machineFacts, writeOut } from '../../base/platform/fast-context.ts';

/**
 * `awsher credential-process` answered from the cache: what every SDK call of every process runs. False when it is not
 * that simple, errors included: the full program then does it, or says what is wrong.
 */
export function runFastCredentials(argv: readonly string[]): boolean {
  const { env, ...machine } = machineFacts();
  try {
    const answer = fastCredentialProcess(env, argv, machine);
    if (answer !== null) writeOut(answer.endsWith('\n') ? answer : `${answer}\n`);
    return answer !== null;
  } catch {
    return false;
  }
}
