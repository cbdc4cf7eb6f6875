import { hintOrder, noticeOrder } from '../../../extension/background/page-orders.ts';
import type { WaitingCommand } from '../../../extension/background/waiting-here.ts';
import { showHint, showNotice } from '../../../extension/notice/notice.ts';
import type { Settings } from '../../../shared/protocol/internal.ts';

/** What a test page can do with the notice: the functions of the content script, and a list of the choices made. */
const choices: string[] = [];
const stage = {
  choices,
  notice(kind: 'code' | 'consent', waiting: WaitingCommand[] | null, theme: Settings['theme'] = 'system') {
    const shown = showNotice(noticeOrder(kind, waiting, theme), (choice) => choices.push(choice));
    return {
      remove: () => shown.remove(),
      setWaiting: (next: WaitingCommand[] | null) => shown.setWaiting(noticeOrder(kind, next, theme).waiting),
    };
  },
  hint: (name: 'please-click' | 'sign-in-goes-on', theme: Settings['theme'] = 'system') =>
    showHint(hintOrder(name, theme)),
};
export type NoticeStage = typeof stage;
Object.assign(globalThis, { noticeScript: stage });
