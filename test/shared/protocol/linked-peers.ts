import * as v from 'valibot';
import type { AwsherError } from '../../../shared/errors/awsher-error.ts';
import { SecretIn } from '../../../shared/fields.ts';
import { createPeer, type Handlers, type Peer, type Surface } from '../../../shared/protocol/peer.ts';

/** A small protocol with everything that a surface can have. */
export const SERVER = {
  methods: {
    add: {
      params: v.strictObject({ a: v.number(), b: v.number() }),
      result: v.strictObject({ sum: v.number() }),
    },
    keep: { params: v.strictObject({ token: SecretIn }), result: v.strictObject({}) },
    wait: { params: v.strictObject({}), result: v.strictObject({ done: v.literal(true) }) },
  },
  notifications: { hint: { params: v.strictObject({ text: v.string() }) } },
} satisfies Surface;

export const CLIENT = {
  methods: { ask: { params: v.strictObject({}), result: v.strictObject({ answer: v.string() }) } },
  notifications: { progress: { params: v.strictObject({ step: v.string() }) } },
} satisfies Surface;

/** Timers that only the test moves. */
export function manualTimers() {
  const running = new Map<() => void, number>();
  return {
    running,
    start: (milliseconds: number, expired: () => void) => {
      running.set(expired, milliseconds);
      return () => void running.delete(expired);
    },
    expireAll: () => {
      for (const expired of [...running.keys()]) {
        running.delete(expired);
        expired();
      }
    },
  };
}

export interface Linked {
  client: Peer<typeof SERVER>;
  server: Peer<typeof CLIENT>;
  timers: ReturnType<typeof manualTimers>;
  /** Everything that crossed the link, as text, in order. */
  wire: string[];
  malformed: string[];
  closeBoth(error: AwsherError): void;
}

/** Two peers back to back; what they send crosses as JSON text, a turn later, as on a real link. */
export function link(
  handlers: Partial<Handlers<typeof SERVER>> = {},
  atClient: Partial<Handlers<typeof CLIENT>> = {},
): Linked {
  const wire: string[] = [];
  const malformed: string[] = [];
  const timers = manualTimers();
  const carry = (to: () => { receive(message: unknown): void }) => (message: object) => {
    const text = JSON.stringify(message);
    wire.push(text);
    queueMicrotask(() => to().receive(JSON.parse(text)));
  };
  const shared = { startTimer: timers.start, onMalformed: (what: string) => void malformed.push(what) };
  const client: Peer<typeof SERVER> = createPeer<typeof CLIENT, typeof SERVER>(SERVER, {
    ...shared,
    local: CLIENT,
    handlers: { ask: () => ({ answer: 'client' }), progress: () => {}, ...atClient },
    send: carry(() => server),
  });
  const server: Peer<typeof CLIENT> = createPeer<typeof SERVER, typeof CLIENT>(CLIENT, {
    ...shared,
    local: SERVER,
    handlers: {
      add: ({ a, b }) => ({ sum: a + b }),
      keep: () => ({}),
      wait: () => new Promise(() => {}),
      hint: () => {},
      ...handlers,
    },
    send: carry(() => client),
  });
  return {
    client,
    server,
    timers,
    wire,
    malformed,
    closeBoth(error) {
      client.close(error);
      server.close(error);
    },
  };
}

/** Lets everything that is on its way arrive. */
export const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
