import { isIdpUrl, samlEndpoint, samlRequestPatterns } from '../../../shared/aws/saml-hosts.ts';
import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import type { SamlStart } from '../../../shared/protocol/native.ts';
import type { Effect, Event } from '../../../shared/request/events.ts';
import { beginRequest, nameOf, type Request } from '../../../shared/request/request.ts';
import { seenResponse } from '../../../shared/saml/posted-response.ts';
import { onTabPost, type Post } from '../../platform/posts.ts';
import { openTab, tabIds } from '../../platform/tabs.ts';
import { nonce, now } from '../../platform/time.ts';
import type { Feed, Requests } from './requests.ts';

/** Begins a SAML sign-in, for the command that asks: one at a time. */
export function startSaml(requests: Requests, { participant, name, url, asker }: SamlStart): Request {
  const other = requests.running().find(({ subject }) => subject.kind === 'saml');
  if (other) throw busy(nameOf(other));
  if (!isIdpUrl(url))
    throw new AwsherError('USAGE', "The identity provider's address must start with https://.");
  const beginning = { id: nonce(), asker, participant, asks: 'by-setting', watch: false } as const;
  return requests.begin(beginRequest({ kind: 'saml', name, url }, beginning, now()));
}

/**
 * The listener that can see the one response: it exists from the opening of the IdP's page to the end of the request, and for that
 * page's tab only. A tab has its id only when it is there, and its page could post before: until then posts of new tabs are
 * kept, and those of tabs that were there before are not even looked at. (A tab that is opened empty and sent on afterwards
 * loses its page now and then: measured, Chromium 156.)
 */
export function createSamlListeners() {
  const stops = new Map<string, () => void>();
  return {
    async open(
      { id, until }: Request,
      { url, front }: Extract<Effect, { do: 'open'; what: 'page' }>,
      feed: Feed,
    ): Promise<void> {
      const before = await tabIds();
      const kept: Post[] = [];
      let hear = (post: Post): void => {
        if (!before.has(post.tabId)) kept.push(post);
      };
      const stopFirst = onTabPost(null, samlRequestPatterns(), (post) => hear(post));
      try {
        const tabId = await openTab(url, front);
        if (feed(id, { type: 'opened', what: 'page', tabId }).some((it) => it.do === 'close')) return;
        let isHeard = false;
        hear = (post) => {
          const event = post.tabId === tabId && !isHeard ? postedEvent(post, until) : null;
          if (!event) return;
          isHeard = true;
          feed(id, event);
        };
        stops.set(id, onTabPost(tabId, samlRequestPatterns(), hear));
        for (const post of kept.splice(0)) hear(post);
        // Another process takes listeners on and tells of posts. When it answers, it knows of this listener, and whatever it
        // told the first one before is here.
        await tabIds();
      } finally {
        stopFirst();
      }
    },
    end(id: string): void {
      stops.get(id)?.();
      stops.delete(id);
    },
  };
}

/** What a request of that tab means; `null` for nothing. */
function postedEvent(post: Post, until: number): Event | null {
  const found = seenResponse(post, until, now());
  if (found.kind === 'other') return null;
  if (found.kind === 'refused') return { type: 'failed', error: found.error };
  return { type: 'posted', response: found.response, postedTo: addressOnly(found.postedTo) };
}

/** Host and path of AWS's sign-in: whatever else a page put into the address goes nowhere. */
function addressOnly(url: string): string {
  const { hostname } = samlEndpoint(url) ?? { hostname: '' };
  return `https://${hostname}${new URL(url).pathname}`;
}

function busy(name: string): AwsherError {
  return new AwsherError('SAML_BUSY', `The browser is still waiting for another sign-in (${name}).`, {
    hint: 'finish it or close its tab, then run the command again',
  });
}
