import { type NoticeOptions, showHint, showNotice } from '../../../extension/notice/notice.ts';
import { noticeStrings } from '../../../extension/notice/strings.ts';

/** What a test page can do with the notice: the functions of the content script, and a list of the choices made. */
const choices: string[] = [];
const stage = {
  choices,
  notice: (kind: NoticeOptions['kind'], waiting: NoticeOptions['waiting']) =>
    showNotice({ kind, waiting, strings: noticeStrings(), onChoice: (choice) => choices.push(choice) }),
  hint: (name: 'please-click' | 'sign-in-goes-on') => showHint({ text: noticeStrings().hints[name] }),
};
export type NoticeStage = typeof stage;
Object.assign(globalThis, { noticeScript: stage });
