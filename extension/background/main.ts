import * as v from 'valibot';
import ids from '../../manifests/ids.json' with { type: 'json' };
import { isSameRequest } from '../../shared/approval/authorization.ts';
import { oidcPatterns, SIGN_IN_PAGES } from '../../shared/aws/host-permissions.ts';
import { LOOPBACK } from '../../shared/oidc/redirect.ts';
import { PageMessage } from '../../shared/protocol/page.ts';
import { neededHosts } from '../../shared/request/request.ts';
import { api, type MessageSender } from '../platform/api.ts';
import { HOST_WATCH } from '../platform/host-watch.ts';
import { browserName, version } from '../platform/identity.ts';
import { pageUrl } from '../platform/pages.ts';
import { missingHosts } from '../platform/permissions.ts';
import { onPageRedirect, onPageRequest } from '../platform/requests.ts';
import { onManagedChanged } from '../platform/storage.ts';
import { openTab } from '../platform/tabs.ts';
import { now, startTimer } from '../platform/time.ts';
import { createApprovals, type PageSender } from './approval/approvals.ts';
import { createForeignPages } from './approval/foreign-pages.ts';
import { createListenerVouch } from './approval/listener-vouch.ts';
import { askForPageFacts, newerFactsFor, reportNewForm } from './approval/page-facts.ts';
import { createPageReports } from './approval/page-reports.ts';
import { createSignInPages } from './approval/sign-in-pages.ts';
import { createRoles } from './doors/roles.ts';
import { createTerminals } from './doors/terminals.ts';
import { createViews } from './doors/views.ts';
import { createHostLink } from './host/host-link.ts';
import { createDecisionLog } from './memory/decision-log.ts';
import { effectiveSettings } from './memory/effective-settings.ts';
import { loadPageFacts } from './memory/known-pages.ts';
import { loadState } from './memory/state.ts';
import { cameBack as takeAnswer } from './request/came-back.ts';
import { createHands } from './request/carry-out.ts';
import { serveDialog } from './request/dialog.ts';
import { createHandOvers } from './request/hand-overs.ts';
import { createRequests } from './request/requests.ts';
import { createSignIns } from './request/sign-ins.ts';
import { createTabWatch } from './request/tab-watch.ts';
import { createWaitingHere } from './request/waiting-here.ts';
import { createFirstRun, firstRunSlot } from './signs/first-run.ts';
import { createSignals } from './signs/signals.ts';
import { takeUpdates } from './signs/updates.ts';

/** Safety net for a lost link and for attempts of a background that the browser put to sleep. Minutes. */
const ALARM = 'awsher.keep-going';
const ALARM_MINUTES = 0.5;

const browser = browserName();
const installCommand = `awsher install --browser ${browser}`;

/**
 * Everything, once the state was read: pages are answered from then on. `ready`: what was under way goes on. Listeners are
 * registered in the first turn, as event pages need it.
 */
const built = build();
const ready = built.then(async (parts) => {
  await parts.resume();
  return parts;
});

api.runtime.onStartup.addListener(() => void ready);
api.runtime.onInstalled.addListener(({ reason }) => {
  const at = now();
  void ready.then(({ firstRun }) => {
    if (reason === 'install') void firstRun.installed(at);
  });
});
api.permissions.onAdded.addListener(({ origins }) => {
  void ready.then((parts) => {
    parts.permissionsChanged();
    if (origins?.includes(SIGN_IN_PAGES)) void parts.signInPages.allowed();
  });
});
api.permissions.onRemoved.addListener(() => void ready.then((parts) => parts.permissionsChanged()));
onManagedChanged(() => void ready.then(({ views }) => views.managedChanged()));
api.alarms.onAlarm.addListener(() => void ready.then((parts) => parts.wake()));
takeUpdates(async () => (await ready).busy());
api.tabs.onUpdated.addListener((tabId, { status, url }, tab) => {
  if (status === undefined && url === undefined) return;
  void built.then(() => reportNewForm(tabId, tab.url));
  if (url !== undefined) void built.then(({ approvals }) => approvals.moved(tabId, url));
  void ready.then(({ tabs }) => tabs.changed(tabId));
});
api.tabs.onRemoved.addListener((tabId) => {
  void ready.then(({ tabs, listeners }) => {
    tabs.removed(tabId);
    listeners.removed(tabId);
  });
});
api.runtime.onConnect.addListener((port) => {
  if (!isOwnPage(port.sender)) return;
  if (port.name === 'view') void ready.then(({ views }) => views.connect(port));
  if (port.name === 'roles') void ready.then(({ roles }) => roles.connect(port));
  if (port.name === HOST_WATCH) void ready.then(({ link }) => port.onDisconnect.addListener(link.watch()));
  const [, id] = /^ask:(.+)$/.exec(port.name) ?? [];
  if (id !== undefined) {
    void ready.then(({ requests, waiting }) => serveDialog(requests, waiting, port, id));
  }
});
onPageRequest(
  oidcPatterns('authorize*'),
  (tabId, url, byPage) =>
    void ready.then(({ handOvers, listeners }) => {
      void handOvers.requested(tabId, url);
      void listeners.requested(tabId, url, byPage);
    }),
);
onPageRedirect(oidcPatterns('*'), cameBack);
api.runtime.onMessage.addListener((message, sender, respond): true => {
  const page = pageSender(sender);
  const parsed = v.safeParse(PageMessage, message);
  if (!page || !parsed.success) respond(undefined);
  else if (parsed.output.type === 'page.left') {
    if (page.frameId === 0) cameBack(page.tabId, parsed.output.to);
    respond({ do: 'nothing' });
  } else
    built
      .then(({ approvals }) => newerFactsFor(parsed.output) ?? approvals.answer(page, parsed.output))
      .then(respond, () => respond({ do: 'nothing' }));
  return true;
});

