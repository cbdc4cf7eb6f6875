import { AwsherError, toAwsherError, type WireError } from '../../../shared/errors/awsher-error.ts';
import { createAwsClients } from '../../aws/calls/clients.ts';
import { knownEnvironment } from '../../aws/resolver/profile-environment.ts';
import { findSession } from '../../aws/tokens/known-sessions.ts';
import { signOutSession } from '../../aws/tokens/sign-out-session.ts';
import { loadSharedConfig } from '../../base/files/config-file.ts';
import type { Paths } from '../../base/files/paths.ts';

export interface LogoutOptions {
  readonly paths: Paths;
  /** For endpoints, proxy and certificates. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly log: (line: string) => void;
}

/** Plain data: a part of its own has its own classes. */
export type LogoutOutcome = { removed: boolean; warning: string | null } | { error: WireError };

/**
 * Signs out the session of this name, as `awsher logout NAME` does. A part of its own, which the host loads when it
 * is asked for the first time. SESSION_UNKNOWN for a name that is not in the config: a message names no file.
 */
export async function logout({ paths, env, log }: LogoutOptions, session: string): Promise<LogoutOutcome> {
  try {
    return await signOutNamed({ paths, env, log }, session);
  } catch (thrown) {
    return { error: toAwsherError(thrown).toWire() };
  }
}

async function signOutNamed(
  { paths, env, log }: LogoutOptions,
  session: string,
): Promise<{ removed: boolean; warning: string | null }> {
  const config = loadSharedConfig(paths);
  const known = findSession(config, session);
  if (known === undefined) {
    throw new AwsherError('SESSION_UNKNOWN', 'That session is not in the AWS config any more.', {
      hint: 'run `awsher status`',
    });
  }
  const clients = createAwsClients({ env: knownEnvironment(paths, env), attempts: 1 });
  const warnings: string[] = [];
  try {
    const deps = { paths, clients, warn: (line: string) => void warnings.push(line) };
    const removed = await signOutSession(deps, config, known);
    log(`signed out of session ${session}`);
    return { removed: removed.length > 0, warning: warnings[0] ?? null };
  } finally {
    clients.close();
  }
}
