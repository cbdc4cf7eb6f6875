import { AwsherError } from '../errors/awsher-error.ts';
import { ForeignAnswer, isWebPage } from './foreign-answer.ts';
import { LIMITS, pauseBeforeRetry } from './policy.ts';

/** What of an SDK's HTTP handler is needed here: Node's and the browser's have it both. */
interface Handler<Request, Options, Answer> {
  handle(request: Request, options?: Options): Promise<Answer>;
}

/** The parts of the world that limits need. `startTimer` gives how to stop the timer. */
export interface Clockwork {
  /** Milliseconds; only differences count. */
  now(): number;
  startTimer(milliseconds: number, expired: () => void): () => void;
  /** Between 0 and 1. */
  chance(): number;
}

/**
 * Puts the limits of the policy on a handler: the whole answer is read here, within its time and its size, and handed on as
 * bytes. What exceeds them is a `TimeoutError`, which may be tried again, or AWS_ERROR, which is not; a web page is a `ForeignAnswer`.
 */
export function limitHandler<
  Request,
  Options extends { abortSignal?: unknown },
  Answer extends { response: { statusCode?: number; headers?: Record<string, string>; body?: unknown } },
>(handler: Handler<Request, Options, Answer>, { startTimer }: Clockwork): void {
  const handle = handler.handle.bind(handler);
  handler.handle = async (request, options) => {
    const control = new AbortController();
    const outer = options?.abortSignal;
    const leave = followSignal(outer, control);
    let expire: () => void = () => {};
    const expired = new Promise<never>((_, reject) => {
      expire = () => reject(timeout());
    });
    const stop = startTimer(LIMITS.answerMs, () => {
      expire();
      control.abort();
    });
    try {
      const asked = handle(request, { ...options, abortSignal: control.signal } as Options);
      const whole = asked.then(async (answer) => {
        const { response } = answer;
        response.body = await readAll(response.body, control.signal);
        if (isWebPage(response.headers, response.body)) throw new ForeignAnswer('page', response.statusCode);
        return answer;
      });
      return await Promise.race([whole, expired]);
    } finally {
      stop();
      leave();
    }
  };
}

/** What the SDK asks before it tries a call again (`RetryStrategyV2` of @smithy/types), with the answers of the policy. */
export function retryStrategy({ now, chance }: Clockwork, most: number = LIMITS.attempts) {
  const token = (attempts: number, startedAt: number, delay: number) => ({
    startedAt,
    getRetryCount: () => attempts,
    getRetryDelay: () => delay,
  });
  return {
    mode: 'awsher',
    acquireInitialRetryToken: async () => token(0, now(), 0),
    async refreshRetryTokenForRetry(
      last: { getRetryCount(): number },
      failure: { errorType: string; retryAfterHint?: Date },
    ) {
      const startedAt = 'startedAt' in last && typeof last.startedAt === 'number' ? last.startedAt : now();
      const attempts = last.getRetryCount() + 1;
      const { errorType, retryAfterHint } = failure;
      const kind =
        errorType === 'THROTTLING' ? 'throttled' : errorType === 'CLIENT_ERROR' ? 'other' : 'transient';
      const wait = retryAfterHint === undefined ? null : Math.max(0, retryAfterHint.getTime() - now());
      const failed = { attempts, spentMs: now() - startedAt, kind, retryAfterMs: wait } as const;
      const delay = pauseBeforeRetry(failed, chance(), most);
      if (delay === null) throw new Error('the policy allows no further try');
      return token(attempts, startedAt, delay);
    },
    recordSuccess() {},
  };
}

function followSignal(outer: unknown, control: AbortController): () => void {
  if (!isSignal(outer)) return () => {};
  const abort = () => control.abort(outer.reason);
  if (outer.aborted) abort();
  outer.addEventListener('abort', abort, { once: true });
  return () => outer.removeEventListener('abort', abort);
}

function isSignal(value: unknown): value is AbortSignal {
  return typeof value === 'object' && value !== null && 'aborted' in value && 'addEventListener' in value;
}

/** A body as bytes: of Node (an async iterable), or of `fetch` (a stream with a reader, or a Blob). */
async function readAll(body: unknown, signal: AbortSignal): Promise<unknown> {
  if (typeof body !== 'object' || body === null || body instanceof Uint8Array) return body;
  const chunks: Uint8Array[] = [];
  let size = 0;
  const end = closerOf(body);
  signal.addEventListener('abort', end, { once: true });
  try {
    for await (const chunk of chunksOf(body)) {
      size += chunk.length;
      if (size > LIMITS.answerBytes) throw tooLong();
      chunks.push(chunk);
    }
  } catch (thrown) {
    end();
    throw thrown;
  } finally {
    signal.removeEventListener('abort', end);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

interface WebStream {
  getReader(): {
    read(): Promise<{ done: boolean; value?: Uint8Array | undefined }>;
    cancel(): Promise<void>;
  };
}

async function* chunksOf(body: object): AsyncGenerator<Uint8Array> {
  if (isWebStream(body)) {
    const reader = body.getReader();
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        if (value !== undefined) yield value;
      }
    } finally {
      await reader.cancel().catch(() => {});
    }
  } else if (isNodeStream(body)) {
    yield* body;
  } else if ('arrayBuffer' in body && typeof body.arrayBuffer === 'function') {
    yield new Uint8Array(await body.arrayBuffer());
  }
}

const isWebStream = (body: object): body is WebStream => 'getReader' in body;
const isNodeStream = (body: object): body is AsyncIterable<Uint8Array> => Symbol.asyncIterator in body;

/** Node's streams are ended by `destroy`; those of `fetch` end with the request's signal. */
function closerOf(body: object): () => void {
  return 'destroy' in body && typeof body.destroy === 'function' ? body.destroy.bind(body) : () => {};
}

function timeout(): Error {
  const error = new Error(`no whole answer within ${LIMITS.answerMs} ms`);
  error.name = 'TimeoutError';
  return error;
}

function tooLong(): AwsherError {
  return new AwsherError('AWS_ERROR', 'AWS sent an answer that never ends.', {
    hint: 'check for a proxy or a captive portal in between, then run `awsher doctor`',
  });
}
