import type { Paths } from '../../base/files/paths.ts';
import type { AwsClients } from '../calls/clients.ts';
import type { ServerClock } from '../calls/server-clock.ts';
import type { TokenSubject } from './token-subject.ts';

export interface TokenDeps {
  readonly paths: Pick<Paths, 'ssoCacheDir' | 'stateDir' | 'locksDir'>;
  readonly clients: AwsClients;
  readonly clock: ServerClock;
  readonly signal?: AbortSignal;
  /** Told in one sentence what a person should know although it goes on. */
  readonly warn?: (line: string) => void;
  /** Since when the caller wants it, by the machine's clock: a renewal that failed later than this is not tried again. */
  readonly askedAt?: number;
  /** Renews in a process of its own, which outlives this one; without it the renewal goes on in this process. */
  readonly renewBeside?: (subject: TokenSubject, waitMs: number) => Promise<undefined>;
}
