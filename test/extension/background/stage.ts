import { afterEach, vi } from 'vitest';
import type { AwsherError } from '../../../shared/errors/awsher-error.ts';
import type { Question } from '../../../shared/protocol/dialog.ts';
import type { ViewMessage } from '../../../shared/protocol/internal.ts';
import type { PageMessage, PageOrder } from '../../../shared/protocol/page.ts';
import { AWS_ANSWERS, oidcModule } from './stage/aws.ts';
import { type Api, browserEvent, createApi, createBrowser, type Tab } from './stage/browser.ts';
import { stageClock } from './stage/clock.ts';
import { type Answers, createAsked, createHost, HOST_ANSWERS, SESSION } from './stage/host.ts';
import { ORIGIN, SHOWN } from './stage/pages.ts';

// The whole background in Node, on a browser of maps and lists, a host that answers from a table, and an AWS that does. What is
// tried is the code as it ships, without a browser; that real browsers are like this is for test/browser.

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
  vi.stubGlobal('navigator', { userAgent, language: 'en' });
  const browser = createBrowser();
  browser.refusesScripts = refusesScripts;
  for (const one of missing) browser.missing.add(one);
  Object.assign(browser.areas.local ?? {}, local);
  Object.assign(browser.areas.managed ?? {}, managed);
  const answers: Answers = { ...HOST_ANSWERS, ...host };
  const awsAnswers: Answers = { ...AWS_ANSWERS, ...aws };
  const asked = createAsked();
  const { called } = asked;
  const clock = stageClock(() => `done: ${browser.done.join(', ')}; called: ${called.join(', ')}`);
  const { pass, until } = clock;
  const installed = createHost(answers, asked, hostMissing ? endsWith : null);
  let api: Api;

  /** The background begins, or begins again after the browser has ended it. */
  async function begin(): Promise<void> {
    api = createApi(browser, installed.connect);
    vi.resetModules();
    vi.doMock('webextension-polyfill', () => ({ default: api }));
    vi.doMock('@aws-sdk/client-sso-oidc', () => oidcModule(awsAnswers, asked));
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
    asked: asked.asked,
    /** What terminals were told, and how often the host was started. */
    progress: installed.progress,
    connects: installed.connects,
    host: installed.peer,
    api: () => api,
    endHost: installed.end,
    answers,
    awsAnswers,
    ...clock,
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
      const request = { participant: 't1', target: SESSION, asker, watch: false, joinOnly: false, ...more };
      return installed
        .peer()
        .call('signin.start', request as never)
        .then(
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
