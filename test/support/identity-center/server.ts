import {
  createServer as createHttp,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttps } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TestAuthority } from '../certificates.ts';
import { listenOnLoopback } from '../loopback.ts';
import type { Center } from './center.ts';
import { type Faults, typeOfStatus } from './faults.ts';
import { familyOfHost, type HostRole, hostRole } from './hosts.ts';
import {
  type Call,
  findRoute,
  json,
  Refusal,
  type Reply,
  readBody,
  type Service,
  Unmodelled,
} from './http.ts';
import type { JournalEntry } from './journal.ts';
import { deviceHost } from './routes/device-page.ts';
import { oidc } from './routes/oidc.ts';
import { ownAddress } from './routes/own-address.ts';
import { portalApi } from './routes/portal-api.ts';
import { portalCalls, portalPage } from './routes/portal-page.ts';
import { awsSignIn } from './routes/saml.ts';
import { signIn } from './routes/sign-in.ts';
import { sts } from './routes/sts.ts';

/** Which services answer on which kind of host. On the loopback address one base URL serves all three APIs. */
const SERVICES: Record<HostRole, readonly Service[]> = {
  oidc: [oidc, portalCalls],
  'portal-api': [portalApi, portalCalls],
  sts: [sts],
  portal: [portalPage],
  'sign-in': [signIn],
  // In China the two share a host.
  'aws-sign-in': [awsSignIn, signIn],
  device: [deviceHost],
  own: [ownAddress],
  loopback: [oidc, portalApi, sts],
};

export interface Listening {
  readonly httpsPort: number;
  readonly httpPort: number;
  close(): Promise<void>;
}

/** Serves the center on two ports of 127.0.0.1: https under every host name of AWS, and plain http for the APIs alone. */
export async function listen(
  center: Center,
  faults: Faults,
  journal: JournalEntry[],
  authority: TestAuthority,
): Promise<Listening> {
  const listener: RequestListener = (message, response) => {
    handle(center, faults, journal, message, response).catch((error: unknown) =>
      response.destroy(toError(error)),
    );
  };
  const https = createHttps(
    {
      ...(await authority.issue('127.0.0.1')),
      SNICallback(name, done) {
        authority.contextFor(name).then(
          (context) => done(null, context),
          (error: unknown) => done(toError(error)),
        );
      },
    },
    listener,
  );
  const http = createHttp(listener);
  const ports = await Promise.all([https, http].map(listenOnLoopback));
  return {
    httpsPort: ports[0] ?? 0,
    httpPort: ports[1] ?? 0,
    async close() {
      await Promise.all(
        [https, http].map((server) => {
          const closed = new Promise((resolve) => server.close(resolve));
          server.closeAllConnections();
          return closed;
        }),
      );
    },
  };
}

async function handle(
  center: Center,
  faults: Faults,
  journal: JournalEntry[],
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readBody(message);
  const url = new URL(message.url ?? '/', 'http://any');
  const host = (message.headers.host ?? '').replace(/:\d+$/, '');
  const [role, hostRegion] = hostRole(host, center.directories) ?? [null, null];
  // A plain address has no region in its name; it may carry one in front of the path.
  const inPath = role === 'loopback' ? /^\/region\/([a-z0-9-]+)(\/.*)$/.exec(url.pathname) : null;
  const call: Call = {
    method: message.method ?? 'GET',
    host,
    region: inPath?.[1] ?? hostRegion,
    family: familyOfHost(host),
    path: inPath?.[2] ?? url.pathname,
    query: url.searchParams,
    headers: message.headers,
    body,
  };
  const services = role === null ? [] : SERVICES[role];
  const isPreflight = call.method === 'OPTIONS';
  const method = isPreflight ? (message.headers['access-control-request-method'] ?? '') : call.method;
  const found = findRoute(services, method, call.path);
  const cors = found?.route.cors === true ? corsHeaders(call) : {};

  if (isPreflight && found !== null) return send(center, response, { status: 204 }, cors);
  if (call.path === '/favicon.ico') return send(center, response, { status: 204 }, {});

  const service = found?.service.name ?? 'unexpected';
  const named = found?.route.operation;
  const operation =
    (typeof named === 'function' ? named(call) : named) ?? `${call.method} ${host}${call.path}`;
  const fault = found === null ? null : faults.take(operation);
  if (fault?.delayMs !== undefined) await sleep(fault.delayMs, undefined, { signal: faults.cleared });
  const { reply, error } =
    fault?.cut === 'before'
      ? { reply: null, error: 'cut' }
      : await answer(center, call, found, fault?.status, fault?.type);
  // A page's own files say nothing about what happened.
  if (operation === 'Asset' && reply !== null) return send(center, response, reply, {});
  journal.push({
    time: center.clock.now(),
    service: error === 'unexpected' ? 'unexpected' : service,
    operation,
    host,
    status: reply?.status ?? 0,
    error,
    userAgent: message.headers['user-agent'] ?? '',
  });
  if (reply === null || fault?.cut !== undefined) response.destroy();
  else send(center, response, reply, cors);
}

/** The answer, or the error in the service's own wire form. */
async function answer(
  center: Center,
  call: Call,
  found: ReturnType<typeof findRoute>,
  faultStatus: number | undefined,
  faultType: string | undefined,
): Promise<{ reply: Reply; error: string | null }> {
  if (found === null) return unexpected();
  try {
    if (faultStatus !== undefined) {
      throw new Refusal(faultType ?? typeOfStatus(faultStatus), faultStatus, 'The service has a bad moment');
    }
    return { reply: await found.route.answer(center, call), error: null };
  } catch (thrown) {
    if (thrown instanceof Refusal) return { reply: found.service.refuse(thrown), error: thrown.type };
    if (thrown instanceof Unmodelled) return unexpected();
    throw thrown;
  }
}

function unexpected(): { reply: Reply; error: string } {
  return {
    reply: json({ message: 'The embedded Identity Center does not model this call.' }, 500),
    error: 'unexpected',
  };
}

function send(center: Center, response: ServerResponse, reply: Reply, headers: Record<string, string>): void {
  response.sendDate = false;
  response.writeHead(reply.status, {
    ...reply.headers,
    ...headers,
    Date: new Date(center.clock.now()).toUTCString(),
  });
  response.end(reply.body);
}

function corsHeaders(call: Call): Record<string, string> {
  return {
    'Access-Control-Allow-Origin': call.headers.origin ?? '*',
    'Access-Control-Allow-Headers': 'content-type, x-amz-sso_bearer_token',
    'Access-Control-Allow-Methods': 'GET, POST',
    Vary: 'Origin',
  };
}

function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
