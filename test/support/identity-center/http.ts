import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import * as v from 'valibot';
import type { Center } from './center.ts';
import type { Family } from './hosts.ts';

/** A request as the routes see it. */
export interface Call {
  readonly method: string;
  readonly host: string;
  /** Null on a plain http address without a region in it. */
  readonly region: string | null;
  /** Of the host that was asked; null on the loopback address. */
  readonly family: Family | null;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Reply {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

/** One operation of a service: when it is meant and how it is answered. */
export interface Route {
  /** Its name in the service model; a function where only the body tells. */
  readonly operation: string | ((call: Call) => string);
  readonly method: 'GET' | 'POST' | 'HEAD';
  readonly path: string | RegExp;
  /** For our pages, which call other hosts of AWS; what an SDK calls has no CORS headers. */
  readonly cors?: true;
  answer(center: Center, call: Call): Reply | Promise<Reply>;
}

export interface Service {
  readonly name: 'sso-oidc' | 'sso' | 'sts' | 'portal' | 'sign-in' | 'aws-sign-in' | 'device-page' | 'own';
  readonly routes: readonly Route[];
  /** The wire form of an error in this service. */
  refuse(refusal: Refusal): Reply;
}

/** An answer that is an error of the service's own kind. */
export class Refusal extends Error {
  readonly type: string;
  readonly status: number;
  readonly headers: Record<string, string>;

  constructor(type: string, status: number, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.type = type;
    this.status = status;
    this.headers = headers;
  }
}

/** A call that AWS may know and this service does not: answered with 500 and put on the list that tests look at. */
export class Unmodelled extends Error {}

/** Finds the operation that a request means. */
export function findRoute(
  services: readonly Service[],
  method: string,
  path: string,
): { service: Service; route: Route } | null {
  for (const service of services) {
    for (const route of service.routes) {
      const samePath = typeof route.path === 'string' ? route.path === path : route.path.test(path);
      if (samePath && route.method === method) return { service, route };
    }
  }
  return null;
}

export function json(value: unknown, status = 200, headers: Record<string, string> = {}): Reply {
  return { status, headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(value) };
}

export function html(body: string): Reply {
  return {
    status: 200,
    headers: { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' },
    body,
  };
}

export function redirect(location: string): Reply {
  return { status: 302, headers: { Location: location, 'Cache-Control': 'no-store' } };
}

/** The JSON body of a call, or null when it is not what the schema says. */
export function parseBody<T extends v.GenericSchema>(schema: T, call: Call): v.InferOutput<T> | null {
  let value: unknown;
  try {
    value = JSON.parse(call.body);
  } catch {
    return null;
  }
  const result = v.safeParse(schema, value);
  return result.success ? result.output : null;
}

export async function readBody(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}
