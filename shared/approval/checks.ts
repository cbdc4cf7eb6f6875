import { pageHost } from '../aws/hosts.ts';
import { partitionOf } from '../aws/regions.ts';
import { askedForItself } from './authorization.ts';
import { isPageOf } from './page-address.ts';
import type { Decision, Reason, Subject } from './scene.ts';

/** awsher's own presses per minute; more than a person ever needs, less than a runaway loop makes. */
const MAX_PRESSES_PER_MINUTE = 30;
/** A consent page counts as ours only this long after our own confirm (milliseconds, sign-in time not counted). */
const CONSENT_WINDOW_MS = 60_000;

type Stop = { act: Decision['act']; reason: Reason };

/** One reason not to press. `null`: nothing to object. */
export interface Check {
  name: string;
  object(subject: Subject): Stop | null;
}

const leave = (reason: Reason): Stop => ({ act: 'leave', reason });
const wait = (reason: Reason): Stop => ({ act: 'wait', reason });
const warn = (reason: Reason): Stop => ({ act: 'warn', reason });

/**
 * The checks between a page and a press, in order; the first objection decides. Each stands alone: taking one out of
 * the list lets exactly its own attack through, which the table test shows row by row.
 */
export const CHECKS: readonly Check[] = [
  {
    name: 'origin',
    object: ({ page }) => (page.site ? null : leave('not-aws')),
  },
  {
    name: 'top-frame',
    object: ({ frame }) => (frame.top ? null : leave('not-top-frame')),
  },
  {
    name: 'active-document',
    object: ({ frame }) =>
      frame.lifecycle === 'active' || frame.lifecycle === 'unsupported' ? null : leave('not-active'),
  },
  {
    // A URL that merely reached the browser never vouches: the code must be in the book.
    name: 'vouched',
    object: ({ entry, authorization, step, page, tab, reading }) => {
      if (entry || authorization) return null;
      if (step === 'allow') {
        const consent = page.route.name === 'consent' ? page.route : null;
        // A plain `aws sso login` (PKCE) looks like this, and its code goes to this machine's own loopback.
        if (consent?.deviceContextId == null) return leave('foreign-authorization');
        const accepted = [tab.acceptedCode, tab.acceptedContext].includes(consent.deviceContextId);
        return accepted ? leave('accepted-by-person') : warn('foreign-consent');
      }
      const addressed = page.route.name === 'device' ? page.route.userCode : null;
      const asked = addressed ?? reading.shownCodes[0] ?? null;
      if (asked === null) return leave('no-code-in-address');
      return tab.acceptedCode === asked ? leave('accepted-by-person') : warn('foreign-code');
    },
  },
  {
    name: 'device-codes',
    object: ({ entry, noDeviceCodes }) => (entry && noDeviceCodes ? warn('device-codes-off') : null),
  },
  {
    // The tenant: the page is on the host that AWS named for this very request. The old device host and the sign-in host
    // hand over to a portal for the consent; there the host can only be held against their partition and region.
    name: 'tenant',
    object: ({ entry, page, step }) => {
      if (!entry || entry.pageHostname === page.hostname) return null;
      const from = pageHost(entry.pageHostname);
      // AWS named a page in a form that nobody knows yet: what follows it cannot be judged, and is the person's.
      if (from === null) return leave('other-host');
      const handedOver = from.kind !== 'portal' && page.site?.kind === 'portal' && step === 'allow';
      if (handedOver && page.site?.partition === from.partition) {
        if (page.site.region === null || page.site.region === from.region) return null;
      }
      // AWS may lead from the portal to its sign-in host one day: a page for the person, and no alarm.
      return page.site?.kind === 'sign-in' ? leave('other-host') : warn('other-host');
    },
  },
  {
    // A PKCE consent has no host that AWS named before: a portal that can belong to the region of the request.
    name: 'authorization-portal',
    object: ({ authorization, page: { site } }) => {
      if (!authorization) return null;
      const { region } = authorization;
      const fits =
        site?.kind === 'portal' &&
        site.partition === partitionOf(region)?.id &&
        (site.region === null || site.region === region);
      return fits ? null : leave('other-host');
    },
  },
  {
    name: 'fresh',
    object: ({ entry, authorization, now }) =>
      now >= ((entry ?? authorization)?.expiresAt ?? Number.POSITIVE_INFINITY) ? leave('expired') : null,
  },
  {
    name: 'spent',
    object: ({ entry, authorization }) => {
      const ours = entry ?? authorization;
      return ours && ours.allowedAt !== null ? wait('spent') : null;
    },
  },
  {
    // Only the tab that awsher opened for the request. In another one the person clicks; that is no alarm.
    name: 'own-tab',
    object: ({ entry, authorization, tab }) => {
      const ours = entry ?? authorization;
      return ours && ours.tabId !== tab.tabId ? leave('other-tab') : null;
    },
  },
  {
    // On the sign-in host the address need not name the code: it is the very one that AWS returned with it, or nothing.
    name: 'own-page',
    object: ({ entry, page, address, routes }) =>
      entry && page.site?.kind === 'sign-in' && !isPageOf(entry, address, routes)
        ? leave('other-page')
        : null,
  },
  {
    // Client, state and port as they were handed over: what the browser itself last asked /authorize for in this tab.
    name: 'own-request',
    object: ({ authorization }) => {
      if (!authorization) return null;
      if (authorization.requested === null) return wait('authorization-not-seen');
      return askedForItself(authorization) ? null : leave('other-authorization');
    },
  },
  {
    name: 'authorization-window',
    object: ({ authorization, now, tab }) =>
      authorization && now - authorization.openedAt - tab.awayMs > CONSENT_WINDOW_MS
        ? leave('opened-too-long-ago')
        : null,
  },
  {
    name: 'sequence',
    object: ({ entry, step }) =>
      entry && step === 'allow' && entry.confirmedAt === null ? leave('not-confirmed-by-us') : null,
  },
  {
    // Our own tab may be sent to a stranger's consent page after our confirm: only the first one that follows it is
    // ours, and which one that was is the browser's word.
    name: 'same-consent',
    object: ({ entry, page }) => {
      if (!entry || page.route.name !== 'consent' || page.route.deviceContextId === entry.consentContext)
        return null;
      if (entry.consentContext !== null) return warn('other-consent');
      return entry.consentLost ? leave('consent-lost') : wait('consent-not-seen');
    },
  },
  {
    name: 'sequence-window',
    object: ({ entry, step, now, tab }) =>
      step === 'allow' && entry && now - (entry.confirmedAt ?? now) - tab.awayMs > CONSENT_WINDOW_MS
        ? leave('confirmed-too-long-ago')
        : null,
  },
  {
    name: 'confirm-once',
    object: ({ entry, step }) =>
      entry && step === 'confirm' && entry.confirmedAt !== null ? wait('already-pressed') : null,
  },
  {
    // The sign-in host has a check of its own.
    name: 'address-code',
    object: ({ entry, page: { site, route } }) =>
      entry && site?.kind !== 'sign-in' && route.name === 'device' && route.userCode !== entry.userCode
        ? leave('no-code-in-address')
        : null,
  },
  {
    name: 'both-buttons',
    object: ({ reading }) =>
      reading.confirm.present > 0 && reading.allow.present > 0 ? leave('both-buttons') : null,
  },
  {
    name: 'one-code',
    object: ({ reading }) => (reading.shownCodes.length > 1 ? leave('several-codes') : null),
  },
  {
    // Vouched code = code in the address = code shown. A consent page shows none; if it does, it must be the same.
    name: 'shown-code',
    object: ({ entry, reading, step }) => {
      const [shown] = reading.shownCodes;
      if (!entry || shown === entry.userCode) return null;
      if (shown !== undefined) return warn('shown-code-differs');
      return step === 'confirm' ? wait('code-not-shown') : null;
    },
  },
  {
    // A page with a code asks about a device, and no device was handed over.
    name: 'no-code-shown',
    object: ({ authorization, reading }) =>
      authorization && reading.shownCodes.length > 0 ? leave('shown-code-differs') : null,
  },
  {
    name: 'one-button',
    object: ({ reading, step }) => {
      const { usable, disabled } = step === 'confirm' ? reading.confirm : reading.allow;
      return usable + disabled > 1 ? leave('several-buttons') : null;
    },
  },
  {
    name: 'usable-button',
    object: ({ reading, step }) => {
      const { usable } = step === 'confirm' ? reading.confirm : reading.allow;
      return usable === 0 ? wait('no-button-yet') : null;
    },
  },
  {
    name: 'uncovered-button',
    object: ({ reading, step }) => {
      const { covered } = step === 'confirm' ? reading.confirm : reading.allow;
      return covered ? wait('button-covered') : null;
    },
  },
  {
    name: 'rate',
    object: ({ recentPresses }) =>
      recentPresses >= MAX_PRESSES_PER_MINUTE ? leave('too-many-presses') : null,
  },
];
