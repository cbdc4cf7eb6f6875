import {
  hintOrder,
  type NoticeSubject,
  noticeOrder,
} from '../../../extension/background/approval/page-orders.ts';
import type { WaitingCommand } from '../../../extension/background/request/waiting-here.ts';
import { showHint, showNotice } from '../../../extension/notice/notice.ts';
import type { Settings } from '../../../shared/protocol/internal.ts';

/** `never`: a code where sign-ins never go by one. */
export type NoticeKind = 'code' | 'consent' | 'never';

/** A notice as the background would order it when this is what waits here; `null`: it is still looking. */
export function sampleNotice(kind: NoticeKind, waiting: WaitingCommand[] | null): NoticeSubject {
  const compare = kind === 'code' && waiting?.some(({ session }) => session === null) === true;
  return {
    kind: kind === 'never' ? 'code' : kind,
    id: 'n1',
    state: waiting === null ? 'checking' : compare ? 'compare' : 'stranger',
    code: kind === 'consent' ? null : 'WXYZ-2345',
    host: 'd-1234567890.awsapps.com',
    waiting,
    endpointOverride: false,
    never: kind === 'never',
  };
}

/** What a test page can do with the notice: the functions of the content script, and a list of the choices made. */
const choices: string[] = [];
const stage = {
  choices,
  notice(kind: NoticeKind, waiting: WaitingCommand[] | null, theme: Settings['theme'] = 'system') {
    const order = (known: WaitingCommand[] | null) => noticeOrder(sampleNotice(kind, known), theme);
    const shown = showNotice(order(waiting), (choice) => choices.push(choice));
    return {
      remove: () => shown.remove(),
      setWaiting: (next: WaitingCommand[] | null) => shown.update(order(next)),
    };
  },
  hint: (name: 'please-click' | 'sign-in-goes-on', theme: Settings['theme'] = 'system') =>
    showHint(hintOrder(name, theme)),
};
export type NoticeStage = typeof stage;
Object.assign(globalThis, { noticeScript: stage });
