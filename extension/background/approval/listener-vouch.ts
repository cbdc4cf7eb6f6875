import * as v from 'valibot';
import { type AuthorizeAddress, readAuthorizeAddress } from '../../../shared/approval/approval-address.ts';
import { askedBy } from '../../../shared/fields.ts';
import { slot } from '../../platform/storage.ts';
import { describeTab } from '../../platform/tabs.ts';
import { sha256Hex } from '../../platform/time.ts';
import type { HostLink } from '../host/host-link.ts';
import type { DecisionLog } from '../memory/decision-log.ts';
import type { HandOvers } from '../request/hand-overs.ts';
import { judgeListener } from '../request/listener.ts';

const MAX_SEEN = 100;

/** Requests of this browser's session, as hashes: one that comes again was taken from somewhere. */
const seenSlot = slot('session', 'authorize.seen', v.array(v.string()), []);

export interface ListenerVouchOptions {
  link: HostLink;
  log: DecisionLog;
  /** Whether awsher itself opened this request in this tab, once no tab is on its way any more. */
  isOurs(tabId: number, address: AuthorizeAddress): Promise<boolean>;
  handOvers: Pick<HandOvers, 'takeOn'>;
}

/**
 * PKCE requests that a program of this computer had opened in the browser without awsher: whether they are approved is
 * decided by who listens for their answer. Nothing of it runs before a tab asks for an `/authorize` address.
 */
export function createListenerVouch({ link, log, isOurs, handOvers }: ListenerVouchOptions) {
  /** The last request of each tab: what came later is what the tab is about. */
  const latest = new Map<number, string>();
  let remembering: Promise<unknown> = Promise.resolve();

  /** Whether the request was there before; from now on it was. One at a time. */
  function seenBefore({ clientId, state, port }: AuthorizeAddress): Promise<boolean> {
    const looked = remembering.then(async () => {
      const hash = await sha256Hex(JSON.stringify([clientId, state, port]));
      const seen = await seenSlot.read();
      if (seen.includes(hash)) return true;
      await seenSlot.write([...seen, hash].slice(-MAX_SEEN));
      return false;
    });
    // What cannot be kept cannot be told from a second time.
    const answer = looked.catch(() => true);
    remembering = answer;
    return answer;
  }

  return {
    /** The browser asks for an /authorize address. `byPage`: a page made it. */
    async requested(tabId: number, url: string, byPage: boolean): Promise<void> {
      latest.set(tabId, url);
      const address = readAuthorizeAddress(url);
      if (!address || (await isOurs(tabId, address))) return;
      const again = await seenBefore(address);
      if ((await describeTab(tabId))?.isPrivate !== false) return;
      const known = { byPage, seenBefore: again, asked: null };
      const { vouch, listener } = await judgeListener(link, address, known);
      if (listener === null) return;
      const { asker } = listener;
      if (vouch.act === 'leave') {
        const { hostname: host } = new URL(url);
        const about = {
          kind: 'hand-over',
          session: null,
          codeEnd: null,
          command: askedBy(asker),
          host,
        } as const;
        log.said({ ...about, act: 'left', reason: vouch.reason }, tabId);
      } else if (latest.get(tabId) === url)
        await handOvers.takeOn(
          tabId,
          url,
          asker,
          vouch.act === 'ask' ? { askBecause: vouch.because, listener } : null,
        );
    },
    removed: (tabId: number): void => void latest.delete(tabId),
  };
}
