import type { SSO } from '@aws-sdk/client-sso';
import type { SSOOIDC } from '@aws-sdk/client-sso-oidc';
import type { STS } from '@aws-sdk/client-sts';
import type { Family } from '../../../shared/aws/hosts.ts';
import { limitHandler, retryStrategy } from '../../../shared/transport/limited.ts';
import { LIMITS } from '../../../shared/transport/policy.ts';
import { withoutSdkVersionWarning } from '../../base/platform/quiet-sdk.ts';
import { clockwork } from '../../base/platform/timers.ts';
import { publicEndpoint, type Service, usableEndpoint, wantsVariant } from './endpoints.ts';
import { createTransport, type Transport } from './transport.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** Keys for a signed call; plain text, as the SDK wants them. */
export interface SigningKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Which endpoints of Identity Center are meant: those of its region, in the family of its portal. */
export interface Place {
  readonly region: string;
  /** `null`: nothing but the environment tells. */
  readonly family: Family | null;
}

/** The three services that awsher calls. Each SDK package is loaded when it is first asked for, so no cached path pays. */
export interface AwsClients {
  oidc(place: Place): Promise<SSOOIDC>;
  portal(place: Place): Promise<SSO>;
  /** As `portal`, but every answer comes back as it is, 429 too: for whoever keeps a pace of their own. */
  portalUntried(place: Place): Promise<SSO>;
  /** Without keys the calls are not signed (web identity). */
  sts(region: string, keys: SigningKeys | null): Promise<STS>;
  /** Closes every connection, so that a command can end at once; a call that is under way is let come to its end. */
  close(): void;
}

export interface ClientOptions {
  readonly env: Env;
  /** Told the `Date` header of every answer, in milliseconds since 1970. */
  readonly onServerDate?: (serverMs: number) => void;
  /** How often a call is tried in all; default as the policy says. */
  readonly attempts?: number;
}

export function createAwsClients(options: ClientOptions): AwsClients {
  const closers: (() => void)[] = [];
  const underWay = { calls: 0, closed: false };
  const oidcClients = new Map<string, Promise<SSOOIDC>>();
  const portalClients = new Map<string, Promise<SSO>>();
  const untriedClients = new Map<string, Promise<SSO>>();

  async function prepare(service: Service, { region, family }: Place) {
    const endpoint = usableEndpoint(service, options.env);
    const transport = await createTransport(endpoint ?? publicEndpoint(service, region, family), options.env);
    closers.push(() => transport.close());
    return baseConfig({ region, family }, endpoint, transport, options);
  }

  async function makeOidc(place: Place): Promise<SSOOIDC> {
    const [{ SSOOIDC }, config] = await Promise.all([
      import('@aws-sdk/client-sso-oidc'),
      prepare('sso-oidc', place),
    ]);
    return watched(withoutSdkVersionWarning(() => new SSOOIDC({ ...config, credentials: ANONYMOUS })));
  }

  async function makePortal(place: Place, attempts = options.attempts): Promise<SSO> {
    const [{ SSO }, config] = await Promise.all([import('@aws-sdk/client-sso'), prepare('sso', place)]);
    const retries = { retryStrategy: retryStrategy(clockwork, attempts) };
    return watched(
      withoutSdkVersionWarning(() => new SSO({ ...config, ...retries, credentials: ANONYMOUS })),
    );
  }

  /** Puts the limits of the policy on a client, and watches what it hears. */
  function watched<C extends SSO | SSOOIDC | STS>(client: C): C {
    const handler = client.config.requestHandler;
    limitHandler(handler, clockwork);
    const handle = handler.handle.bind(handler);
    handler.handle = async (request, wishes) => {
      underWay.calls += 1;
      try {
        const answer = await handle(request, wishes);
        const at = Date.parse(answer.response.headers.date ?? '');
        if (!Number.isNaN(at)) options.onServerDate?.(at);
        return answer;
      } finally {
        underWay.calls -= 1;
        // A renewal whose caller went on without it must not lose its answer to our own closing.
        if (underWay.closed) closeIdle();
      }
    };
    return client;
  }

  function closeIdle(): void {
    underWay.closed = true;
    if (underWay.calls > 0) return;
    for (const close of closers.splice(0)) close();
  }

  return {
    oidc: (place) => once(oidcClients, place, makeOidc),
    portal: (place) => once(portalClients, place, makePortal),
    portalUntried: (place) => once(untriedClients, place, (one) => makePortal(one, 1)),
    async sts(region, keys) {
      const [{ STS }, config] = await Promise.all([
        import('@aws-sdk/client-sts'),
        prepare('sts', { region, family: null }),
      ]);
      return watched(withoutSdkVersionWarning(() => new STS({ ...config, credentials: keys ?? ANONYMOUS })));
    },
    close: closeIdle,
  };
}

/** Nothing is signed with them: the SDK only wants to see some, or it would go and look for the person's own. */
const ANONYMOUS: SigningKeys = { accessKeyId: 'anonymous', secretAccessKey: 'anonymous' };

/** Everything that the SDK would otherwise read from ~/.aws/config or the machine is given, so that it reads neither. */
function baseConfig(
  { region, family }: Place,
  endpoint: string | undefined,
  transport: Transport,
  options: ClientOptions,
) {
  const { env } = options;
  return {
    region,
    ...(endpoint === undefined ? {} : { endpoint }),
    // Else the SDK takes the endpoint of the default profile, whichever profile this is about.
    ignoreConfiguredEndpointUrls: true,
    useFipsEndpoint: endpoint === undefined && wantsVariant('FIPS', env),
    // What the portal's host says goes before the environment: the families must not be mixed.
    useDualstackEndpoint:
      endpoint === undefined && (family === null ? wantsVariant('DUALSTACK', env) : family === 'dual-stack'),
    defaultsMode: 'standard' as const,
    retryStrategy: retryStrategy(clockwork, options.attempts),
    userAgentAppId: 'awsher',
    authSchemePreference: [],
    requestHandler: {
      connectionTimeout: LIMITS.connectMs,
      requestTimeout: LIMITS.firstByteMs,
      throwOnRequestTimeout: true,
      httpAgent: transport.httpAgent,
      httpsAgent: transport.httpsAgent,
    },
  };
}

function once<T>(
  known: Map<string, Promise<T>>,
  place: Place,
  make: (place: Place) => Promise<T>,
): Promise<T> {
  const key = `${place.region} ${place.family}`;
  const made = known.get(key) ?? make(place);
  known.set(key, made);
  return made;
}
