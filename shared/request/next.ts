import type { Why } from '../login/endings.ts';
import {
  EXCHANGE_MS,
  HAND_OVER_MS,
  PERMISSION_MS,
  QUESTION_MS,
  SAML_MS,
  START_MS,
  TERMINALS_RETURN_MS,
} from './deadlines.ts';
import { pressUnansweredAt, restedAt, stallsAt } from './due.ts';
import { afterEnd, closing, declined, end, fail, go, type Next, type Of, stay } from './end.ts';
import type { Effect, Event } from './events.ts';
import { opened, page, show, tab, tabClosed } from './page.ts';
import {
  type Code,
  firstStep,
  handOverEnd,
  isHandOver,
  isSignIn,
  POPUP,
  type Proof,
  type Request,
  type SignIn,
} from './request.ts';
import { ask, askByClock, cameBack, reply } from './token.ts';

/**
 * What becomes of a request when something happens, and what is to be done then, in this order. Pure: the same three arguments give
 * the same answer, whatever died, slept or was closed in between. `now` is milliseconds since 1970.
 */
export function next(request: Request, event: Event, now: number): Next {
  if (request.phase === 'ended') return afterEnd(request, event);
  const moved = during(request, event, now);
  const { phase, step } = moved.request;
  if (step === request.step && phase === request.phase) return moved;
  return { request: { ...moved.request, stepAt: now }, effects: [...moved.effects, { do: 'tell', step }] };
}

function during(request: Request, event: Event, now: number): Next {
  switch (event.type) {
    case 'begun':
      return begun(request);
    case 'checked':
      return checked(request, event, now);
    case 'answered':
      if (request.phase !== 'asking') return stay(request);
      return event.approve ? begin({ ...request, asks: 'no-more' }, now) : declined(request, now);
    case 'permissions':
      if (event.missing && (request.phase === 'page' || request.phase === 'collecting'))
        return fail(request, 'permission-missing', now);
      return !event.missing && request.phase === 'permission' ? begin(request, now) : stay(request);
    case 'placed':
      return placed(request, event, now);
    case 'registered':
      return waitsForCode(request) ? go(request, { step: 'requesting-code' }) : stay(request);
    case 'code':
      return waitsForCode(request) ? withCode(request, event) : stay(request);
    case 'no-device':
      if (!waitsForCode(request)) return stay(request);
      return request.subject.flow === 'auto'
        ? go(byPkce(request), {}, { do: 'request-proof' })
        : end(request, { how: 'failed', error: event.error.toWire() }, now);
    case 'proof':
      return waitsForCode(request) ? withProof(request, event, now) : stay(request);
    case 'came-back':
      return cameBack(request, event, now);
    case 'other-way':
      return otherWay(request, now);
    case 'opened':
      return opened(request, event, now);
    case 'no-tab':
      return request.phase === 'page' && request.tabId === null ? begin(request, now) : stay(request);
    case 'page':
      return page(request, event, now);
    case 'may-press':
      if (request.phase !== 'page' || request.subject.kind === 'saml') return stay(request);
      // PKCE has no code to confirm.
      if (event.step === 'confirm' && request.code === null) return stay(request);
      return go(
        request,
        { step: event.step === 'confirm' ? 'confirming' : 'allowing' },
        { do: 'press', step: event.step, saved: true },
      );
    case 'tab':
      return request.phase === 'page' ? tab(request, event, now) : stay(request);
    case 'tab-closed':
      if (event.tabId === request.tabId) return tabClosed(request, now);
      return isHandOver(request) && event.tabId === request.subject.personsTab
        ? fail(request, 'cancelled', now)
        : stay(request);
    case 'reply':
      return reply(request, event, now);
    case 'stored':
      if (request.phase !== 'collecting') return stay(request);
      return end(
        request,
        { how: 'signed-in', flow: request.proof ? 'pkce' : 'device', ...there(event) },
        now,
      );
    case 'posted': {
      const { response, postedTo } = event;
      if (request.subject.kind !== 'saml' || request.phase !== 'page') return stay(request);
      return end(request, { how: 'handed-on' }, now, { do: 'hand-on', response, postedTo });
    }
    case 'joined':
      return joined(request, event);
    case 'left': {
      const participants = request.participants.filter((name) => name !== event.participant);
      if (participants.length === request.participants.length) return stay(request);
      const rest = { ...request, participants };
      return participants.length === 0 ? fail(rest, 'cancelled', now) : stay(rest);
    }
    case 'cancelled':
      return request.phase === 'asking' ? declined(request, now) : fail(request, 'cancelled', now);
    case 'failed':
      return end(request, { how: 'failed', error: event.error.toWire() }, now);
    case 'host-lost':
      return fail(request, 'host-lost', now);
    case 'woken':
      return woken(request, now);
    case 'time':
      return time(request, now);
  }
}

