import type { KnownSession } from '../../../shared/protocol/native.ts';
import type { Paths } from '../../base/files/paths.ts';

/** What the parts take that the host loads when it is asked: `env` for endpoints, proxy and certificates. */
export type PartDeps = Readonly<Pick<HostOptions, 'paths' | 'env' | 'now' | 'log'>>;

export interface HostOptions {
  paths: Paths;
  /** For endpoints, proxy and certificates of the host's own calls. */
  env: Readonly<Record<string, string | undefined>>;
  platform: NodeJS.Platform;
  /** -1 on Windows. */
  uid: number;
  pid: number;
  /** The process that started this one. */
  browserPid: number;
  version: string;
  now: () => number;
  /** Sends one message to the extension. */
  send: (message: object) => void;
  listSessions: () => KnownSession[];
  /** Facts for the log file; never a secret. */
  log: (line: string) => void;
  /** Asks the process to end once nothing is under way: a newer version of itself is installed. */
  retire: () => void;
}
