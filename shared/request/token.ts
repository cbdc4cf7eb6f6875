import { afterReply, pauseMs } from '../oidc/poll.ts';
import { START_MS } from './deadlines.ts';
import { asksAt } from './due.ts';
import { end, fail, go, type Next, type Of, stay } from './end.ts';
import { POPUP, type Request } from './request.ts';

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

export function ask(request: Request, now: number): Next {
  const { code, phase, step } = request;
  const at = asksAt(request);
  if (!code || at === null || at > now) return stay(request);
  const asking = { ...code, asking: true, askAt: null };
  return go(
    request,
    { code: asking, step: phase === 'collecting' ? 'collecting-token' : step },
    { do: 'ask-token' },
  );
}

export function reply(request: Request, { reply }: Of<'reply'>, now: number): Next {
  const { code, participants } = request;
  if (!code?.asking) return stay(request);
  const after = afterReply(code.poll, reply);
  switch (after.next) {
    case 'store':
      // The code has done its work: its end is nobody's any more.
      return go(
        { ...request, phase: 'collecting', until: now + START_MS },
        { step: 'storing-token', code: { ...code, asking: false, askAt: null } },
        { do: 'store', token: after.token, writeSection: participants.includes(POPUP) },
      );
    case 'wait': {
      const askAt = code.askAt ?? now + pauseMs(after.poll);
      return ask({ ...request, code: { ...code, poll: after.poll, asking: false, askAt } }, now);
    }
    case 'end':
      if (typeof after.why === 'string') return fail(request, after.why, now);
      return end(request, { how: 'failed', error: after.why.toWire() }, now);
  }
}
