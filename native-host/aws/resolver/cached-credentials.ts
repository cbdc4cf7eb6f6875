import { mayDeny } from '../../base/files/own-config.ts';
import { type Paths, resolvePaths } from '../../base/files/paths.ts';
import { openServerClock } from '../calls/server-clock.ts';
import { type Credentials, processJson } from '../roles/credentials.ts';
import { assumeRoleCacheKey, readCachedRole, ssoCacheKey } from '../roles/role-cache.ts';
import type { Plan } from './credential-plan.ts';
import { neededConfig } from './needed-config.ts';
import { planProfile } from './plan-profile.ts';
import { readSamlCredentials } from './saml-credentials.ts';
import { samlProcess } from './saml-process.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** What the machine tells, for the entry file to fill in. */
export interface Machine {
  readonly platform: string;
  readonly homedir: () => string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/**
 * The whole of `awsher credential-process` when the credentials are in the cache: config → cache file → JSON. `argv` is
 * what follows the program's name. `null` whenever it is not that simple, errors included: then the command itself does
 * the work and finds the words. Loads no SDK and no schema library; a whole call fits into the start of Node.
 */
export function fastCredentialProcess(env: Env, argv: readonly string[], machine: Machine): string | null {
  const asked = readArguments(env, argv);
  if (asked === null) return null;
  try {
    const paths = resolvePaths({ env, platform: machine.platform, homedir: machine.homedir });
    // Who asks is looked at by the command itself.
    if (mayDeny(paths)) return null;
    if (asked.saml !== undefined) return ofSaml(paths, asked.profile, machine);
    const config = neededConfig(paths, asked.profile);
    if (config === null) return null;
    const plan = planProfile({ ...asked, config, credentialsFile: paths.credentialsFile, env });
    const saml = plan.kind === 'process' ? samlProcess(plan.command, machine.platform) : undefined;
    if (saml !== undefined) return ofSaml(paths, saml.profile, machine);
    const key = cacheKeyOf(plan);
    if (key === null) return null;
    const now = openServerClock(paths, machine.now).now();
    const found = readCachedRole(paths, key, now);
    return found === undefined ? null : processJson(withAccount(found, plan));
  } catch {
    return null;
  }
}

/** What a SAML sign-in left for a profile; `null` when it is over. */
function ofSaml(paths: Paths, profile: string, machine: Machine): string | null {
  const found = readSamlCredentials(paths, profile, openServerClock(paths, machine.now).now());
  return found === undefined ? null : processJson(found);
}

/** The cache entry in which a plan's credentials would be; `null` for plans without one. */
function cacheKeyOf(plan: Plan): string | null {
  switch (plan.kind) {
    case 'sso':
      return ssoCacheKey(plan.role);
    case 'assume-role':
    case 'web-identity':
      return assumeRoleCacheKey(plan.request);
    default:
      return null;
  }
}

/** Older AWS CLIs leave the account out of the cache; the plan knows it. */
function withAccount(found: Credentials, plan: Plan): Credentials {
  const arn = plan.kind === 'assume-role' || plan.kind === 'web-identity' ? plan.request.roleArn : '';
  const accountId = plan.kind === 'sso' ? plan.role.accountId : arn.split(':')[4];
  return accountId ? { accountId, ...found } : found;
}

/** Only the plain form of the command line; every other one is for the real parser. */
function readArguments(
  env: Env,
  argv: readonly string[],
): { profile: string; explicit: boolean; saml?: string | undefined } | null {
  let command: string | undefined;
  let profile: string | undefined;
  let saml: string | undefined;
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at] ?? '';
    if (word === '--profile') profile = argv[++at];
    else if (word.startsWith('--profile=')) profile = word.slice('--profile='.length);
    else if (word === '--saml') saml = argv[++at] ?? '';
    else if (word === 'credential-process' && command === undefined) command = word;
    else if (word !== '--quiet' && word !== '--no-color') return null;
  }
  if (command === undefined || profile === '' || profile?.startsWith('-')) return null;
  if (saml !== undefined && (saml === '' || saml.startsWith('-'))) return null;
  if (profile !== undefined) return { profile, explicit: true, saml };
  return { profile: env.AWS_PROFILE || env.AWS_DEFAULT_PROFILE || 'default', explicit: false, saml };
}
