import { locale, type Translate, t } from '../ui/i18n.ts';

/** Every text of the notice and the hint line, in the browser's language. */
export interface NoticeStrings {
  /** For `lang` and for times. */
  locale: string;
  name: string;
  title: string;
  /** While a sign-in command runs here whose code awsher cannot know. */
  titleUnsure: string;
  /** What the page in front of the person would do, by the kind of page. */
  body: Record<'code' | 'consent', string>;
  looking: string;
  nothingWaiting: string;
  waiting: string;
  running: string;
  waitingItem: (command: string, session: string | null, ago: string) => string;
  leave: string;
  mine: string;
  mineHere: string;
  sureTitle: string;
  sureBody: string;
  sureGoOn: string;
  back: string;
  hints: Record<'please-click' | 'sign-in-goes-on', string>;
}

export function noticeStrings(translate: Translate = t, language: string = locale()): NoticeStrings {
  return {
    locale: language,
    name: translate('extensionName'),
    title: translate('noticeTitle'),
    titleUnsure: translate('noticeTitleUnsure'),
    body: { code: translate('noticeCode'), consent: translate('noticeConsent') },
    looking: translate('noticeLooking'),
    nothingWaiting: translate('noticeNothingWaiting'),
    waiting: translate('noticeWaiting'),
    running: translate('noticeRunning'),
    waitingItem: (command, session, ago) =>
      session === null
        ? translate('noticeWaitingCommand', command, ago)
        : translate('noticeWaitingItem', command, session, ago),
    leave: translate('noticeLeave'),
    mine: translate('noticeMine'),
    mineHere: translate('noticeMineHere'),
    sureTitle: translate('noticeSureTitle'),
    sureBody: translate('noticeSureBody'),
    sureGoOn: translate('noticeSureGoOn'),
    back: translate('back'),
    hints: {
      'please-click': translate('hintPleaseClick'),
      'sign-in-goes-on': translate('hintSignInGoesOn'),
    },
  };
}
