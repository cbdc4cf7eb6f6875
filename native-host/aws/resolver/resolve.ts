import type { Credentials } from '../roles/credentials.ts';
import { assumeRoleCredentials, webIdentityCredentials } from './assume-role.ts';
import type { Plan } from './credential-plan.ts';
import { containerCredentials, instanceCredentials } from './metadata.ts';
import { planProfile } from './plan-profile.ts';
import { processCredentials } from './process.ts';
import type { ResolveDeps } from './resolver-deps.ts';
import { samlCredentials } from './saml-credentials.ts';
import { samlProcess } from './saml-process.ts';
import { ssoRoleCredentials } from './sso-role.ts';
import type { Trace } from './trace.ts';

export interface ResolveRequest {
  readonly profile: string;
  /** Whether the profile was named with `--profile`. */
  readonly explicit: boolean;
  readonly trace?: Trace;
}

/** A profile's credentials, whatever kind of profile it is. Throws AwsherError. */
export async function resolveProfile(deps: ResolveDeps, request: ResolveRequest): Promise<Credentials> {
  const { config, env, paths } = deps;
  const plan = planProfile({ ...request, config, env, credentialsFile: paths.credentialsFile });
  return credentialsOf(deps, plan);
}

/** Carries a plan out, from the inside of its chain outwards. */
export async function credentialsOf(deps: ResolveDeps, plan: Plan): Promise<Credentials> {
  switch (plan.kind) {
    case 'sso':
      return ssoRoleCredentials(deps, plan);
    case 'assume-role':
      return assumeRoleCredentials(deps, plan, () => credentialsOf(deps, plan.source));
    case 'web-identity':
      return webIdentityCredentials(deps, plan);
    case 'process': {
      const saml = samlProcess(plan.command, deps.platform);
      if (saml !== undefined) return samlCredentials(deps.paths, saml, deps.clock.now());
      return processCredentials(deps, plan);
    }
    case 'keys': {
      const { kind: _kind, profile: _profile, from: _from, ...credentials } = plan;
      return credentials;
    }
    case 'container':
      return containerCredentials(deps.env, deps.signal);
    case 'instance':
      return instanceCredentials(deps.env, deps.signal);
    default:
      return plan satisfies never;
  }
}
