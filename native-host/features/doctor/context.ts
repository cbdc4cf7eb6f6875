import type { Machine } from '../../base/install/machine.ts';
import type { Context } from '../../base/platform/context.ts';
import type { ProgramRunner } from '../../base/platform/launch.ts';
import type { Talk, TalkEnd } from '../../base/platform/talk.ts';

/** Everything that checks may look at and do. A test gives another computer, other programs, another network. */
export interface DoctorContext extends Pick<Context, 'env' | 'platform' | 'paths' | 'now'> {
  readonly machine: Machine;
  /** Folder of this package; undefined when it could not be found. */
  readonly packageRoot: string | undefined;
  /** Version of this command. */
  readonly version: string;
  /** Version of the node that runs this: `20.19.0`. */
  readonly nodeVersion: string;
  /** Starts a program and speaks with it over stdin and stdout. Never rejects. */
  readonly talk: (talk: Talk) => Promise<TalkEnd>;
  /** Runs a program for its output. */
  readonly output: ProgramRunner;
  /** Asks a web address once, whoever wants to know; through the configured proxy and authorities. Never rejects. */
  readonly probe: (address: string) => Promise<Probe>;
}

export type Probe =
  /** Any answer will do. `dateMs` is its `Date` header, `askedAtMs` the middle of the request by our clock. */
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly dateMs?: number;
      readonly askedAtMs: number;
    }
  /** `code` as Node gives it: ENOTFOUND, ECONNREFUSED, SELF_SIGNED_CERT_IN_CHAIN... */
  | { readonly kind: 'failed'; readonly code: string; readonly proxy: boolean; readonly hint?: string };
