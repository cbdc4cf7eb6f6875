import { afterEach, vi } from 'vitest';
import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import type { Question } from '../../../shared/protocol/dialog.ts';
import type { ViewMessage } from '../../../shared/protocol/internal.ts';
import { EXTENSION, HOST } from '../../../shared/protocol/native.ts';
import type { PageMessage, PageOrder } from '../../../shared/protocol/page.ts';
import { createPeer, type Peer } from '../../../shared/protocol/peer.ts';
import { confirmScene, NONE, ONE, OURS } from '../../shared/approval/scenes.ts';
import { TARGET } from '../../shared/request/samples.ts';

// The whole background in Node, on a browser of maps and lists, a host that answers from a table, and an AWS that does. What is
// tried is the code as it ships, without a browser; that real browsers are like this is for test/browser.

export const ORIGIN = 'chrome-extension://awsher/';
export const DEVICE_PAGE = `https://corp.awsapps.com/start/#/device?user_code=${OURS}`;
export const CONSENT_PAGE =
  'https://corp.awsapps.com/start/#/?clientId=c&clientType=public&deviceContextId=d1';

export const AUTHORIZE_PAGE =
  'https://oidc.us-east-1.amazonaws.com/authorize?response_type=code&client_id=c&redirect_uri=http%3A%2F%2F127.0.0.1%3A7777%2Foauth%2Fcallback&state=s&code_challenge_method=S256&scopes=sso%3Aaccount%3Aaccess&code_challenge=x';
/** What a page shows: our code with the button to confirm it, the button to allow, nothing to press. */
export const { reading: SHOWN } = confirmScene();
export const ALLOW = { confirm: NONE, allow: ONE, shownCodes: [] };
export const NOTHING = { confirm: NONE, allow: NONE, shownCodes: [] };

type Listener = (...args: never[]) => unknown;
type Answers = Record<string, (params: never) => unknown>;

/** An event of the WebExtension API; `tell` is the browser's part. */
function browserEvent() {
  const listeners = new Set<Listener>();
  return {
    addListener: (listener: Listener) => void listeners.add(listener),
    removeListener: (listener: Listener) => void listeners.delete(listener),
    heard: () => listeners.size,
    tell: (...args: unknown[]) => [...listeners].map((listener) => listener(...(args as never[]))),
  };
}

interface Tab {
  id: number;
  url?: string;
  status: 'loading' | 'complete';
  active: boolean;
  incognito: boolean;
  windowId: number;
}

/** What a browser keeps when its background dies. */
function createBrowser() {
  const areas: Record<string, Record<string, unknown>> = { session: {}, local: {}, managed: {} };
  const tabs = new Map<number, Tab>();
  const missing = new Set<string>();
  const done: string[] = [];
  const scripts: { id: string }[] = [];
  const told: { tabId: number; message: { do: string } }[] = [];
  let lastTab = 6;
  const open = (url: string, active = false): Tab => {
    lastTab += 1;
    const tab: Tab = { id: lastTab, url, status: 'complete', active, incognito: false, windowId: 1 };
    tabs.set(tab.id, tab);
    done.push(`open ${url.replace(ORIGIN, '')}`);
    return tab;
  };
  return { areas, tabs, missing, done, scripts, told, open, refusesScripts: false };
}
type Browser = ReturnType<typeof createBrowser>;

