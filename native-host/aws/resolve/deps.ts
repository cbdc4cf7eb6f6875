import type { Paths } from '../../files/paths.ts';
import type { SharedConfig } from '../../formats/profiles.ts';
import type { TokenDeps } from '../valid-token.ts';

/** What carrying out a plan takes. */
export interface ResolveDeps extends TokenDeps {
  readonly paths: Paths;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
  readonly config: SharedConfig;
  /** Asks the person for a six-digit code; missing where nobody can be asked. */
  readonly askMfa?: (serial: string) => Promise<string>;
}
