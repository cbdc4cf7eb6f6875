import type { Account } from './catalogue.ts';
import type { Clock } from './clock.ts';
import type { Directory } from './hosts.ts';
import type { Options } from './options.ts';
import type { State } from './state.ts';
import type { Bucket } from './throttle.ts';

/** What every route has at hand. */
export interface Center {
  readonly options: Options;
  readonly clock: Clock;
  readonly state: State;
  readonly directories: readonly Directory[];
  readonly accounts: Account[];
  readonly user: { readonly userName: string; readonly displayName: string };
  readonly bucket: Bucket;
}