/** The API of one life of the background. */
function createApi(browser: Browser, connectNative: () => unknown) {
  const { areas, tabs, missing, done, scripts, told, open } = browser;
  const storage = (name: string) => ({
    get: async (key: string) =>
      name === 'managed' ? structuredClone(areas.managed) : structuredClone({ [key]: areas[name]?.[key] }),
    set: async (values: object) => void Object.assign(areas[name] ?? {}, structuredClone(values)),
  });
  const there = (id: number): Tab => {
    const tab = tabs.get(id);
    if (!tab) throw new Error('no tab');
    return tab;
  };
  const notifications = {
    create: async (id: string) => void done.push(`notify ${id}`),
    clear: async () => {},
    onClicked: browserEvent(),
  };
  return {
    storage: {
      session: storage('session'),
      local: storage('local'),
      managed: storage('managed'),
      onChanged: browserEvent(),
    },
    runtime: {
      id: 'awsher',
      getURL: (path: string) => `${ORIGIN}${path}`,
      getManifest: () => ({
        version: '1.0.0',
        host_permissions: ['https://*.awsapps.com/*'],
        content_scripts: [{ js: ['content.js'] }],
      }),
      onStartup: browserEvent(),
      onInstalled: browserEvent(),
      onConnect: browserEvent(),
      onMessage: browserEvent(),
      onUpdateAvailable: browserEvent(),
      connectNative,
      reload: () => void done.push('reload'),
    },
    permissions: {
      contains: async ({ origins = [], permissions = [] }: { origins?: string[]; permissions?: string[] }) =>
        ![...origins, ...permissions].some(
          (one) => missing.has(one) || (missing.has('every host') && origins.includes(one)),
        ),
      onAdded: browserEvent(),
      onRemoved: browserEvent(),
    },
    alarms: { create: async (name: string) => void done.push(`alarm ${name}`), onAlarm: browserEvent() },
    tabs: {
      create: async ({ url, active }: { url: string; active?: boolean }) => open(url, active),
      get: async (id: number) => ({ ...there(id) }),
      query: async () => [...tabs.values()],
      remove: async (id: number) => {
        there(id);
        tabs.delete(id);
        done.push(`close ${id}`);
      },
      update: async (id: number, change: { active: boolean }) => {
        done.push(`front ${id}`);
        return Object.assign(there(id), change);
      },
      sendMessage: async (tabId: number, message: { do: string }) => void told.push({ tabId, message }),
      onUpdated: browserEvent(),
      onRemoved: browserEvent(),
      onCreated: browserEvent(),
    },
    windows: {
      getAll: async () => [{ id: 1, focused: true, incognito: false }],
      create: async ({ url }: { url: string }) => ({ tabs: [open(url, true)] }),
      update: async () => {},
    },
    webRequest: { onBeforeRequest: browserEvent(), onBeforeRedirect: browserEvent() },
    scripting: {
      getRegisteredContentScripts: async () => scripts,
      registerContentScripts: async (more: { id: string }[]) => {
        if (browser.refusesScripts) throw new Error('no');
        scripts.push(...more);
      },
      executeScript: async ({ target }: { target: { tabId: number } }) =>
        void done.push(`script ${target.tabId}`),
    },
    action: {
      setBadgeText: async () => {},
      setIcon: async () => {},
      setBadgeBackgroundColor: async ({ color }: { color: string }) => void done.push(`dot ${color}`),
      setTitle: async () => {},
      openPopup: async () => void done.push('popup'),
    },
    get notifications() {
      return missing.has('notifications') ? undefined : notifications;
    },
    i18n: { getMessage: (key: string) => key, getUILanguage: () => 'en' },
  };
}
type Api = ReturnType<typeof createApi>;