const there = ({ expiresAt, cacheFile }: Of<'stored'>) => ({ expiresAt, cacheFile });

const waitsForCode = (request: Request): request is SignIn =>
  request.phase === 'starting' && isSignIn(request);

/** Nobody is asked any more about a page that the person has open: it may be approved at once. */
function begun(request: Request): Next {
  const { phase, asks } = request;
  if (phase !== 'starting') return stay(request);
  const isThere = isHandOver(request) && request.subject.personsTab !== null;
  return isThere && asks === 'no-more'
    ? toPage(request, handOverEnd(request), request.subject.url)
    : go(request, {}, { do: 'check' });
}

/** From the beginning, or again after the person gave what was missing. */
const begin = (request: Request, now: number): Next =>
  go(
    request,
    { phase: 'starting', step: firstStep(request.subject.kind), tabId: null, until: now + START_MS },
    ...closing(request),
    { do: 'check' },
  );

/** What was asked for by name goes before what the settings of the session say. */
function placed(request: Request, { place }: Of<'placed'>, now: number): Next {
  if (!isSignIn(request) || request.phase !== 'starting' || request.place !== null) return stay(request);
  const { subject } = request;
  const flow = subject.flow === 'auto' ? (place.flow ?? 'auto') : subject.flow;
  return go(request, { subject: { ...subject, flow }, place, until: now + START_MS }, { do: 'check' });
}

/** Browsers take a person's yes only in a page of the extension, for a permission as for our own question. */
function checked(request: Request, { ask, agents, missing, objection }: Of<'checked'>, now: number): Next {
  if (request.phase !== 'starting') return stay(request);
  const { subject, asks, place } = request;
  if (agents === 'deny') return fail(request, 'agent-denied', now, { do: 'log', reason: 'agent-denied' });
  if (objection !== null) return fail(request, 'cancelled', now, { do: 'log', reason: objection });
  // A coding agent asks on its own account: whatever the setting says, a person decides.
  if (asks === 'always' || (asks === 'by-setting' && (ask || agents === 'ask')))
    return go(
      request,
      { phase: 'asking', step: 'answer-needed', until: now + QUESTION_MS[subject.kind] },
      { do: 'open', what: 'dialog', saved: true },
    );
  const agreed: Request = { ...request, asks: 'no-more' };
  if (subject.kind === 'sign-in' && place === null) return go(agreed, {}, { do: 'find-portal' });
  if (missing)
    return go(
      agreed,
      { phase: 'permission', step: 'permission-needed', until: now + PERMISSION_MS },
      { do: 'open', what: 'permission', saved: true },
    );
  if (subject.kind === 'sign-in')
    return go(agreed, {}, { do: subject.flow === 'pkce' ? 'request-proof' : 'request-code' });
  const until = subject.kind === 'saml' ? now + SAML_MS : handOverEnd(request);
  return toPage(agreed, until, subject.url);
}

function withCode(request: Request, { code }: Of<'code'>): Next {
  const { intervalMs, expiresAt, url, ...named } = code;
  const poll = { intervalMs, failures: 0 };
  const fresh: Code = { ...named, poll, askAt: null, asking: false };
  return toPage({ ...request, code: fresh }, expiresAt, url);
}

