import { readPageAddress } from '../../../shared/approval/page-address.ts';
import type { PageCall, PageMessage, PageOrder } from '../../../shared/protocol/page.ts';
import { tellTab } from '../../platform/tabs.ts';
import type { HostLink } from '../host/host-link.ts';
import { pageAddress, pageFacts, takePageFacts } from '../memory/known-pages.ts';

const LOOK: PageCall = { do: 'look' };

/** A host is connected: it may know more than we. One from before the question refuses it as a message it does not know. */
export async function askForPageFacts(link: HostLink): Promise<void> {
  try {
    const { facts } = await link.ask('pages.facts', { asOf: pageFacts().asOf });
    if (facts !== null) await takePageFacts(facts);
  } catch {
    // What is known stays.
  }
}

/** A page that was read by older facts is to be read again. */
export function newerFactsFor(message: PageMessage): PageOrder | null {
  const facts = pageFacts();
  const isOld = message.type === 'page.seen' && message.facts < facts.asOf;
  return isOld ? { do: 'read-by', facts: JSON.stringify(facts) } : null;
}

/** A content script begins with the facts of its build, and reports no address in a form that is newer: it is asked to. */
export function reportNewForm(tabId: number, address: string | undefined): void {
  const isForm = (page: ReturnType<typeof pageAddress>) => page?.site != null && page.route.name !== 'other';
  if (address === undefined || !isForm(pageAddress(address)) || isForm(readPageAddress(address))) return;
  void tellTab(tabId, LOOK);
}
