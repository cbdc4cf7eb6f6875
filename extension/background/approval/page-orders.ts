import type { Settings } from '../../../shared/protocol/internal.ts';
import type { NoticeState } from '../../../shared/protocol/notice-words.ts';
import type { PageLook, PageOrder } from '../../../shared/protocol/page.ts';
import { now } from '../../platform/time.ts';
import { direction, locale, setLanguage, t } from '../../ui/i18n.ts';
import { ago } from '../../ui/times.ts';
import { settingsSlot } from '../memory/state.ts';
import type { WaitingCommand } from '../request/waiting-here.ts';
import { hintCss, noticeCss } from './notice-style.ts';

type NoticeOrder = Extract<PageOrder, { do: 'notice' }>;
type HintOrder = Extract<PageOrder, { do: 'hint' }>;
type Theme = Settings['theme'];

/** What a notice is about. `waiting`: what waits on this computer, `null` where that is not known. */
export interface NoticeSubject extends Pick<NoticeOrder, 'id' | 'state' | 'code' | 'host'> {
  kind: 'code' | 'consent';
  waiting: readonly WaitingCommand[] | null;
  /** A sign-in command runs here that may ask somebody else's server. */
  endpointOverride: boolean;
  /** Device codes are turned off on this computer. */
  never: boolean;
}

/**
 * What awsher shows inside a page comes with every text it needs: the language and the theme that the person chose are
 * in the extension's storage, and a content script has no business there.
 */
export async function noticeFor(subject: NoticeSubject): Promise<NoticeOrder> {
  return noticeOrder(subject, await chosenTheme());
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
  { kind, waiting, endpointOverride, never, ...subject }: NoticeSubject,
  theme: Theme,
): NoticeOrder {
  const running = waiting?.some(({ session }) => session === null) === true;
  return {
    do: 'notice',
    ...subject,
    look: lookOf(noticeCss(theme)),
    words: {
      name: t('extensionName'),
      title: t(never ? 'noticeTitleNever' : titleOf(subject.state, running)),
      lead: never ? t('noticeNever') : leadOf(subject.state, waiting, running, endpointOverride),
      body: t(kind === 'code' ? 'noticeCode' : 'noticeConsent'),
      code: t('noticeCodeLabel'),
      page: t('noticePage'),
      waiting: t('noticeWaiting'),
      running: t('noticeRunning'),
      leave: t('noticeLeave'),
      differ: t('noticeDiffer'),
      match: t('noticeMatch'),
      mine: t(running ? 'noticeMineHere' : 'noticeMine'),
      sureTitle: t('noticeSureTitle'),
      sureBody: t('noticeSureBody'),
      sureGoOn: t('noticeSureGoOn'),
      back: t('back'),
    },
    waiting: waiting?.map((one) => ({ ...one, line: lineOf(one) })) ?? null,
  };
}

function titleOf(state: NoticeState, running: boolean) {
  if (state === 'checking') return 'noticeTitleChecking';
  if (state === 'compare') return 'noticeTitleCompare';
  // A command of another tool asks AWS without telling anybody its code: then the claim that nobody asked is too much.
  return running ? 'noticeTitleUnsure' : 'noticeTitle';
}

function leadOf(
  state: NoticeState,
  waiting: readonly WaitingCommand[] | null,
  running: boolean,
  endpointOverride: boolean,
): string {
  if (state === 'checking') return t('noticeLooking');
  if (state === 'compare') return t('noticeCompare');
  if (waiting === null) return t('noticeNotKnown');
  if (endpointOverride) return t('askEndpoint');
  return running ? t('noticeUnsure') : t('noticeNothingWaiting');
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
  return { do: 'hint', look: lookOf(hintCss(theme)), line };
}

const lookOf = (css: string): PageLook => ({ language: locale(), direction: direction(), css });
