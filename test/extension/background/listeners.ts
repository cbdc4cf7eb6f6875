import { AUTHORIZE_PAGE } from './stage/pages.ts';
import { stage } from './stage.ts';

/** A program that listens for the answer to its own PKCE request, as the host tells. */
export const LISTENER = {
  asker: { command: 'granted', pid: 9, parents: [] },
  executable: '/usr/bin/granted',
  trustable: true,
  tool: 'granted',
  own: true,
  loopback: true,
  alone: true,
  sameNetwork: true,
  since: null,
  agentDenied: false,
  endpointOverride: false,
};
/** What it asks for. */
export const REQUEST = AUTHORIZE_PAGE.replace('7777', '45555');

/** A tab is opened by a program of this computer and asks for the address. */
export async function asked(listener: object | null, { url = REQUEST, byPage = false } = {}) {
  const own = await stage({ host: { 'listener.who': () => ({ listener }) } });
  const ask = async (address = url) => {
    const tab = own.browser.open(byPage ? '' : address);
    own.api().tabs.onCreated.tell({ id: tab.id, pendingUrl: byPage ? undefined : address });
    own.api().webRequest.onBeforeRequest.tell({ tabId: tab.id, url: address });
    await own.pass(100);
    return tab;
  };
  const tab = await ask();
  const log = () => Object(own.browser.areas.local?.decisions ?? []);
  const question = () => own.browser.done.findLast((one) => one.startsWith('open ask/'))?.split('#')[1];
  return { own, tab, ask, log, question };
}
