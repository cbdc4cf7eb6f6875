/** Every text of the full-page notice by its name; the background sends them with the order that shows it. */
export const NOTICE_WORDS = [
  'name',
  'title',
  /** While a sign-in command runs here whose code awsher cannot know. */
  'titleUnsure',
  /** What the page in front of the person would do. */
  'body',
  'looking',
  'nothingWaiting',
  'waiting',
  'running',
  'leave',
  'mine',
  'mineHere',
  'sureTitle',
  'sureBody',
  'sureGoOn',
  'back',
] as const;
export type NoticeWord = (typeof NOTICE_WORDS)[number];
