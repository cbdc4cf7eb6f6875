import type { AskMessage } from '../../../shared/protocol/dialog.ts';
import type { ViewState } from '../../../shared/protocol/internal.ts';
import type { LocaleMessage } from './build.ts';
import { type FakeRolesOptions, fakeRoles } from './fake-roles.ts';

export interface FakeExtensionOptions {
  state: ViewState | null;
  language: string;
  messages: Record<string, LocaleMessage>;
  /** Texts become 40 % longer, as they do in some languages. */
  longer: boolean;
  rightToLeft: boolean;
  /** What the background tells awsher's own dialog. */
  question?: AskMessage['question'];
  /** Accounts and roles that are stored, and answers about them. */
  roles?: FakeRolesOptions;
  /** What the views showed last. */
  lastState?: ViewState;
}

/**
 * Runs inside the page, before its own scripts: the three corners of the extension API that views touch. The port
 * named `view` answers with the given state and keeps what the view asks for.
 */
function fakeExtension(options: FakeExtensionOptions): void {
  const { messages, language, rightToLeft } = options;
  let { longer } = options;
  const requests: unknown[] = [];
  const listeners = new Set<(message: unknown) => void>();
  let ended: (() => void)[] = [];
  let state = options.state;

  const getMessage = (key: string, values: string[] = []): string => {
    if (key === '@@bidi_dir') return rightToLeft ? 'rtl' : 'ltr';
    const entry = messages[key];
    if (!entry) return '';
    const text = entry.message.replace(/\$(\w+)\$/g, (_, name: string) => {
      const content = entry.placeholders?.[name.toLowerCase()]?.content ?? '';
      return values[Number(content.slice(1)) - 1] ?? '';
    });
    const extra = Math.ceil(text.length * 0.4);
    return longer && key !== 'locale' && key !== 'extensionName'
      ? `${text} ${'mnesta '
          .repeat(Math.ceil(extra / 7))
          .slice(0, Math.max(1, extra - 1))
          .trim()}`
      : text;
  };
  const connect = (name: string) => {
    const { question } = options;
    if (name.startsWith('ask:') && question !== undefined) setTimeout(() => push({ question }), 0);
    else if (state) setTimeout(() => push({ type: 'state', state }), 0);
    return {
      postMessage: (message: unknown) => requests.push(message),
      disconnect: () => listeners.clear(),
      onMessage: { addListener: (listener: (message: unknown) => void) => listeners.add(listener) },
      onDisconnect: { addListener: (listener: () => void) => ended.push(listener) },
    };
  };
  const push = (message: unknown): void => {
    for (const listener of listeners) listener(message);
  };
  const roles = fakeRoles(options.roles ?? { stored: {}, answers: {} });
  const fake = {
    requests,
    roles,
    opened: 0,
    connections: 0,
    /** The background sends a new state. */
    setState: (next: ViewState) => {
      state = next;
      push({ type: 'state', state });
    },
    push,
    /** From now on texts are 40 % longer, or as they are. */
    lengthen: (on: boolean) => {
      longer = on;
      if (state) push({ type: 'state', state });
    },
    /** The worker goes to sleep: the port ends. */
    sleep: () => {
      listeners.clear();
      const now = ended;
      ended = [];
      for (const listener of now) listener();
    },
  };
  const browser = {
    storage: {
      ...roles.storage,
      session: {
        get: async () => (options.lastState ? { lastState: structuredClone(options.lastState) } : {}),
      },
    },
    i18n: { getMessage, getUILanguage: () => (language === 'en' ? 'en-GB' : language) },
    runtime: {
      // The mark by which webextension-polyfill knows that it is in an extension.
      id: 'fake',
      connect: (info?: { name?: string }) => {
        if (info?.name === 'roles') return roles.connect();
        fake.connections += 1;
        return connect(info?.name ?? '');
      },
      openOptionsPage: () => {
        fake.opened += 1;
      },
      getURL: (path: string) => `/${path}`,
    },
    tabs: {
      create: () => {
        fake.opened += 1;
        return Promise.resolve({});
      },
    },
  };
  Object.assign(globalThis, { browser, chrome: browser, fake });
  // A scene may have said that there is no network.
  Reflect.deleteProperty(navigator, 'onLine');
  // The popup closes itself when it opens the options page; a tab under test stays.
  globalThis.close = () => {};
}

declare global {
  var fakeOptions: FakeExtensionOptions;
  /** Puts another one in its place, for a view that starts anew. */
  var startFake: typeof fakeExtension;
}
globalThis.startFake = fakeExtension;
fakeExtension(globalThis.fakeOptions);
