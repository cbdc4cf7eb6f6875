import type { Paths } from '../../base/files/paths.ts';
import { type AwsClients, createAwsClients } from '../calls/clients.ts';
import { openServerClock, type ServerClock } from '../calls/server-clock.ts';
import { knownEnvironment } from './profile-environment.ts';

export interface AwsPlace {
  readonly paths: Paths;
  /** For endpoints, proxy and certificates. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly now: () => number;
  /** How often a request is tried; the SDK's number without it. */
  readonly attempts?: number;
}

/** Clients and a clock that AWS sets right, for one piece of work; nothing stays open afterwards. */
export async function withAws<T>(
  { paths, env, now, ...options }: AwsPlace,
  use: (deps: { paths: Paths; clients: AwsClients; clock: ServerClock }) => Promise<T>,
): Promise<T> {
  const clock = openServerClock(paths, now);
  const onServerDate = (at: number) => clock.observe(at);
  const clients = createAwsClients({ env: knownEnvironment(paths, env), onServerDate, ...options });
  try {
    return await use({ paths, clients, clock });
  } finally {
    clients.close();
  }
}
