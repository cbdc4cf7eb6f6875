import { printable } from '../printable.ts';
import { ForeignAnswer } from '../transport/foreign-answer.ts';
import { retryAfterMs } from '../transport/policy.ts';

/** What went wrong in a call to AWS, whatever the SDK threw. */
export type AwsFault =
  | { readonly kind: 'authorization-pending' }
  | { readonly kind: 'slow-down' }
  | { readonly kind: 'expired-token' }
  | { readonly kind: 'access-denied'; readonly message: string }
  /** The refresh token or the registration is not accepted any more. */
  | { readonly kind: 'grant-rejected'; readonly code: string; readonly message: string }
  /** 401: the bearer token is dead. */
  | { readonly kind: 'unauthorized' }
  | { readonly kind: 'forbidden'; readonly message: string }
  | { readonly kind: 'not-found' }
  /** `wait`: what AWS asks for, in milliseconds, and until when by its own clock; `null` when it does not say. */
  | { readonly kind: 'throttled'; readonly wait: { readonly ms: number; readonly until: number } | null }
  | { readonly kind: 'invalid-request'; readonly code: string; readonly message: string }
  | { readonly kind: 'server'; readonly code: string; readonly status: number | undefined }
  | { readonly kind: 'network'; readonly reason: NetworkReason }
  | { readonly kind: 'aborted'; readonly reason: unknown }
  | { readonly kind: 'unknown'; readonly cause: unknown };

export type NetworkReason = 'certificate' | 'timeout' | 'name' | 'refused' | 'page' | 'foreign' | 'other';

const BY_NAME: Readonly<Record<string, AwsFault['kind']>> = {
  AuthorizationPendingException: 'authorization-pending',
  SlowDownException: 'slow-down',
  ExpiredTokenException: 'expired-token',
  AccessDeniedException: 'access-denied',
  AccessDenied: 'access-denied',
  InvalidGrantException: 'grant-rejected',
  InvalidClientException: 'grant-rejected',
  UnauthorizedClientException: 'grant-rejected',
  UnauthorizedException: 'unauthorized',
  ForbiddenException: 'forbidden',
  ResourceNotFoundException: 'not-found',
  TooManyRequestsException: 'throttled',
  Throttling: 'throttled',
  ThrottlingException: 'throttled',
  InternalServerException: 'server',
};

/** The OAuth `error` of a body, for answers without the type header (proxies strip it). */
const BY_OAUTH_ERROR: Readonly<Record<string, AwsFault['kind']>> = {
  authorization_pending: 'authorization-pending',
  slow_down: 'slow-down',
  expired_token: 'expired-token',
  access_denied: 'access-denied',
  invalid_grant: 'grant-rejected',
  invalid_client: 'grant-rejected',
  unauthorized_client: 'grant-rejected',
};

const CERTIFICATE_CODES =
  /^(CERT_|ERR_TLS_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_(VERIFY|GET_ISSUER)|HOSTNAME_MISMATCH|ERR_SSL)/;
const NETWORK_CODES =
  /^(E(CONN|NOTFOUND|AI_|HOST|NET|PIPE|TIMEDOUT|PROTO|ADDR)|UND_ERR|ERR_(SOCKET|STREAM|INVALID_PROTOCOL))/;

/** Sorts any thrown value of an SDK call. Pure. */
export function faultOf(thrown: unknown): AwsFault {
  if (!(thrown instanceof Error)) return { kind: 'unknown', cause: thrown };
  if (thrown.name === 'AbortError') return { kind: 'aborted', reason: thrown };
  if (thrown instanceof ForeignAnswer) return network(thrown.reason);
  if (isUnread(thrown)) return network('foreign');
  const status = statusOf(thrown);
  const kind = BY_NAME[thrown.name] ?? BY_OAUTH_ERROR[oauthError(thrown)];
  if (kind !== undefined) return ofKind(kind, thrown, status);
  if (status === undefined) return networkFault(thrown);
  if (status === 401) return { kind: 'unauthorized' };
  if (status === 429) return { kind: 'throttled', wait: waitOf(thrown) };
  if (status >= 500) return { kind: 'server', code: thrown.name, status };
  if (/^Unknown(?:Error)?$/.test(thrown.name) && oauthError(thrown) === '') return network('foreign');
  // A redirect, or an answer that the SDK cannot read: AWS refuses with 4xx.
  if (status < 400) return { kind: 'unknown', cause: thrown };
  if (status === 403 && !isSigned(thrown)) return { kind: 'forbidden', message: sentence(wordsOf(thrown)) };
  if (status === 403) return { kind: 'access-denied', message: sentence(wordsOf(thrown)) };
  if (status === 404) return { kind: 'not-found' };
  const code =
    textOf(thrown, 'reason') ||
    (oauthError(thrown) === 'invalid_scope' ? 'InvalidScopeException' : thrown.name);
  return { kind: 'invalid-request', code, message: sentence(wordsOf(thrown)) };
}

const oauthError = (thrown: Error): string =>
  'error' in thrown && typeof thrown.error === 'string' ? thrown.error : '';

