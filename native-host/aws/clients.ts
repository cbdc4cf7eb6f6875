import type { SSO } from '@aws-sdk/client-sso';
import type { SSOOIDC } from '@aws-sdk/client-sso-oidc';
import type { STS } from '@aws-sdk/client-sts';
import { withoutSdkVersionWarning } from '../platform/quiet-sdk.ts';
import { configuredEndpoint, publicEndpoint, type Service } from './endpoints.ts';
import { createTransport, type Transport } from './transport.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** Keys for a signed call; plain text, as the SDK wants them. */
export interface SigningKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** The three services that awsher calls. Each SDK package is loaded when it is first asked for, so no cached path pays. */
export interface AwsClients {
  oidc(region: string): Promise<SSOOIDC>;
  portal(region: string): Promise<SSO>;
  /** As `portal`, but every answer comes back as it is, 429 too: for whoever keeps a pace of their own. */
  portalUntried(region: string): Promise<SSO>;
  /** Without keys the calls are not signed (web identity). */
  sts(region: string, keys: SigningKeys | null): Promise<STS>;
  /** Closes every connection, so that a command can end at once. */
  close(): void;
}

export interface ClientOptions {
  readonly env: Env;
  /** Told the `Date` header of every answer, in milliseconds since 1970. */
  readonly onServerDate?: (serverMs: number) => void;
  /** For one attempt. Default 20 s. */
  readonly requestTimeoutMs?: number;
  /** How often a call is tried in all; default 3. */
  readonly attempts?: number;
}

const CONNECT_TIMEOUT_MS = 5_000;
const REQUEST_TIMEOUT_MS = 20_000;
const MAX_ATTEMPTS = 3;

export function createAwsClients(options: ClientOptions): AwsClients {
  const closers: (() => void)[] = [];
  const oidcClients = new Map<string, Promise<SSOOIDC>>();
  const portalClients = new Map<string, Promise<SSO>>();
  const untriedClients = new Map<string, Promise<SSO>>();

  async function prepare(service: Service, region: string) {
    const endpoint = configuredEndpoint(service, options.env);
    const transport = await createTransport(endpoint ?? publicEndpoint(service, region), options.env);
    closers.push(() => transport.close());
    return baseConfig(region, endpoint, transport, options);
  }

  async function makeOidc(region: string): Promise<SSOOIDC> {
    const [{ SSOOIDC }, config] = await Promise.all([
      import('@aws-sdk/client-sso-oidc'),
      prepare('sso-oidc', region),
    ]);
    const client = withoutSdkVersionWarning(() => new SSOOIDC({ ...config, credentials: ANONYMOUS }));
    client.middlewareStack.add(dateWatcher(options.onServerDate), NEXT_TO_THE_WIRE);
    return client;
  }

  async function makePortal(region: string, attempts: { maxAttempts?: number } = {}): Promise<SSO> {
    const [{ SSO }, config] = await Promise.all([import('@aws-sdk/client-sso'), prepare('sso', region)]);
    const client = withoutSdkVersionWarning(
      () => new SSO({ ...config, ...attempts, credentials: ANONYMOUS }),
    );
    client.middlewareStack.add(dateWatcher(options.onServerDate), NEXT_TO_THE_WIRE);
    return client;
  }

  return {
    oidc: (region) => once(oidcClients, region, makeOidc),
    portal: (region) => once(portalClients, region, makePortal),
    portalUntried: (region) => once(untriedClients, region, (one) => makePortal(one, { maxAttempts: 1 })),
    async sts(region, keys) {
      const [{ STS }, config] = await Promise.all([import('@aws-sdk/client-sts'), prepare('sts', region)]);
      const client = withoutSdkVersionWarning(() => new STS({ ...config, credentials: keys ?? ANONYMOUS }));
      client.middlewareStack.add(dateWatcher(options.onServerDate), NEXT_TO_THE_WIRE);
      return client;
    },
    close() {
      for (const close of closers.splice(0)) close();
    },
  };
}

/** Nothing is signed with them: the SDK only wants to see some, or it would go and look for the person's own. */
const ANONYMOUS: SigningKeys = { accessKeyId: 'anonymous', secretAccessKey: 'anonymous' };

/** Everything that the SDK would otherwise read from ~/.aws/config or the machine is given, so that it reads neither. */
function baseConfig(
  region: string,
  endpoint: string | undefined,
  transport: Transport,
  options: ClientOptions,
) {
  const { env } = options;
  return {
    region,
    ...(endpoint === undefined ? {} : { endpoint }),
    useFipsEndpoint: endpoint === undefined && env.AWS_USE_FIPS_ENDPOINT?.toLowerCase() === 'true',
    useDualstackEndpoint: endpoint === undefined && env.AWS_USE_DUALSTACK_ENDPOINT?.toLowerCase() === 'true',
    defaultsMode: 'standard' as const,
    maxAttempts: options.attempts ?? MAX_ATTEMPTS,
    retryMode: 'standard',
    userAgentAppId: 'awsher',
    authSchemePreference: [],
    requestHandler: {
      connectionTimeout: CONNECT_TIMEOUT_MS,
      requestTimeout: options.requestTimeoutMs ?? REQUEST_TIMEOUT_MS,
      throwOnRequestTimeout: true,
      httpAgent: transport.httpAgent,
      httpsAgent: transport.httpsAgent,
    },
  };
}

function once<T>(
  known: Map<string, Promise<T>>,
  region: string,
  make: (region: string) => Promise<T>,
): Promise<T> {
  const made = known.get(region) ?? make(region);
  known.set(region, made);
  return made;
}

/** Where `dateWatcher` goes: next to the wire, so that it also sees answers which the SDK turns into errors. */
const NEXT_TO_THE_WIRE = { step: 'deserialize', priority: 'low', name: 'awsherServerDate' } as const;

function dateWatcher(tell: ((serverMs: number) => void) | undefined) {
  return <A, O extends { response: unknown }>(next: (args: A) => Promise<O>) =>
    async (args: A): Promise<O> => {
      const output = await next(args);
      const at = serverDate(output.response);
      if (at !== undefined) tell?.(at);
      return output;
    };
}

function serverDate(response: unknown): number | undefined {
  if (typeof response !== 'object' || response === null || !('headers' in response)) return undefined;
  const { headers } = response;
  if (typeof headers !== 'object' || headers === null || !('date' in headers)) return undefined;
  const at = typeof headers.date === 'string' ? Date.parse(headers.date) : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
}
