import type { Step } from '../login/progress.ts';
import { HOME_MS, REST_MS, UNANSWERED_PRESS_MS, UNKNOWN_PAGE_MS } from './deadlines.ts';
import { isPassedOn, type Request } from './request.ts';

/** Steps that pass by themselves. One that does not is a page in a form that nobody has seen yet. */
const PASSING: ReadonlySet<Step> = new Set([
  'opening-page',
  'waiting-for-page',
  'signed-in',
  'confirming',
  'allowing',
]);

/** A PKCE request whose "Allow" was pressed: its page leaves for the command's own port, where awsher sees nothing. */
export const goesHome = (request: Request): boolean => isPassedOn(request) && request.step === 'allowing';

/** When a page that shows nothing known is shown to the person; `null`: never. */
export const stallsAt = (request: Request): number | null =>
  request.tabId !== null && PASSING.has(request.step) && !goesHome(request)
    ? request.stepAt + UNKNOWN_PAGE_MS
    : null;

/** When AWS is asked whether a press that the page did not answer was the last one; `null`: never. */
export function pressUnansweredAt({ step, stepAt, code }: Request): number | null {
  const pressed = step === 'confirming' || step === 'allowing';
  const asksAlready = code === null || code.deviceCode === null || code.asking || code.askAt !== null;
  return pressed && !asksAlready ? stepAt + UNANSWERED_PRESS_MS : null;
}

/** When a tab that rests on a page which awsher may not see has rested long enough to be looked at again. */
export const restedAt = (request: Request): number | null =>
  request.phase === 'page' && request.tabId !== null && request.rests && !request.rests.checked
    ? request.rests.since + (goesHome(request) ? HOME_MS : REST_MS[request.subject.kind])
    : null;

/** When AWS may be asked for the token next. */
export const asksAt = ({ code, proof }: Request): number | null => {
  const asked = code ?? proof;
  return asked && !asked.asking ? asked.askAt : null;
};

/** The next moment at which something is due for a request, in milliseconds since 1970; `null` when it has ended. */
export function dueAt(request: Request): number | null {
  if (request.phase === 'ended') return null;
  const moments = [
    request.until,
    request.orphanUntil,
    stallsAt(request),
    pressUnansweredAt(request),
    restedAt(request),
    asksAt(request),
  ];
  return Math.min(...moments.filter((at) => at !== null));
}
