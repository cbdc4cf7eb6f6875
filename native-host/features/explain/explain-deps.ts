import type { ServerClock } from '../../aws/calls/server-clock.ts';
import type { Paths } from '../../base/files/paths.ts';
import type { SharedConfig } from '../../base/formats/profiles.ts';

/** What it takes to look at a profile; nothing here asks anybody. */
export interface ExplainDeps {
  readonly paths: Paths;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: ServerClock;
  readonly config: SharedConfig;
}
