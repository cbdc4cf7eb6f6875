import { withAws } from '../../aws/resolver/with-aws.ts';
import { namedSession } from '../../aws/tokens/known-sessions.ts';
import { signOutSession } from '../../aws/tokens/sign-out.ts';
import { loadSharedConfig } from '../../base/files/config-file.ts';
import type { PartDeps } from './host-options.ts';

/**
 * Signs out the session of this name, as `awsher logout NAME` does. A part of its own, which the host loads when it
 * is asked for the first time. Throws as `namedSession`.
 */
export async function logout(
  { paths, env, now, log }: PartDeps,
  session: string,
): Promise<{ removed: boolean; warning: string | null }> {
  const config = loadSharedConfig(paths);
  const known = namedSession(config, session);
  const warnings: string[] = [];
  const warn = (line: string) => void warnings.push(line);
  const removed = await withAws({ paths, env, now, attempts: 1 }, ({ clients }) =>
    signOutSession({ paths, clients, warn }, config, known),
  );
  log(`signed out of session ${session}`);
  return { removed: removed.length > 0, warning: warnings[0] ?? null };
}
