import * as v from 'valibot';
import { AwsherError, toAwsherError } from '../errors/awsher-error.ts';
import { type Envelope, encodeEnvelope, parseEnvelope } from './envelope.ts';

type Schema = v.GenericSchema<unknown, unknown>;

/** One method: what it takes and what it answers. `result` is absent for notifications. */
export interface Method<P extends Schema = Schema, R extends Schema = Schema> {
  params: P;
  result: R;
}
export interface Notification<P extends Schema = Schema> {
  params: P;
}

/** The methods and notifications that one side of a link accepts. */
export interface Surface {
  methods: Record<string, Method>;
  notifications: Record<string, Notification>;
}

export type ParamsIn<M extends { params: Schema }> = v.InferInput<M['params']>;
type ParamsOut<M extends { params: Schema }> = v.InferOutput<M['params']>;
type ResultIn<M extends { result: Schema }> = v.InferInput<M['result']>;
export type ResultOut<M extends { result: Schema }> = v.InferOutput<M['result']>;

/** Handlers for every method and notification of a surface: a missing one does not compile. */
export type Handlers<S extends Surface> = {
  [K in keyof S['methods']]: (
    params: ParamsOut<S['methods'][K]>,
  ) => Promise<ResultIn<S['methods'][K]>> | ResultIn<S['methods'][K]>;
} & {
  [K in keyof S['notifications']]: (params: ParamsOut<S['notifications'][K]>) => void;
};

export interface CallOptions {
  /** Without an answer after this many milliseconds the call fails. Leave out for calls that wait for a person. */
  deadlineMs?: number;
  signal?: AbortSignal;
}

export interface Peer<Remote extends Surface> {
  call<K extends keyof Remote['methods'] & string>(
    method: K,
    params: ParamsIn<Remote['methods'][K]>,
    options?: CallOptions,
  ): Promise<ResultOut<Remote['methods'][K]>>;
  notify<K extends keyof Remote['notifications'] & string>(
    notification: K,
    params: ParamsIn<Remote['notifications'][K]>,
  ): void;
  /** Hands in what arrived; throws nothing. */
  receive(message: unknown): void;
  /** The link is gone: every open call fails with `error`, later calls too. */
  close(error: AwsherError): void;
}

export interface PeerOptions<Local extends Surface> {
  local: Local;
  handlers: Handlers<Local>;
  send: (message: object) => void;
  /** Starts a timer and returns how to stop it. */
  startTimer: (milliseconds: number, expired: () => void) => () => void;
  /** Called for what is no message of this protocol, or of no known method. Never with its content. */
  onMalformed?: (what: string) => void;
}

const NOT_AGREED = 'A part of awsher sent a message that the other part does not understand.';
const UPDATE_HINT =
  'bring the awsher command and the extension to the same version, then run `awsher install`';

/**
 * One end of a JSON-RPC link. Transport, clock and timers come in as arguments; every message is parsed from
 * `unknown` by the schemas of the two surfaces, at both ends and in both directions.
 */