function withProof(request: Request, { proof }: Of<'proof'>, now: number): Next {
  const { url, ...bound } = proof;
  const poll = { intervalMs: EXCHANGE_MS, failures: 0 };
  const fresh: Proof = { ...bound, code: null, poll, askAt: null, asking: false };
  return toPage({ ...request, proof: fresh }, now + HAND_OVER_MS, url);
}

const byPkce = (request: SignIn): SignIn => ({
  ...request,
  subject: { ...request.subject, flow: 'pkce', changed: true },
});

/** The device code is given up: its page is closed, and nothing is pressed for it any more. */
function otherWay(request: Request, now: number): Next {
  if (!isSignIn(request) || request.phase !== 'page' || !request.code) return stay(request);
  const { userCode } = request.code;
  const again = begin(byPkce(request), now);
  return {
    request: { ...again.request, code: null },
    effects: [{ do: 'spend', userCode }, ...again.effects],
  };
}

/** A tab that the person has open already is taken as it is. */
function toPage(request: Request, until: number, url: string): Next {
  const { subject, watch } = request;
  const tabId = subject.kind === 'hand-over' ? subject.personsTab : null;
  const vouches: Effect[] = subject.kind === 'saml' ? [] : [{ do: 'vouch', until }];
  const there: Effect[] =
    tabId === null
      ? [{ do: 'open', what: 'page', url, front: watch, saved: true }]
      : [
          { do: 'bind', tabId },
          { do: 'read', tabId },
        ];
  const broughtToFront = watch || tabId !== null;
  return go(
    request,
    { phase: 'page', step: 'opening-page', until, tabId, broughtToFront },
    ...vouches,
    ...there,
  );
}

function joined(request: Request, { participant, watch }: Of<'joined'>): Next {
  const { participants, tabId } = request;
  const all = participants.includes(participant) ? participants : [...participants, participant];
  const front: Effect[] = watch && tabId !== null ? [{ do: 'front', tabId }] : [];
  return go(request, { participants: all, orphanUntil: null }, ...front);
}

/**
 * Timers, and answers that were on their way, are lost; so are the terminals, which come again by themselves. A SAML response could
 * have gone by unseen.
 */
function woken(slept: Request, now: number): Next {
  if (slept.subject.kind === 'saml') return fail(slept, 'asleep', now);
  const participants = slept.participants.filter((name) => name === POPUP);
  const isOrphan = isSignIn(slept) && participants.length === 0;
  const orphanUntil = isOrphan ? now + TERMINALS_RETURN_MS : null;
  const { code, proof, phase } = slept;
  const asked = code ?? proof;
  const asksOn = asked !== null && (asked.asking || asked.askAt !== null || phase === 'collecting');
  const again = { asking: false, askAt: asksOn ? now : null };
  const request: Request = {
    ...slept,
    participants,
    orphanUntil,
    rests: null,
    stepAt: now,
    code: code && { ...code, ...again },
    proof: proof && { ...proof, ...again },
  };
  if (phase === 'collecting') return ask(request, now);
  if (phase === 'page' && request.tabId === null) return go(request, {}, { do: 'find-tab' });
  return request.tabId === null ? begin(request, now) : stay(request);
}

function time(request: Request, now: number): Next {
  const isDue = (at: number | null): boolean => at !== null && at <= now;
  const { phase, tabId, rests } = request;
  if (isDue(request.until)) return fail(request, OUT_OF_TIME[phase], now);
  if (isDue(request.orphanUntil)) return fail(request, 'cancelled', now);
  if (isDue(restedAt(request)) && rests && tabId !== null)
    return go(request, { rests: { ...rests, checked: true } }, { do: 'look', tabId });
  if (isDue(stallsAt(request)))
    return show(request, request.subject.kind === 'saml' ? 'sign-in-needed' : 'click-needed', now);
  if (isDue(pressUnansweredAt(request))) return stay(askByClock(request, now));
  return ask(request, now);
}

const OUT_OF_TIME: Readonly<Record<Request['phase'], Why>> = {
  starting: 'not-begun',
  asking: 'unanswered',
  permission: 'permission-missing',
  page: 'expired',
  collecting: 'expired',
  ended: 'expired',
};
