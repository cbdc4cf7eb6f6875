import type { Paths } from '../../base/files/paths.ts';
import type { SharedConfig } from '../../base/formats/profiles.ts';
import type { TokenDeps } from '../tokens/token-deps.ts';

/** What carrying out a plan takes. */
export interface ResolveDeps extends TokenDeps {
  readonly paths: Paths;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
  readonly config: SharedConfig;
  /** Asks the person for a six-digit code; missing where nobody can be asked. */
  readonly askMfa?: (serial: string) => Promise<string>;
  /** A person is at the terminal: a `credential_process` may ask them (aws-vault, an MFA helper), as under the AWS CLI. */
  readonly mayAsk?: boolean;
}
