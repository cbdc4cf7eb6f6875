import { readAuthorizeAddress } from '../../../shared/approval/approval-address.ts';
import { codeEnd } from '../../../shared/approval/decision-log.ts';
import type { ListenerReason } from '../../../shared/approval/vouch-by-listener.ts';
import type { FoundPortal, Target } from '../../../shared/fields.ts';
import type { PageCall } from '../../../shared/protocol/page.ts';
import type { Effect } from '../../../shared/request/events.ts';
import { hostOf, isHandOver, isRunning, neededHosts, type Request } from '../../../shared/request/request.ts';
import { saidOfSession } from '../../../shared/session-settings.ts';
import { pageUrl } from '../../platform/pages.ts';
import { missingHosts } from '../../platform/permissions.ts';
import {
  bringToFront,
  closeTab,
  DIALOG_SIZE,
  findTab,
  openDialog,
  openTab,
  tellTab,
} from '../../platform/tabs.ts';
import { now } from '../../platform/time.ts';
import type { HostLink } from '../host/host-link.ts';
import { findPortal } from '../host/portal.ts';
import { type DecisionLog, ownerIn } from '../memory/decision-log.ts';
import { beforeApproval, effectiveSettings } from '../memory/effective-settings.ts';
import { approvalAddress, pageAddress } from '../memory/known-pages.ts';
import type { StateStore } from '../memory/state.ts';
import { bindTab, enterBook, spend } from './book.ts';
import { judgeListener } from './listener.ts';
import type { CarryOut, Feed } from './requests.ts';
import { createSamlListeners } from './saml.ts';
import { tabEvent } from './tab-events.ts';
import { createTokens } from './tokens.ts';

const READ_PAGE: PageCall = { do: 'look' };

export interface HandsOptions {
  store: StateStore;
  link: HostLink;
  log: DecisionLog;
}

/** What `next` says is to be done, done with this browser, AWS and the host. */
export function createHands({ store, link, log }: HandsOptions): CarryOut {
  const tokens = createTokens(link);
  const samlListeners = createSamlListeners();

  async function open(request: Request, effect: Extract<Effect, { do: 'open' }>, feed: Feed): Promise<void> {
    const { id, code, subject } = request;
    const opened = (tabId: number) => feed(id, { type: 'opened', what: effect.what, tabId });
    if (effect.what === 'dialog') opened(await openDialog(`ask/ask.html#${id}`, DIALOG_SIZE));
    if (effect.what === 'permission') opened(await openTab(pageUrl('permission/permission.html'), true));
    if (effect.what === 'page' && subject.kind === 'saml') await samlListeners.open(request, effect, feed);
    else if (effect.what === 'page') {
      const tabId = await openTab(effect.url, effect.front);
      // Bound before anybody is waited for: the page may report at once.
      opened(tabId);
      // The portal lives on another host than the start URL, or the browser withholds it: the person clicks.
      const [unseen] = code ? await missingHosts([`https://${code.pageHostname}/*`]) : [];
      if (unseen !== undefined) feed(id, { type: 'page', shows: 'persons-turn' });
    }
  }

  return async (request, effect, feed) => {
    const { id, asker, subject } = request;
    switch (effect.do) {
      case 'check': {
        const counts = await beforeApproval(asker);
        const missing = (await missingHosts(neededHosts(request))).length > 0;
        feed(id, { type: 'checked', ...counts, missing, objection: await objectionTo(link, request) });
        return;
      }
      case 'find-portal':
        if (subject.kind === 'sign-in')
          feed(id, { type: 'placed', place: await findPlace(link, subject.target) });
        return;
      case 'open':
        return open(request, effect, feed);
      case 'find-tab': {
        const tabId = await findTab((address) => isOpenedFor(request, address));
        feed(id, tabId === null ? { type: 'no-tab' } : { type: 'opened', what: 'page', tabId });
        return;
      }
      case 'front':
        return bringToFront(effect.tabId);
      case 'close':
        return closeTab(effect.tabId);
      case 'look': {
        const event = await tabEvent(store, effect.tabId);
        if (event) feed(id, event);
        return;
      }
      case 'read':
        return tellTab(effect.tabId, READ_PAGE);
      case 'request-code':
        return tokens.requestCode(request, feed);
      case 'request-proof':
        return tokens.requestProof(request, feed);
      case 'ask-token':
        return tokens.askToken(request, feed);
      case 'store':
        return tokens.store(request, effect, feed);
      case 'vouch':
        return store.set(enterBook(store.get(), request, effect.until, now()));
      case 'bind':
        return store.set(bindTab(store.get(), request, effect.tabId));
      case 'spend':
        return store.set(spend(store.get(), request, effect.userCode, now()));
      case 'log':
        return log.said(
          refused(request, effect.reason),
          isHandOver(request) ? request.subject.personsTab : null,
        );
      case 'hand-on':
      case 'tell':
        // `requests` tells who waits for it.
        if (!isRunning(request)) samlListeners.end(id);
        return;
      case 'press':
        // The answer to the page that asked: `approvals` gives it.
        return;
    }
  };
}

/** Whether an address is the one that was opened for the request. */
function isOpenedFor({ subject, code, proof }: Request, address: string): boolean {
  const asked = approvalAddress(address);
  if (proof !== null) return asked?.kind === 'authorization' && asked.state === proof.state;
  if (code === null) return subject.kind === 'hand-over' && asked?.url === subject.url;
  const route = pageAddress(address)?.route;
  return route?.name === 'device' && route.userCode === code.userCode;
}

/** The decisions that no page shows: the person's "not me" to our own dialog, and a rule that lets no agent sign in. */
function refused(
  request: Request,
  reason: Extract<Effect, { do: 'log' }>['reason'],
): Parameters<DecisionLog['said']>[0] {
  return {
    ...ownerIn(request),
    codeEnd: codeEnd(request.code?.userCode),
    host: hostOf(request),
    act: reason === 'declined-by-person' ? 'declined' : 'left',
    reason,
  };
}

/** Minutes may have gone by since the person was asked: who listens now has to be who was asked about. */
async function objectionTo(link: HostLink, { subject, asks }: Request): Promise<ListenerReason | null> {
  if (subject.kind !== 'hand-over' || !subject.listener || asks !== 'no-more') return null;
  const address = readAuthorizeAddress(subject.url);
  if (!address) return 'no-request';
  const known = { byPage: false, seenBefore: false, asked: subject.listener };
  const { vouch } = await judgeListener(link, address, known);
  return vouch.act === 'leave' ? vouch.reason : null;
}

/** As `findPortal`, with what an administrator says of the session in the place of what the host knows. */
async function findPlace(link: HostLink, target: Target): Promise<FoundPortal> {
  const { settings, given } = await effectiveSettings();
  const { flow, endpoints } = saidOfSession(given, target.session);
  const place = await findPortal(link, { ...target, endpoints });
  if (settings.noDeviceCodes) return { ...place, flow: 'pkce' };
  return flow ? { ...place, flow } : place;
}