/** A tab is sent to an address of this computer: the answer to a PKCE request, maybe. */
function cameBack(tabId: number, to: string): void {
  if (to.startsWith(LOOPBACK)) void ready.then(({ requests }) => takeAnswer(requests, tabId, to));
}

async function build() {
  const [store] = await Promise.all([loadState(), loadPageFacts()]);
  const log = createDecisionLog(store);
  const link = createHostLink({
    hostName: ids.host,
    version: version(),
    browser,
    label: async () => (await effectiveSettings()).settings.label,
    installCommand,
  });
  const firstRun = createFirstRun({
    slot: firstRunSlot,
    host: () => link.state(),
    now,
    startTimer,
    openWelcome: async () => void (await openTab(pageUrl('welcome/welcome.html'), true)),
  });
  const requests = createRequests({ store, carryOut: createHands({ store, link, log }), now, startTimer });
  const signIns = createSignIns(requests);
  const handOvers = createHandOvers(requests, store);
  const roles = createRoles({ link, now });
  const pageReports = createPageReports(store, requests, log);
  const signInPages = createSignInPages(store, requests);
  const waiting = createWaitingHere(store, link);
  const listeners = createListenerVouch({
    link,
    log,
    async isOurs(tabId, address) {
      await requests.opened();
      return store.get().authorizations.some((one) => one.tabId === tabId && isSameRequest(one, address));
    },
    handOvers,
  });
  const foreign = createForeignPages({ store, link, waiting, handOvers, log });
  const approvals = createApprovals({ store, requests, log, foreign, resumed: () => ready });
  const terminals = createTerminals({ requests, signIns, handOvers, link, log });
  const views = createViews({
    link,
    requests,
    signIns,
    handOvers,
    signInPages,
    pageReports,
    log,
    installCommand,
  });
  const signals = createSignals((session) => void views.authorize(session).catch(() => {}));
  views.onState(signals.tell);
  store.onChange(views.push);
  link.onChange(() => {
    views.push();
    // What the sessions are is known from the first answer on, whether a view is open or not.
    if (link.state().state === 'connected') {
      void views.refresh();
      void askForPageFacts(link);
    }
    void firstRun.openIfDue();
  });
  link.onLost(() => requests.tellAll({ type: 'host-lost' }));
  link.serve({
    ...terminals.handlers,
    'sessions.changed': () => void views.refresh(),
    'catalogue.changed': roles.changed,
    'console.open': ({ url }) => roles.openConsolePage(url),
  });
  const tabs = createTabWatch(store, requests);
  /** The person gave a host permission or took one back. */
  const permissionsChanged = (): void => {
    for (const request of requests.running())
      void missingHosts(neededHosts(request)).then((missing) =>
        requests.feed(request.id, { type: 'permissions', missing: missing.length > 0 }),
      );
  };
  return {
    async resume() {
      await tabs.recheck();
      link.connect();
      requests.resume();
      permissionsChanged();
      await firstRun.resume();
      await signInPages.register();
      await api.alarms.create(ALARM, { periodInMinutes: ALARM_MINUTES });
    },
    approvals,
    firstRun,
    handOvers,
    link,
    listeners,
    roles,
    requests,
    signInPages,
    tabs,
    views,
    waiting,
    permissionsChanged() {
      signals.permissionsChanged();
      views.push();
      permissionsChanged();
    },
    /** A sign-in is under way, or a page may still come with a code of one, or a notice stands. */
    busy(): boolean {
      const { book, authorizations, tabs } = store.get();
      const pageMayCome = [...book, ...authorizations].some(({ expiresAt }) => expiresAt > now());
      return requests.running().length > 0 || pageMayCome || tabs.some(({ notice }) => notice !== null);
    },
    wake() {
      if (link.state().state !== 'connected') link.connect();
      // No timer counts the time of a closed lid.
      requests.tellAll({ type: 'time' });
      void firstRun.openIfDue();
      void signInPages.register();
      void views.refresh();
      void tabs.recheck();
    },
  };
}

/** Only awsher's own pages may connect as a view. */
function isOwnPage(sender: MessageSender | undefined): boolean {
  return sender?.id === api.runtime.id && sender.url?.startsWith(api.runtime.getURL('')) === true;
}

/** Only awsher's own content script, in a tab. Whatever else knocks gets no answer. */
function pageSender(sender: MessageSender): PageSender | null {
  const tabId = sender.tab?.id;
  if (sender.id !== api.runtime.id || tabId === undefined || sender.frameId === undefined) return null;
  if (sender.url?.startsWith(api.runtime.getURL(''))) return null;
  return { tabId, frameId: sender.frameId, lifecycle: lifecycleOf(sender) };
}

/** Chromium tells the document's life cycle; a browser that has no such field is trusted on the frame alone. */
function lifecycleOf(sender: MessageSender): PageSender['lifecycle'] {
  const documentLifecycle: unknown = Reflect.get(sender, 'documentLifecycle');
  switch (documentLifecycle) {
    case 'active':
    case 'prerender':
    case 'cached':
    case 'pending_deletion':
      return documentLifecycle;
    default:
      return browser === 'firefox' ? 'unsupported' : 'pending_deletion';
  }
}
