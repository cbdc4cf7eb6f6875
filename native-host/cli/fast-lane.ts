import { fastCredentialProcess } from '../aws/cached-credentials.ts';
import { fastContext, machineFacts, writeOut } from '../platform/fast-context.ts';
import { setExitCode } from '../platform/lifecycle.ts';
import { fastStatus } from './commands/status.ts';

/**
 * What people's prompts and SDKs run many times a minute, in the plain form of its command line, before any parser,
 * SDK or schema library is loaded. False whenever it is not that simple, errors included: the full program then says
 * it in its own words.
 */
export function runFast(argv: readonly string[]): boolean {
  if (argv[0] === 'credential-process') {
    const { env, ...machine } = machineFacts();
    const answer = fastCredentialProcess(env, argv, machine);
    if (answer !== null) writeOut(answer.endsWith('\n') ? answer : `${answer}\n`);
    return answer !== null;
  }
  const context = fastContext();
  // Kept back until it is whole, so that an error half-way leaves nothing on the screen.
  const out: string[] = [];
  const err: string[] = [];
  try {
    const code = fastStatus(
      {
        ...context,
        stdout: { ...context.stdout, write: (text) => out.push(text) },
        stderr: { ...context.stderr, write: (text) => err.push(text) },
      },
      argv,
    );
    if (code === null) return false;
    context.stderr.write(err.join(''));
    context.stdout.write(out.join(''));
    setExitCode(code);
    return true;
  } catch {
    return false;
  }
}
