import { ORIGIN } from './pages.ts';

// A browser of maps and lists: what it keeps, and the API that each life of the background has.

type Listener = (...args: never[]) => unknown;

/** An event of the WebExtension API; `tell` is the browser's part. */
export function browserEvent() {
  const listeners = new Set<Listener>();
  return {
    addListener: (listener: Listener) => void listeners.add(listener),
    removeListener: (listener: Listener) => void listeners.delete(listener),
    heard: () => listeners.size,
    tell: (...args: unknown[]) => [...listeners].map((listener) => listener(...(args as never[]))),
  };
}

export interface Tab {
  id: number;
  url?: string;
  status: 'loading' | 'complete';
  active: boolean;
  incognito: boolean;
  windowId: number;
}

/** What a browser keeps when its background dies. */
export function createBrowser() {
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
export type Browser = ReturnType<typeof createBrowser>;

/** The API of one life of the background. */
export function createApi(browser: Browser, connectNative: () => unknown) {
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
export type Api = ReturnType<typeof createApi>;
