import type { PageLook, PageOrder, Settings } from '../../shared/protocol/internal.ts';
import { now } from '../platform/time.ts';
import { direction, locale, setLanguage, t } from '../ui/i18n.ts';
import { ago } from '../ui/times.ts';
import { settingsSlot } from './state.ts';
import type { WaitingCommand } from './waiting-here.ts';

type NoticeOrder = Extract<PageOrder, { do: 'notice' }>;
type HintOrder = Extract<PageOrder, { do: 'hint' }>;
type Theme = Settings['theme'];

/**
 * What awsher shows inside a page comes with every text it needs: the language and the theme that the person chose are
 * in the extension's storage, and a content script has no business there.
 */
export async function noticeFor(
  kind: 'code' | 'consent',
  waiting: readonly WaitingCommand[] | null,
): Promise<NoticeOrder> {
  return noticeOrder(kind, waiting, await chosenTheme());
}

/** The line at the page's edge, likewise. */
export async function hintFor(hint: 'please-click' | 'sign-in-goes-on'): Promise<HintOrder> {
  return hintOrder(hint, await chosenTheme());
}

/** Speaks the chosen language from now on. Settings that cannot be read are no reason to leave a notice out. */
async function chosenTheme(): Promise<Theme> {
  try {
    const { language, theme } = await settingsSlot.read();
    await setLanguage(language);
    return theme;
  } catch {
    return 'system';
  }
}

/** The notice in the language that `t` speaks. */
export function noticeOrder(
  kind: 'code' | 'consent',
  waiting: readonly WaitingCommand[] | null,
  theme: Theme,
): NoticeOrder {
  return {
    do: 'notice',
    look: look(theme),
    words: {
      name: t('extensionName'),
      title: t('noticeTitle'),
      titleUnsure: t('noticeTitleUnsure'),
      body: kind === 'code' ? t('noticeCode') : t('noticeConsent'),
      looking: t('noticeLooking'),
      nothingWaiting: t('noticeNothingWaiting'),
      waiting: t('noticeWaiting'),
      running: t('noticeRunning'),
      leave: t('noticeLeave'),
      mine: t('noticeMine'),
      mineHere: t('noticeMineHere'),
      sureTitle: t('noticeSureTitle'),
      sureBody: t('noticeSureBody'),
      sureGoOn: t('noticeSureGoOn'),
      back: t('back'),
    },
    waiting: waiting?.map((one) => ({ ...one, line: lineOf(one) })) ?? null,
  };
}

function lineOf({ command, session, startedAt }: WaitingCommand): string {
  const since = ago(startedAt, now(), locale());
  return session === null
    ? t('noticeWaitingCommand', command, since)
    : t('noticeWaitingItem', command, session, since);
}

/** The line in the language that `t` speaks. */
export function hintOrder(hint: 'please-click' | 'sign-in-goes-on', theme: Theme): HintOrder {
  const line = hint === 'please-click' ? t('hintPleaseClick') : t('hintSignInGoesOn');
  return { do: 'hint', look: look(theme), line };
}

const look = (theme: Theme): PageLook => ({ language: locale(), direction: direction(), theme });
