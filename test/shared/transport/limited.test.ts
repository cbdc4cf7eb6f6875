import { describe, expect, it } from 'vitest';
import { limitHandler } from '../../../shared/transport/limited.ts';
import { LIMITS } from '../../../shared/transport/policy.ts';

/** A clock whose timers run when told to. */
function handClock() {
  const timers = new Set<() => void>();
  return {
    now: () => 0,
    chance: () => 0,
    startTimer: (_ms: number, expired: () => void) => {
      timers.add(expired);
      return () => timers.delete(expired);
    },
    expire: () => {
      for (const timer of timers) timer();
    },
    running: () => timers.size,
  };
}

type Options = { abortSignal?: AbortSignal };

function handlerOf(body: unknown) {
  let signal: AbortSignal | undefined;
  const handler = {
    async handle(_request: string, options?: Options): Promise<{ response: { body?: unknown } }> {
      signal = options?.abortSignal;
      return { response: { body } };
    },
  };
  const clock = handClock();
  limitHandler(handler, clock);
  return { handler, clock, signal: () => signal };
}

const bytes = (text: string) => new TextEncoder().encode(text);
const webStream = (...chunks: Uint8Array[]) =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
async function* nodeStream(...chunks: Uint8Array[]) {
  yield* chunks;
}

describe('an answer', () => {
  it.each([
    ['fetch', webStream(bytes('{"a"'), bytes(':1}'))],
    ['Node', nodeStream(bytes('{"a"'), bytes(':1}'))],
    ['a blob', new Blob(['{"a":1}'])],
  ])('of %s is handed on whole, and no timer stays', async (_kind, body) => {
    const { handler, clock } = handlerOf(body);
    const { response } = await handler.handle('request');
    expect(new TextDecoder().decode(response.body as Uint8Array)).toBe('{"a":1}');
    expect(clock.running()).toBe(0);
  });

  it.each([
    ['fetch', () => webStream(new Uint8Array(LIMITS.answerBytes), bytes('x'))],
    ['Node', () => nodeStream(new Uint8Array(LIMITS.answerBytes), bytes('x'))],
  ])('of %s that is too long is refused', async (_kind, body) => {
    const { handler } = handlerOf(body());
    await expect(handler.handle('request')).rejects.toMatchObject({ code: 'AWS_ERROR' });
  });

  it('that does not come to its end in time is a timeout, and its request is given up', async () => {
    const { handler, clock, signal } = handlerOf(new ReadableStream({}));
    const asked = handler.handle('request');
    const refused = expect(asked).rejects.toMatchObject({ name: 'TimeoutError' });
    await Promise.resolve();
    clock.expire();
    await refused;
    expect(signal()?.aborted).toBe(true);
  });

  it('is given up when the caller gives up', async () => {
    const control = new AbortController();
    const { handler, signal } = handlerOf(undefined);
    await handler.handle('request', { abortSignal: control.signal });
    control.abort('gone');
    expect(signal()?.aborted).toBe(false);
    const again = handler.handle('request', { abortSignal: control.signal });
    await again;
    expect(signal()?.reason).toBe('gone');
  });
});