const SESSION = {
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
const HOST_ANSWERS: Answers = {
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

const AWS_ANSWERS: Answers = {
  RegisterClientCommand: () => ({
    clientId: 'client-2',
    clientSecret: 'secret-2',
    clientSecretExpiresAt: 4_000_000_000,
  }),
  StartDeviceAuthorizationCommand: () => ({
    deviceCode: 'device-code',
    userCode: OURS,
    verificationUri: 'https://corp.awsapps.com/start/#/device',
    verificationUriComplete: DEVICE_PAGE,
    expiresIn: 600,
    interval: 1,
  }),
  CreateTokenCommand: () => {
    throw Object.assign(new Error('pending'), { name: 'AuthorizationPendingException' });
  },
};

export interface StageOptions {
  host?: Answers;
  aws?: Answers;
  /** What `storage.local` holds. */
  local?: object;
  managed?: object;
  /** No host is installed. */
  hostMissing?: boolean;
  /** What the browser says of a host that is missing. */
  endsWith?: string;
  /** The host does not get as far as the settings. */
  hostSilent?: boolean;
  userAgent?: string;
  /** The browser registers no content script. */
  refusesScripts?: boolean;
  /** Permissions that the person has not given. */
  missing?: string[];
}

/** Hashes are made beside everything else: time does not go on without them. */
const digest = crypto.subtle.digest.bind(crypto.subtle);
let hashing = 0;

/** Starts the background, and waits until the host has answered it. */
export async function stage({
  host = {},
  aws = {},
  local = {},
  managed = {},
  hostMissing = false,
  endsWith = 'No such native application',
  hostSilent = false,
  userAgent = 'Chrome/156',
  missing = [],
  refusesScripts = false,
}: StageOptions = {}) {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: 1_900_000_000_000 });
  vi.spyOn(crypto.subtle, 'digest').mockImplementation(async (...asked) => {
    hashing += 1;
    return digest(...asked).finally(() => {
      hashing -= 1;
    });
  });
  vi.stubGlobal('navigator', { userAgent, language: 'en' });
  const browser = createBrowser();
  browser.refusesScripts = refusesScripts;
  for (const one of missing) browser.missing.add(one);
  Object.assign(browser.areas.local ?? {}, local);
  Object.assign(browser.areas.managed ?? {}, managed);
  const answers: Answers = { ...HOST_ANSWERS, ...host };
  const awsAnswers: Answers = { ...AWS_ANSWERS, ...aws };
  const called: string[] = [];
  const asked: { method: string; params: never }[] = [];
  const progress: { participant: string; step: string }[] = [];
  let connects = 0;
  let api: Api;
  let peer: Peer<typeof EXTENSION>;
  let endHost = (): void => {};

  function connectNative() {
    connects += 1;
    const onMessage = browserEvent();
    const onDisconnect = browserEvent();
    const port = {
      onMessage,
      onDisconnect,
      postMessage: (message: object) => queueMicrotask(() => own.receive(structuredClone(message))),
      disconnect: () => {},
    };
    const handlers = Object.keys(HOST.methods).map((method) => [
      method,
      async (params: never) => {
        called.push(method);
        asked.push({ method, params });
        const answer = answers[method];
        if (!answer) throw new AwsherError('PROTOCOL_MESSAGE', 'No.');
        return answer(params);
      },
    ]);
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
    endHost = () => void onDisconnect.tell({ error: new Error('Native host has exited.') });
    if (hostMissing) queueMicrotask(() => onDisconnect.tell({ error: new Error(endsWith) }));
    return port;
  }

  class SSOOIDCClient {
    config: object;
    constructor(config: object) {
      this.config = { ...config, requestHandler: { handle: async () => ({}) } };
    }
    async send(command: { input: never }) {
      const { name } = command.constructor;
      called.push(name);
      asked.push({ method: name, params: command.input });
      return awsAnswers[name]?.(command.input);
    }
  }

  /** Runs timers and promises for so many milliseconds, real events of Node (hashes) included. */
  async function pass(milliseconds: number): Promise<void> {
    for (let left = milliseconds; left >= 0; left -= 50) {
      await vi.advanceTimersByTimeAsync(Math.min(left, 50));
      do await new Promise((resolve) => setImmediate(resolve));
      while (hashing > 0);
    }
  }

  async function until(holds: () => unknown): Promise<void> {
    for (let turns = 0; !holds(); turns++) {
      if (turns > 2_000)
        throw new Error(
          `never: ${holds.toString()}; done: ${browser.done.join(', ')}; called: ${called.join(', ')}`,
        );
      await pass(10);
    }
  }

  /** What a promise comes to, with time going on meanwhile. */
  async function over<T>(promise: Promise<T>): Promise<T> {
    let isOver = false;
    const done = () => {
      isOver = true;
    };
    promise.then(done, done);
    await until(() => isOver);
    return promise;
  }

  /** The background begins, or begins again after the browser has ended it. */
  async function begin(): Promise<void> {
    api = createApi(browser, connectNative);
    vi.resetModules();
    vi.doMock('webextension-polyfill', () => ({ default: api }));
    vi.doMock('@aws-sdk/client-sso-oidc', () => {
      const command = (name: string) =>
        ({
          [name]: class {
            input: unknown;
            constructor(input: unknown) {
              this.input = input;
            }
          },
        })[name];
      const names = Object.keys(AWS_ANSWERS);
      return { SSOOIDCClient, ...Object.fromEntries(names.map((name) => [name, command(name)])) };
    });
    // Its types are of the browser's world, which this one is not.
    await import('../../../extension/background/main.ts' as string);
    await until(() => hostMissing || hostSilent || called.includes('settings.read'));
    await pass(100);
  }
  await begin();

  /** A page of the extension's own that connects. */
  function connect<T>(name: string, url = `${ORIGIN}popup/popup.html`) {
    const got: T[] = [];
    const onMessage = browserEvent();
    const onDisconnect = browserEvent();
    const port = {
      name,
      sender: { id: 'awsher', url },
      onMessage,
      onDisconnect,
      postMessage: (message: T) => void got.push(structuredClone(message)),
      disconnect: () => {},
    };
    api.runtime.onConnect.tell(port);
    return {
      got /** Says something, once the background has taken the port. */,
      async send(message: object): Promise<void> {
        await pass(0);
        onMessage.tell(message);
        await pass(0);
      },
      close: () => onDisconnect.tell(port),
    };
  }

  const state = () => Object(browser.areas.session?.state);
  return {
    browser,
    called,
    /** What terminals were told, and how often the host was started. */
    progress,
    connects: () => connects,
    asked: (method: string): Record<string, unknown>[] =>
      asked.filter((one) => one.method === method).map(({ params }) => Object(params)),
    host: () => peer,
    api: () => api,
    endHost: () => endHost(),
    answers,
    awsAnswers,
    pass,
    until,
    over,
    /** Everything in memory is gone; storage, tabs and permissions stay. */
    restart: begin,
    connect,
    view: () => {
      const port = connect<ViewMessage>('view');
      const states = () => port.got.flatMap((one) => (one.type === 'state' ? [one.state] : []));
      return { ...port, states, state: () => states().at(-1) };
    },
    dialog: (id: string) => connect<{ question: Question | null }>(`ask:${id}`, `${ORIGIN}ask/ask.html`),
    request: () => state().requests?.[0],
    state,
    /** The content script of a tab says something, from the tab's address. */
    say(tabId: number, message: PageMessage, more: object = {}): Promise<PageOrder | undefined> {
      const url = browser.tabs.get(tabId)?.url;
      const sender = {
        id: 'awsher',
        tab: { id: tabId },
        frameId: 0,
        url,
        documentLifecycle: 'active',
        ...more,
      };
      return new Promise((respond) => void api.runtime.onMessage.tell(message, sender, respond));
    },
    /** A page reports what it shows. */
    report(
      tabId: number,
      seen: Partial<typeof SHOWN> = {},
      more: object = {},
    ): Promise<PageOrder | undefined> {
      return this.say(
        tabId,
        { type: 'page.seen', reading: { ...SHOWN, ...seen }, facts: '2099-01-01' },
        more,
      );
    },
    /** The tab comes to an address. */
    async go(tabId: number, url: string | undefined, status: Tab['status'] = 'complete'): Promise<void> {
      const tab = browser.tabs.get(tabId);
      if (!tab) throw new Error('no tab');
      if (url === undefined) delete tab.url;
      else tab.url = url;
      tab.status = status;
      api.tabs.onUpdated.tell(tabId, { status, url }, tab);
      await pass(0);
    },
    /** A terminal asks for the session's sign-in. */
    signIn(more: object = {}) {
      const asker = { command: 'awsher login', pid: 42, parents: [] };
      const asked = { participant: 't1', target: SESSION, asker, watch: false, joinOnly: false, ...more };
      return peer.call('signin.start', asked as never).then(
        (end) => end as { expiresAt?: string; code?: string },
        (error: AwsherError) => ({ code: error.code, hint: error.hint }),
      );
    },
    /** Until the page of the code is open; its tab. */
    async toPage(more: object = {}): Promise<{ tabId: number; end: Promise<object> }> {
      const end = this.signIn(more);
      await until(() => this.request()?.phase === 'page' && this.request().tabId !== null);
      return { tabId: this.request().tabId, end };
    },
  };
}

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  vi.doUnmock('webextension-polyfill');
  vi.doUnmock('@aws-sdk/client-sso-oidc');
  vi.resetModules();
});
