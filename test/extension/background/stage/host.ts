import { AwsherError } from '../../../../shared/errors/awsher-error.ts';
import { EXTENSION, HOST } from '../../../../shared/protocol/native.ts';
import { createPeer, type Peer } from '../../../../shared/protocol/peer.ts';
import { TARGET } from '../../../shared/request/samples.ts';
import { browserEvent } from './browser.ts';

// A host that answers from a table.

/** What a method of the host, or a command of AWS's SDK, answers. */
export type Answers = Record<string, (params: never) => unknown>;

/** What the host and AWS were asked, in order. */
export function createAsked() {
  const called: string[] = [];
  const asked: { method: string; params: never }[] = [];
  return {
    called,
    asked: (method: string): Record<string, unknown>[] =>
      asked.filter((one) => one.method === method).map(({ params }) => Object(params)),
    note(method: string, params: never): void {
      called.push(method);
      asked.push({ method, params });
    },
  };
}
export type Asked = ReturnType<typeof createAsked>;

export const SESSION = {
  session: TARGET.session,
  startUrl: TARGET.startUrl,
  region: TARGET.region,
  scopes: TARGET.scopes,
};
/** A session of the config, as the host tells it. */
export const KNOWN = {
  session: TARGET.session,
  startUrl: TARGET.startUrl,
  region: TARGET.region,
  state: 'valid' as const,
  expiresAt: '2099-01-01T00:00:00Z',
  refreshableUntil: null,
  cacheFile: '/home/ana/.aws/sso/cache/a.json',
};
const REGISTRATION = { clientId: 'client-1', clientSecret: 'secret', expiresAt: 4_000_000_000 };

/** What the host answers where a test says nothing else. */
export const HOST_ANSWERS: Answers = {
  hello: () => ({ protocol: 1, version: '1.0.0', pid: 1 }),
  'sessions.list': () => ({ sessions: [] }),
  'settings.read': () => ({ noDeviceCodes: false, sessions: [] }),
  'pages.facts': () => ({ facts: null }),
  'portal.find': () => ({ portal: TARGET.startUrl, region: TARGET.region, family: null }),
  'registration.find': () => ({ registration: REGISTRATION }),
  'registration.save': () => ({}),
  'token.store': () => ({ cacheFile: '/home/ana/.aws/sso/cache/a.json', expiresAt: '2026-11-30T18:04:00Z' }),
  'vouch.find': () => ({ asker: null }),
  'signins.running': () => ({ commands: [] }),
  'listener.who': () => ({ listener: null }),
};

/** `endsWith` is what the browser says of a host that is missing. */
export function createHost(answers: Answers, { note }: Asked, endsWith: string | null) {
  const progress: { participant: string; step: string }[] = [];
  let connects = 0;
  let peer: Peer<typeof EXTENSION>;
  let end = (): void => {};

  const handlers = Object.keys(HOST.methods).map((method) => [
    method,
    async (params: never) => {
      note(method, params);
      const answer = answers[method];
      if (!answer) throw new AwsherError('PROTOCOL_MESSAGE', 'No.');
      return answer(params);
    },
  ]);

  return {
    progress,
    connects: () => connects,
    peer: () => peer,
    end: () => end(),
    connect() {
      connects += 1;
      const onMessage = browserEvent();
      const onDisconnect = browserEvent();
      const own = createPeer<typeof HOST, typeof EXTENSION>(EXTENSION, {
        local: HOST,
        handlers: {
          ...Object.fromEntries(handlers),
          'signin.progress': ({ participant, step }) => void progress.push({ participant, step }),
        },
        send: (message) => queueMicrotask(() => onMessage.tell(structuredClone(message))),
        startTimer: () => () => {},
      });
      peer = own;
      end = () => void onDisconnect.tell({ error: new Error('Native host has exited.') });
      if (endsWith !== null) queueMicrotask(() => onDisconnect.tell({ error: new Error(endsWith) }));
      return {
        onMessage,
        onDisconnect,
        postMessage: (message: object) => queueMicrotask(() => own.receive(structuredClone(message))),
        disconnect: () => {},
      };
    },
  };
}
