import type { Secret } from '../../../shared/secret.ts';
import type { ConfigSection, SharedConfig } from '../../base/formats/profiles.ts';
import type { AssumeRoleKey, SsoRole } from '../roles/role-cache.ts';
import type { Trace } from './trace.ts';

/** Where a profile's credentials come from, decided from config and environment alone. */
export type Plan =
  | { readonly kind: 'sso'; readonly profile: string; readonly role: SsoRole; readonly region: string }
  | {
      readonly kind: 'assume-role';
      readonly profile: string;
      readonly request: AssumeRoleKey;
      /** To ask STS in; undefined when neither profile nor environment names one. */
      readonly region: string | undefined;
      readonly source: Plan;
    }
  | {
      readonly kind: 'web-identity';
      readonly profile: string;
      readonly request: AssumeRoleKey;
      readonly tokenFile: string;
      readonly region: string | undefined;
    }
  | {
      readonly kind: 'process';
      readonly profile: string;
      readonly command: string;
      readonly accountId?: string;
    }
  | {
      readonly kind: 'keys';
      readonly profile: string;
      readonly from: 'environment' | 'config' | 'credentials';
      readonly accessKeyId: string;
      readonly secretAccessKey: Secret;
      readonly sessionToken?: Secret;
      readonly expiresAt?: number;
      readonly accountId?: string;
    }
  | { readonly kind: 'container' }
  | { readonly kind: 'instance' };

export interface PlanInput {
  readonly config: SharedConfig;
  /** To tell values of the two files apart. */
  readonly credentialsFile: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly profile: string;
  /** Named with `--profile`: then keys in the environment do not count. */
  readonly explicit: boolean;
  readonly trace?: Trace;
}

/** What the parts of the plan need of its input. */
export interface Scope extends PlanInput {
  readonly name: string;
  readonly section: ConfigSection | undefined;
  /** Profiles on the way here, the first one first. */
  readonly visited: readonly string[];
  /** Whether the environment may speak for this profile: not when it was named, nor for a source profile. */
  readonly useEnv: boolean;
}
