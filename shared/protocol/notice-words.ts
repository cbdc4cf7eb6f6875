/** What the full-page notice may be in; see `PageOrder`. */
export const NOTICE_STATES = ['checking', 'compare', 'stranger'] as const;
export type NoticeState = (typeof NOTICE_STATES)[number];

/** Every text of the full-page notice by its name; the background sends them with the order that shows it. */
export const NOTICE_WORDS = [
  'name',
  'title',
  /** Who may have asked, in a word. */
  'lead',
  /** What the page in front of the person would do. */
  'body',
  'code',
  'page',
  'waiting',
  'running',
  'leave',
  'differ',
  'match',
  'mine',
  'sureTitle',
  'sureBody',
  'sureGoOn',
  'back',
] as const;
export type NoticeWord = (typeof NOTICE_WORDS)[number];
