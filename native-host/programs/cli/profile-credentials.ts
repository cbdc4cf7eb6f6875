import { type AwsClients, type ClientOptions, createAwsClients } from '../../aws/calls/clients.ts';
import { openServerClock, type ServerClock } from '../../aws/calls/server-clock.ts';
import { profileEnvironment, profileOfShell } from '../../aws/resolver/profile-environment.ts';
import { resolveProfile } from '../../aws/resolver/resolve.ts';
import type { ResolveDeps } from '../../aws/resolver/resolver-deps.ts';
import type { Credentials } from '../../aws/roles/credentials.ts';
import type { TokenSubject } from '../../aws/tokens/token-subject.ts';
import { loadSharedConfig } from '../../base/files/config-file.ts';
import type { SharedConfig } from '../../base/formats/profiles.ts';
import type { Context } from '../../base/platform/context.ts';
import { type Invocation, text } from './command.ts';
import { askMfaCode } from './mfa-prompt.ts';
import type { Output } from './output.ts';
import { keepFromAgents } from './production-rule.ts';

/** What commands need that speak to AWS. Closed by the command that opened it. */
export interface AwsAccess {
  readonly clients: AwsClients;
  readonly clock: ServerClock;
  readonly askedAt: number;
  readonly renewBeside: (subject: TokenSubject, waitMs: number) => Promise<undefined>;
  close(): void;
}

export interface AwsOptions extends Pick<ClientOptions, 'attempts'> {
  /** Whose settings say where and how AWS is asked; default: the profile of this shell. */
  readonly profile?: string | undefined;
  /** The config, where it is read already. */
  readonly config?: SharedConfig;
}

export function openAws(context: Context, { profile, config, ...options }: AwsOptions = {}): AwsAccess {
  const clock = openServerClock(context.paths, context.now);
  const env = profileEnvironment(context.paths, context.env, profile, config);
  const clients = createAwsClients({ env, onServerDate: (at) => clock.observe(at), ...options });
  const askedAt = context.now();
  return {
    clients,
    clock,
    askedAt,
    renewBeside: async (subject, waitMs) =>
      (await import('./renew-beside.ts')).renewBeside({ ...context, env }, subject, waitMs, askedAt),
    close: () => clients.close(),
  };
}

/** The profile that a command is about: `--profile`, else AWS_PROFILE, else `default`. */
export function askedProfile(
  { env }: Pick<Context, 'env'>,
  invocation: Invocation,
): { profile: string; explicit: boolean } {
  const named = text(invocation, 'profile');
  if (named !== undefined) return { profile: named, explicit: true };
  return { profile: profileOfShell(env), explicit: false };
}

export interface CredentialRequest {
  readonly profile: string;
  readonly explicit: boolean;
  readonly output: Pick<Output, 'warn'>;
  /** Whether a person may be asked for an MFA code, or by a program alone; needs a terminal besides. */
  readonly mayPrompt: boolean | 'by-programs';
}

/** Everything that resolving a profile takes, from a command's context. */
export function resolveDeps(
  context: Context,
  aws: AwsAccess,
  config: SharedConfig,
  { output, mayPrompt }: Pick<CredentialRequest, 'output' | 'mayPrompt'>,
): ResolveDeps {
  // A client that runs us keeps our stderr to itself, and its person can answer all the same.
  const mayAsk = mayPrompt !== false && context.stdin.isTTY;
  return {
    ...aws,
    paths: context.paths,
    env: context.env,
    platform: context.platform,
    config,
    signal: context.signal,
    warn: (line) => output.warn(line),
    mayAsk,
    ...(mayAsk && mayPrompt === true && context.stderr.isTTY ? { askMfa: askMfaCode } : {}),
  };
}

/** A profile's credentials for a command. Throws AwsherError. */
export async function profileCredentials(context: Context, request: CredentialRequest): Promise<Credentials> {
  const config = loadSharedConfig(context.paths);
  await keepFromAgents(context, config, request.profile);
  const aws = openAws(context, { profile: request.profile, config });
  try {
    const deps = resolveDeps(context, aws, config, request);
    return await resolveProfile(deps, request);
  } finally {
    aws.close();
  }
}
