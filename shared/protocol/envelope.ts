import * as v from 'valibot';
import { MAX_NAME, MAX_TEXT } from '../limits.ts';

/**
 * JSON-RPC 2.0 (https://www.jsonrpc.org/specification) with by-name params, integer ids and no batches.
 * Errors carry awsher's own code in `data.code`; the numeric code is always -32000 (server error).
 */
export type Envelope =
  | { kind: 'request'; id: number; method: string; params: unknown }
  | { kind: 'notification'; method: string; params: unknown }
  | { kind: 'result'; id: number; result: unknown }
  | { kind: 'error'; id: number; error: { code: string; message: string; hint?: string | undefined } };

const Id = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const Method = v.pipe(v.string(), v.maxLength(MAX_NAME));
const Version = v.literal('2.0');

const RequestSchema = v.strictObject({
  jsonrpc: Version,
  id: Id,
  method: Method,
  params: v.optional(v.unknown()),
});
const NotificationSchema = v.strictObject({
  jsonrpc: Version,
  method: Method,
  params: v.optional(v.unknown()),
});
const ResultSchema = v.strictObject({ jsonrpc: Version, id: Id, result: v.unknown() });
const ErrorSchema = v.strictObject({
  jsonrpc: Version,
  id: Id,
  error: v.strictObject({
    code: v.number(),
    message: v.pipe(v.string(), v.maxLength(MAX_TEXT)),
    data: v.object({
      code: v.pipe(v.string(), v.maxLength(MAX_NAME)),
      hint: v.optional(v.pipe(v.string(), v.maxLength(MAX_TEXT))),
    }),
  }),
});

/** What arrived on a link, sorted by kind; `null` when it is no message of this protocol. */
export function parseEnvelope(message: unknown): Envelope | null {
  const request = v.safeParse(RequestSchema, message);
  if (request.success) {
    const { id, method, params } = request.output;
    return { kind: 'request', id, method, params };
  }
  const notification = v.safeParse(NotificationSchema, message);
  if (notification.success) {
    const { method, params } = notification.output;
    return { kind: 'notification', method, params };
  }
  const result = v.safeParse(ResultSchema, message);
  if (result.success) return { kind: 'result', id: result.output.id, result: result.output.result };
  const failure = v.safeParse(ErrorSchema, message);
  if (failure.success) {
    const { message: text, data } = failure.output.error;
    return {
      kind: 'error',
      id: failure.output.id,
      error: { code: data.code, message: text, hint: data.hint },
    };
  }
  return null;
}

/** The JSON form of an envelope. */
export function encodeEnvelope(envelope: Envelope): object {
  const jsonrpc = '2.0';
  switch (envelope.kind) {
    case 'request':
      return { jsonrpc, id: envelope.id, method: envelope.method, params: envelope.params };
    case 'notification':
      return { jsonrpc, method: envelope.method, params: envelope.params };
    case 'result':
      return { jsonrpc, id: envelope.id, result: envelope.result };
    case 'error': {
      const { code, message, hint } = envelope.error;
      const data = hint === undefined ? { code } : { code, hint };
      return { jsonrpc, id: envelope.id, error: { code: -32000, message, data } };
    }
  }
}
