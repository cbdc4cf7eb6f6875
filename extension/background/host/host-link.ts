import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import { ANSWER_DEADLINE_MS } from '../../../shared/limits.ts';
import { createNews } from '../../../shared/news.ts';
import type { HostState } from '../../../shared/protocol/internal.ts';
import { EXTENSION, HOST } from '../../../shared/protocol/native.ts';
import {
  createPeer,
  type Handlers,
  type ParamsIn,
  type Peer,
  type ResultOut,
} from '../../../shared/protocol/peer.ts';
import { otherProtocol, ownProtocol } from '../../../shared/protocol/version.ts';
import { type NativePort, openNativePort, type PortEnd } from '../../platform/native-port.ts';
import { startTimer } from '../../platform/time.ts';

type Methods = (typeof HOST)['methods'];

const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 60_000;
/**
 * The first answer waits for Node to start, which takes seconds on a cold or busy computer. With a short deadline such a host
 * would be ended before its first word, again and again.
 */
const HELLO_DEADLINE_MS = 30_000;
/** The longest pause while a person waits in front of a page. */
const WATCHED_RETRY_MS = 2_000;

export interface HostLinkOptions {
  /** Name of the native host, from `manifests/ids.json`. */
  hostName: string;
  version: string;
  browser: string;
  label: () => Promise<string>;
  installCommand: string;
}

/** The one port to the host: always open, opened again with growing pauses, closed by nobody but the browser. */
export function createHostLink(options: HostLinkOptions) {
  let state: HostState = { state: 'connecting' };
  let port: NativePort | null = null;
  let peer: Peer<typeof HOST> | null = null;
  let ready: Promise<Peer<typeof HOST>> = Promise.reject(notYet());
  ready.catch(() => {});
  let retryMs = FIRST_RETRY_MS;
  let stopRetry = () => {};
  let watchers = 0;
  let handlers: Handlers<typeof EXTENSION> | null = null;
  const changed = createNews();
  const lost = createNews();

  const setState = (next: HostState): void => {
    state = next;
    changed.tell();
  };

  function connect(): void {
    if (port || handlers === null) return;
    const mine = openNativePort(
      options.hostName,
      (message) => mineOnly(() => thisPeer.receive(message)),
      (end) => mineOnly(() => ended(end)),
    );
    const thisPeer = createPeer<typeof EXTENSION, typeof HOST>(HOST, {
      local: EXTENSION,
      handlers,
      send: (message) => mine.send(message),
      startTimer,
    });
    const mineOnly = (act: () => void) => {
      if (port === mine) act();
    };
    port = mine;
    peer = thisPeer;
    ready = greet(thisPeer);
    ready.catch((error: unknown) => mineOnly(() => refused(error)));
  }

  async function greet(fresh: Peer<typeof HOST>): Promise<Peer<typeof HOST>> {
    const { version, browser } = options;
    const hello = await fresh.call(
      'hello',
      { ...ownProtocol(), version, browser, label: await options.label() },
      { deadlineMs: HELLO_DEADLINE_MS },
    );
    const other = otherProtocol(hello);
    if (other !== null) throw versionsDiffer(other, options.installCommand);
    retryMs = FIRST_RETRY_MS;
    setState({ state: 'connected', version: hello.version });
    return fresh;
  }

  function ended(end: PortEnd): void {
    const wasConnected = state.state === 'connected';
    peer?.close(hostLost());
    port = null;
    peer = null;
    const error = describeEnd(end, options.installCommand);
    if (state.state !== 'unavailable' || state.why === 'failed') {
      setState({ state: 'unavailable', why: end, error: error.toWire() });
    }
    if (wasConnected) lost.tell();
    retryLater();
  }

  /** The host answered, but not as agreed: keep it closed until somebody updates one side. */
  function refused(thrown: unknown): void {
    if (!port) return;
    const error = thrown instanceof AwsherError ? thrown : describeEnd('failed', options.installCommand);
    const why =
      error.code === 'PROTOCOL_VERSION' ? (/newer/.test(error.message) ? 'too-new' : 'too-old') : 'failed';
    peer?.close(error);
    port.disconnect();
    port = null;
    peer = null;
    setState({ state: 'unavailable', why, error: error.toWire() });
    retryLater();
  }

  async function greeted(deadlineMs: number): Promise<Peer<typeof HOST>> {
    if (!port) connect();
    let stop = () => {};
    const late = new Promise<never>((_, reject) => {
      stop = startTimer(deadlineMs, () => reject(hostLost()));
    });
    try {
      return await Promise.race([ready, late]);
    } catch {
      throw state.state === 'unavailable' ? AwsherError.fromWire(state.error) : hostLost();
    } finally {
      stop();
    }
  }

  function retryLater(): void {
    stopRetry();
    stopRetry = startTimer(watchers > 0 ? Math.min(retryMs, WATCHED_RETRY_MS) : retryMs, connect);
    retryMs = Math.min(retryMs * 2, LAST_RETRY_MS);
  }

  return {
    state: (): HostState => state,
    connect,
    /** What is done for the host. Before that the link does not open. */
    serve(answers: Handlers<typeof EXTENSION>): void {
      handlers = answers;
    },
    onChange: changed.hear,
    /** The host went away after it had answered. */
    onLost: lost.hear,
    /** The person asked: no waiting for the next pause to end. */
    retryNow(): void {
      retryMs = FIRST_RETRY_MS;
      if (!port) {
        setState({ state: 'connecting' });
        connect();
      }
    },
    /** Somebody waits for the host: look for it at a calm, steady pace until the returned function is called. */
    watch(): () => void {
      watchers += 1;
      connect();
      return () => {
        watchers -= 1;
      };
    },
    /** Tells the host the label that the person just changed. */
    greetAgain(): void {
      if (peer && state.state === 'connected') void greet(peer).catch(() => {});
    },
    /**
     * Asks the host once it has answered `hello`, for which it gets `linkMs`; its answer gets `deadlineMs`. Throws why there is no host,
     * or what it refuses with.
     */
    async ask<K extends keyof Methods & string>(
      method: K,
      params: ParamsIn<Methods[K]>,
      { deadlineMs = ANSWER_DEADLINE_MS, linkMs = HELLO_DEADLINE_MS } = {},
    ): Promise<ResultOut<Methods[K]>> {
      return (await greeted(linkMs)).call(method, params, { deadlineMs });
    },
    /** The peer if the link is up right now. */
    connected: (): Peer<typeof HOST> | null => (state.state === 'connected' ? peer : null),
  };
}
export type HostLink = ReturnType<typeof createHostLink>;

