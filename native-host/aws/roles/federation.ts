import { CONSOLE_HOSTS } from '../../../shared/aws/console-link.ts';
import { toError } from '../../../shared/aws/fault-words.ts';
import { faultOf } from '../../../shared/aws/faults.ts';
import { partitionOf } from '../../../shared/aws/regions.ts';
import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import { Secret } from '../../../shared/secret.ts';
import { LIMITS } from '../../../shared/transport/policy.ts';
import { fieldsOf, parseJson } from '../../base/formats/json.ts';
import { askOnce } from '../calls/ask-once.ts';
import type { Credentials } from './credentials.ts';

/** The federation endpoint of a region's partition. */
export function federationEndpoint(region: string): string {
  return `https://${CONSOLE_HOSTS[partitionOf(region)?.id ?? 'aws'].signIn}/federation`;
}

/** The console's page of a service (`s3`, `ec2`...) in a region; without a service its first page. */
export function consolePage(region: string, service: string | undefined): string {
  const host = `${region}.${CONSOLE_HOSTS[partitionOf(region)?.id ?? 'aws'].console}`;
  const path = service === undefined ? 'console/home' : `${encodeURIComponent(service)}/home`;
  return `https://${host}/${path}?region=${encodeURIComponent(region)}`;
}

export interface FederationDeps {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal;
}

const MAX_BYTES = 1 << 16;

/**
 * An address that opens the console signed in with temporary credentials: getSigninToken, then the login address with
 * that token in it. The address is a secret: whoever has it is in. Throws NETWORK, AWS_ERROR, PROFILE_UNUSABLE.
 */
export async function consoleSignIn(
  deps: FederationDeps,
  credentials: Credentials,
  {
    endpoint,
    signIn = endpoint,
    destination,
    seconds,
  }: { endpoint: string; signIn?: string; destination: string; seconds?: number | undefined },
): Promise<Secret> {
  if (credentials.sessionToken === undefined) {
    throw new AwsherError(
      'PROFILE_UNUSABLE',
      'The console needs temporary credentials, and these are long-lived keys.',
      {
        hint: 'use a profile that has a role',
      },
    );
  }
  const session = JSON.stringify({
    sessionId: credentials.accessKeyId,
    sessionKey: credentials.secretAccessKey.expose(),
    sessionToken: credentials.sessionToken.expose(),
  });
  const query = new URLSearchParams({
    Action: 'getSigninToken',
    ...(seconds === undefined ? {} : { SessionDuration: String(seconds) }),
    Session: session,
  });
  const token = signinToken(await ask(deps, `${endpoint}?${query}`), endpoint);
  const login = new URLSearchParams({
    Action: 'login',
    Issuer: 'awsher',
    Destination: destination,
    SigninToken: token,
  });
  return new Secret(`${signIn}?${login}`);
}

function signinToken(text: string, endpoint: string): string {
  const token = fieldsOf(parseJson(text)).get('SigninToken');
  if (typeof token === 'string') return token;
  throw new AwsherError(
    'AWS_ERROR',
    `${new URL(endpoint).host} refused a sign-in token for these credentials.`,
    {
      hint: 'run the command again; the credentials may have just expired',
    },
  );
}

/** One GET, through the same proxy and certificates as every other call. The address has secrets and is in no error. */
async function ask({ env, signal }: FederationDeps, address: string): Promise<string> {
  try {
    const limits = { deadlineMs: LIMITS.answerMs, mostBytes: MAX_BYTES };
    return (await askOnce(address, { env, signal, ...limits })).body.toString('utf8');
  } catch (thrown) {
    signal?.throwIfAborted();
    throw thrown instanceof AwsherError ? thrown : toError(faultOf(thrown), new URL(address).host);
  }
}
