import { resolvePaths } from '../../base/files/paths.ts';
import { machineFacts, writeOut } from '../../base/platform/fast-context.ts';
import { promptSegment } from './prompt/segment.ts';

/** `awsher prompt` in its plain form: every prompt of every shell waits for it. False when it is not that simple. */
export function runFastPrompt(argv: readonly string[]): boolean {
  if (argv.length !== 1) return false;
  const { env, platform, homedir, now } = machineFacts();
  try {
    const segment = promptSegment(env, resolvePaths({ env, platform, homedir }), now);
    if (segment !== '') writeOut(`${segment}\n`);
    return true;
  } catch {
    return false;
  }
}