export function createPeer<Local extends Surface, Remote extends Surface>(
  remote: Remote,
  options: PeerOptions<Local>,
): Peer<Remote> {
  interface Pending {
    method: string;
    resolve: (value: never) => void;
    reject: (error: AwsherError) => void;
    release: () => void;
  }
  const { local, send, startTimer, onMalformed } = options;
  const handlers: Record<string, (params: never) => unknown> = options.handlers;
  const pending = new Map<number, Pending>();
  let nextId = 1;
  let closed: AwsherError | null = null;

  const settle = (id: number): Pending | undefined => {
    const entry = pending.get(id);
    pending.delete(id);
    entry?.release();
    return entry;
  };

  const answer = async (envelope: Extract<Envelope, { kind: 'request' }>): Promise<void> => {
    const { id, method } = envelope;
    try {
      const declared = own(local.methods, method);
      if (!declared) throw new AwsherError('PROTOCOL_MESSAGE', NOT_AGREED, { hint: UPDATE_HINT });
      const params = parse(declared.params, envelope.params);
      const handler = own(handlers, method);
      if (!handler) throw new AwsherError('PROTOCOL_MESSAGE', NOT_AGREED, { hint: UPDATE_HINT });
      const result = await handler(params as never);
      if (!closed) send(encodeEnvelope({ kind: 'result', id, result: result ?? {} }));
    } catch (thrown) {
      refuse(id, toAwsherError(thrown));
    }
  };

  const refuse = (id: number, error: AwsherError): void => {
    if (closed) return;
    try {
      send(encodeEnvelope({ kind: 'error', id, error: error.toWire() }));
    } catch {
      // The link broke in this moment; its end is told by `close`.
    }
  };

  return {
    call(method, params, { deadlineMs, signal } = {}) {
      if (closed) return Promise.reject(closed);
      if (signal?.aborted) return Promise.reject(aborted());
      const declared = own(remote.methods, method);
      if (!declared) return Promise.reject(new AwsherError('INTERNAL', `There is no method ${method}.`));
      const id = nextId++;
      return new Promise((resolve, reject) => {
        const onAbort = () => settle(id)?.reject(aborted());
        const stopTimer =
          deadlineMs === undefined
            ? () => {}
            : startTimer(deadlineMs, () =>
                settle(id)?.reject(
                  new AwsherError('HOST_LOST', 'The other part of awsher did not answer in time.', {
                    hint: 'run `awsher doctor`',
                  }),
                ),
              );
        signal?.addEventListener('abort', onAbort, { once: true });
        pending.set(id, {
          method,
          resolve,
          reject,
          release: () => {
            stopTimer();
            signal?.removeEventListener('abort', onAbort);
          },
        });
        try {
          send(encodeEnvelope({ kind: 'request', id, method, params }));
        } catch (thrown) {
          settle(id)?.reject(
            new AwsherError('HOST_LOST', 'The connection between two parts of awsher was lost.', {
              cause: thrown,
            }),
          );
        }
      });
    },

    notify(method, params) {
      if (!closed) send(encodeEnvelope({ kind: 'notification', method, params }));
    },

    receive(message) {
      if (closed) return;
      const envelope = parseEnvelope(message);
      if (!envelope) {
        onMalformed?.('not an envelope');
        return;
      }
      switch (envelope.kind) {
        case 'request':
          void answer(envelope);
          return;
        case 'notification': {
          const declared = own(local.notifications, envelope.method);
          const params = declared ? v.safeParse(declared.params, envelope.params) : undefined;
          const handler = own(handlers, envelope.method);
          if (!params?.success || !handler) {
            onMalformed?.('an unknown or malformed notification');
            return;
          }
          try {
            handler(params.output as never);
          } catch {
            onMalformed?.('a notification that could not be carried out');
          }
          return;
        }
        case 'error':
          settle(envelope.id)?.reject(AwsherError.fromWire(envelope.error));
          return;
        case 'result': {
          const entry = settle(envelope.id);
          const declared = entry && own(remote.methods, entry.method);
          if (!entry || !declared) return;
          const result = v.safeParse(declared.result, envelope.result);
          if (result.success) entry.resolve(result.output as never);
          else entry.reject(new AwsherError('PROTOCOL_MESSAGE', NOT_AGREED, { hint: UPDATE_HINT }));
          return;
        }
      }
    },

    close(error) {
      if (closed) return;
      closed = error;
      for (const id of [...pending.keys()]) settle(id)?.reject(error);
    },
  };
}

/** Own properties only: `constructor` or `__proto__` as a method name finds nothing. */
function own<T>(table: Record<string, T>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

function parse(schema: Schema, input: unknown): unknown {
  const result = v.safeParse(schema, input ?? {});
  if (!result.success) throw new AwsherError('PROTOCOL_MESSAGE', NOT_AGREED, { hint: UPDATE_HINT });
  return result.output;
}

function aborted(): AwsherError {
  return new AwsherError('INTERRUPTED', 'The wait was canceled.');
}
