import type { ServerClock } from '../aws/server-clock.ts';
import type { Paths } from '../files/paths.ts';
import type { SharedConfig } from '../formats/profiles.ts';

/** What it takes to look at a profile; nothing here asks anybody. */
export interface ExplainDeps {
  readonly paths: Paths;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: ServerClock;
  readonly config: SharedConfig;
}