function ofKind(kind: AwsFault['kind'], thrown: Error, status: number | undefined): AwsFault {
  switch (kind) {
    case 'authorization-pending':
    case 'slow-down':
    case 'expired-token':
    case 'unauthorized':
    case 'not-found':
      return { kind };
    case 'forbidden':
      return { kind, message: sentence(wordsOf(thrown)) };
    case 'throttled':
      return { kind, wait: waitOf(thrown) };
    case 'grant-rejected':
      return {
        kind,
        code: BY_NAME[thrown.name] ? thrown.name : oauthError(thrown),
        message: sentence(wordsOf(thrown)),
      };
    case 'server':
      return { kind, code: thrown.name, status };
    default: {
      // The key of Identity Center's own data refused, not the person.
      const reason = textOf(thrown, 'reason');
      const message = sentence(wordsOf(thrown));
      return reason.startsWith('KMS_')
        ? { kind: 'invalid-request', code: reason, message }
        : { kind: 'access-denied', message };
    }
  }
}

/** `Retry-After` of the answer that became an error. A date there is of AWS's clock, which the same answer tells. */
function waitOf(thrown: Error): { ms: number; until: number } | null {
  const headers = '$response' in thrown ? headersOf(thrown.$response) : new Map<string, unknown>();
  const date = headers.get('date');
  const now = typeof date === 'string' ? Date.parse(date) : Number.NaN;
  const ms = retryAfterMs(headers.get('retry-after'), now);
  return ms === null || Number.isNaN(now) ? null : { ms, until: now + ms };
}

function headersOf(response: unknown): ReadonlyMap<string, unknown> {
  if (typeof response !== 'object' || response === null || !('headers' in response)) return new Map();
  const { headers } = response;
  return new Map(typeof headers === 'object' && headers !== null ? Object.entries(headers) : []);
}

function networkFault(thrown: Error): AwsFault {
  for (let error: unknown = thrown, depth = 0; error instanceof Error && depth < 5; depth++) {
    const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
    if (error.name === 'TimeoutError' || /^(ETIMEDOUT|ESOCKETTIMEDOUT)$/.test(code))
      return network('timeout');
    if (CERTIFICATE_CODES.test(code)) return network('certificate');
    if (/^(ENOTFOUND|EAI_)/.test(code)) return network('name');
    if (code === 'ECONNREFUSED') return network('refused');
    // All that `fetch` tells in a browser.
    if (error.name === 'TypeError' && /\bfetch\b/i.test(error.message)) return network('other');
    if (NETWORK_CODES.test(code) || /^(Bad response: \d+|Proxy timeout|socket hang up)/.test(error.message)) {
      return network('other');
    }
    error = error.cause ?? firstOf(error);
  }
  return { kind: 'unknown', cause: thrown };
}

/** An answer that the SDK could not read, whatever its status: not AWS's, or half of one. AWS's own errors have `$fault`. */
const isUnread = (thrown: Error): boolean =>
  !('$fault' in thrown) && ('$response' in thrown || /\bDeserialization error\b/.test(thrown.message));

/** Node tries every address of a host and throws all failures in one. */
function firstOf(error: Error): unknown {
  return 'errors' in error && Array.isArray(error.errors) ? error.errors[0] : undefined;
}

function network(reason: NetworkReason): AwsFault {
  return { kind: 'network', reason };
}

function statusOf(thrown: Error): number | undefined {
  if (!('$metadata' in thrown) || typeof thrown.$metadata !== 'object' || thrown.$metadata === null)
    return undefined;
  const { $metadata } = thrown;
  return 'httpStatusCode' in $metadata && typeof $metadata.httpStatusCode === 'number'
    ? $metadata.httpStatusCode
    : undefined;
}

/** Only STS names its errors without `Exception` at the end; its 403 explains itself. */
function isSigned(thrown: Error): boolean {
  return !thrown.name.endsWith('Exception') && thrown.name !== 'Error' && thrown.name !== 'Unknown';
}

/**
 * What AWS said: the sign-in service puts it into `error_description`, where the SDK has no message but its own name for that, and
 * a reason beside it (`KMS_AccessDeniedException`...).
 */
function wordsOf(thrown: Error): string {
  const said = /^(?:Unknown(?:Error)?)?$/.test(thrown.message) ? '' : thrown.message;
  const words =
    textOf(thrown, 'error_description') ||
    said ||
    textOf(thrown, 'error').replaceAll('_', ' ') ||
    thrown.name;
  const reason = textOf(thrown, 'reason');
  return reason === '' || words.includes(reason) ? words : `${words.replace(/\.+$/, '')} (${reason})`;
}

function textOf(thrown: Error, name: string): string {
  const value: unknown = Reflect.get(thrown, name);
  return typeof value === 'string' ? value : '';
}

/** AWS's message as one clause that ends without a full stop, and can be shown. */
function sentence(message: string): string {
  return printable(message.replace(/\s+/g, ' ').trim().slice(0, 400).replace(/\.+$/, ''));
}

/** Whether a refusal is about what was asked for (a portal, a role); a key or a scope that AWS refuses says nothing about that. */
export function blamesQuestion(fault: AwsFault): fault is Extract<AwsFault, { kind: 'invalid-request' }> {
  return fault.kind === 'invalid-request' && !/^KMS_|Scope/.test(fault.code);
}
