import { afterReply, pauseMs } from '../oidc/poll.ts';
import { START_MS } from './deadlines.ts';
import { asksAt, goesHome } from './due.ts';
import { end, fail, go, type Next, type Of, stay } from './end.ts';
import { isPassedOn, POPUP, type Proof, type Request } from './request.ts';

/** AWS is asked at its own interval from now on, if nobody does so already. */
export function askByClock(request: Request, now: number): Request {
  const { code } = request;
  if (!code || code.deviceCode === null || code.asking || code.askAt !== null) return request;
  return { ...request, code: { ...code, askAt: now + pauseMs(code.poll) } };
}

/** The page says "approved": AWS is asked at once, or right after the question that is on its way. */
export function collect(request: Request, now: number): Next {
  const { code } = request;
  if (!code) return stay(request);
  const approved: Request = {
    ...request,
    phase: 'collecting',
    step: 'approved',
    code: { ...code, askAt: now },
  };
  const asked = ask(approved, now);
  return { ...asked, effects: [{ do: 'tell', step: 'approved' }, ...asked.effects] };
}

/** The browser comes back with the answer to the PKCE request; a second answer changes nothing. */
export function cameBack(request: Request, { reply }: Of<'came-back'>, now: number): Next {
  const { proof, phase } = request;
  if (phase !== 'page' || !(proof || isPassedOn(request))) return stay(request);
  if (reply.kind !== 'code') return fail(request, reply.kind, now);
  // After our own press the command's page is looked at before the tab goes.
  if (!proof) return goesHome(request) ? stay(request) : end(request, { how: 'approved' }, now);
  return go(
    request,
    {
      phase: 'collecting',
      step: 'collecting-token',
      proof: { ...proof, code: reply.code.expose(), asking: true, askAt: null },
    },
    { do: 'tell', step: 'approved' },
    { do: 'ask-token' },
  );
}

export function ask(request: Request, now: number): Next {
  const { phase, step } = request;
  const at = asksAt(request);
  if (at === null || at > now) return stay(request);
  return go(
    askedWith(request, { asking: true, askAt: null }),
    { step: phase === 'collecting' ? 'collecting-token' : step },
    { do: 'ask-token' },
  );
}

export function reply(request: Request, { reply }: Of<'reply'>, now: number): Next {
  const { code, proof, participants } = request;
  const asked = code ?? proof;
  if (!asked?.asking) return stay(request);
  const after = afterReply(asked.poll, reply);
  switch (after.next) {
    case 'store':
      // The code has done its work: its end is nobody's any more.
      return go(
        askedWith(request, { asking: false, askAt: null }),
        { phase: 'collecting', until: now + START_MS, step: 'storing-token' },
        { do: 'store', token: after.token, writeSection: participants.includes(POPUP) },
      );
    case 'wait': {
      const askAt = asked.askAt ?? now + pauseMs(after.poll);
      return ask(askedWith(request, { poll: after.poll, asking: false, askAt }), now);
    }
    case 'end':
      if (typeof after.why === 'string') return fail(request, after.why, now);
      return end(request, { how: 'failed', error: after.why.toWire() }, now);
  }
}

/** The request with its code or its proof changed, whichever AWS is asked with. */
const askedWith = (
  { code, proof, ...rest }: Request,
  change: Partial<Pick<Proof, 'poll' | 'askAt' | 'asking'>>,
): Request => ({ ...rest, code: code && { ...code, ...change }, proof: proof && { ...proof, ...change } });