function describeEnd(end: PortEnd, installCommand: string): AwsherError {
  const hint = `run \`${installCommand}\``;
  switch (end) {
    case 'missing':
      return new AwsherError('HOST_MISSING', 'The awsher command is not set up for this browser yet.', {
        hint,
      });
    case 'forbidden':
      return new AwsherError(
        'HOST_FORBIDDEN',
        'The installed awsher command does not know this copy of the extension.',
        {
          hint,
        },
      );
    case 'failed':
      return new AwsherError('HOST_LOST', 'The awsher command stopped right after the browser started it.', {
        hint: 'run `awsher doctor`',
      });
  }
}

function versionsDiffer(host: 'older' | 'newer', installCommand: string): AwsherError {
  return host === 'older'
    ? new AwsherError('PROTOCOL_VERSION', 'The awsher command is older than this extension.', {
        hint: `update the command, then run \`${installCommand}\``,
      })
    : new AwsherError('PROTOCOL_VERSION', 'The awsher command is newer than this extension.', {
        hint: 'update the extension',
      });
}

function hostLost(): AwsherError {
  return new AwsherError('HOST_LOST', 'The connection to the awsher command was lost.', {
    hint: 'run `awsher doctor`',
  });
}

function notYet(): AwsherError {
  return new AwsherError('HOST_LOST', 'The awsher command is not connected yet.');
}
