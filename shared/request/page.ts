import { goesHome } from './due.ts';
import { declined, end, fail, go, type Next, type Of, stay } from './end.ts';
import type { Effect } from './events.ts';
import { isPassedOn, type Request } from './request.ts';
import { askByClock, collect } from './token.ts';

const SHOWN_IN = { dialog: 'asking', permission: 'permission', page: 'page' } as const;

export function opened(request: Request, { what, tabId }: Of<'opened'>, now: number): Next {
  // Answered, given or ended while the tab was on its way.
  if (request.phase !== SHOWN_IN[what] || request.tabId !== null)
    return go(request, {}, { do: 'close', tabId });
  const there = { ...request, tabId, stepAt: now };
  if (what === 'permission') return go(there, {}, { do: 'front', tabId });
  if (what === 'dialog' || request.subject.kind === 'saml') return stay(there);
  return go(there, {}, { do: 'bind', tabId });
}

export function page(request: Request, { shows }: Of<'page'>, now: number): Next {
  const { phase, step, subject } = request;
  if (phase !== 'page' || subject.kind === 'saml') return stay(request);
  switch (shows) {
    case 'approved':
      return subject.kind === 'sign-in' ? collect(request, now) : end(request, { how: 'approved' }, now);
    case 'persons-turn':
      return step === 'click-needed' ? stay(request) : show(request, 'click-needed', now);
    case 'nothing-yet':
      if (step === 'opening-page') return go(request, { step: 'waiting-for-page' });
      return step === 'sign-in-needed' ? go(request, { step: 'signed-in' }) : stay(request);
  }
}

export function tab(request: Request, { at, complete }: Of<'tab'>, now: number): Next {
  const { subject, step, tabId, rests, proof } = request;
  const anyPage = subject.kind === 'saml';
  if (!complete || (at !== 'away' && !anyPage)) {
    const isBack = complete && step === 'sign-in-needed';
    const reads = complete && at === 'portal' && (proof !== null || isPassedOn(request));
    const moved = go(request, { rests: null, ...(isBack ? { step: 'signed-in' as const } : {}) });
    return reads && tabId !== null ? { ...moved, effects: [{ do: 'read', tabId }] } : moved;
  }
  // Where the person was told to approve by hand, they are at work already.
  if (step === 'sign-in-needed' || step === 'click-needed') return stay(request);
  if (rests === null) return go(request, { rests: { since: now, checked: false } });
  if (!rests.checked) return stay(request);
  const rested = { ...request, rests: null };
  if (!goesHome(request)) return show(rested, 'sign-in-needed', now);
  return end(rested, { how: 'approved' }, now, ...(tabId === null ? [] : [{ do: 'close' as const, tabId }]));
}

export function tabClosed(request: Request, now: number): Next {
  const gone = { ...request, tabId: null };
  switch (request.phase) {
    case 'asking':
      return declined(gone, now);
    case 'collecting':
      return stay(gone);
    default:
      return request.subject.kind === 'hand-over' && request.step === 'allowing'
        ? end(gone, { how: 'approved' }, now)
        : fail(gone, 'cancelled', now);
  }
}

/** Brings the tab to the front, once, and says why. Where the page cannot tell any more, the clock has to. */
export function show(request: Request, step: 'sign-in-needed' | 'click-needed', now: number): Next {
  const { tabId, broughtToFront } = request;
  const front: Effect[] = tabId !== null && !broughtToFront ? [{ do: 'front', tabId }] : [];
  const shown = { ...request, step, broughtToFront: broughtToFront || tabId !== null };
  return go(step === 'click-needed' ? askByClock(shown, now) : shown, {}, ...front);
}
