import { newerFacts, PAGE_FACTS } from '../../../shared/approval/page-facts.ts';
import { PageFacts } from '../../../shared/approval/page-facts-schema.ts';
import { ANSWER_DEADLINE_MS } from '../../../shared/limits.ts';
import type { PageMessage, PageOrder } from '../../../shared/protocol/internal.ts';
import { slot } from '../../platform/storage.ts';
import type { HostLink } from '../host/host-link.ts';

/** What a host told last; nothing in it is secret. */
const stored = slot('local', 'pageFacts', PageFacts, PAGE_FACTS);

/** The newest facts about AWS's pages that there are: of this build, or of a host that was updated since. */
export function createPageFacts() {
  let current = PAGE_FACTS;
  const take = (facts: PageFacts): void => {
    current = newerFacts(current, facts);
  };
  void stored.read().then(take);
  return {
    /** A host is connected: it may know more than we. One from before the question refuses it as a message it does not know. */
    async ask(link: HostLink): Promise<void> {
      try {
        const host = await link.host();
        const { facts } = await host.call(
          'pages.facts',
          { asOf: current.asOf },
          { deadlineMs: ANSWER_DEADLINE_MS },
        );
        if (facts === null) return;
        take(facts);
        await stored.write(current);
      } catch {
        // What is known stays.
      }
    },
    /** A page that was read by older facts is to be read again. */
    orderFor(message: PageMessage): PageOrder | null {
      const isOld = message.type === 'page.seen' && message.facts < current.asOf;
      return isOld ? { do: 'read-by', facts: JSON.stringify(current) } : null;
    },
  };
}
