import { now } from '../platform/time.ts';
import { ago } from '../ui/times.ts';
import { button, drawing, element, island } from './dom.ts';
import { BAR, DOOR, WALL } from './mark.ts';
import type { NoticeStrings } from './strings.ts';
import { NOTICE_CSS } from './style.ts';
import { keepOnTop } from './top-layer.ts';

export { showHint } from './hint.ts';

/**
 * Sign-ins that do wait on this computer, `startedAt` in milliseconds since 1970; `session` is `null` where only the
 * command is known. `null`: not known yet.
 */
type Waiting = readonly { command: string; session: string | null; startedAt: number }[] | null;

export interface NoticeOptions {
  /** `code`: the page shows a device code; `consent`: it asks to let a program in. */
  kind: 'code' | 'consent';
  waiting: Waiting;
  strings: NoticeStrings;
  /** Called once with the person's decision; the notice stays until it is removed or `mine` was chosen. */
  onChoice: (choice: 'leave' | 'mine') => void;
}

/** A second click on the place of the first button must not fall through to the second step. */
const SETTLE_MS = 600;

export interface Notice {
  remove(): void;
  /** What waits here changed, or became known. */
  setWaiting(waiting: Waiting): void;
}

/**
 * Covers the page: nothing on this computer asked for the sign-in that the page is about. It holds no code and lets
 * no button of the page be reached, by pointer or keyboard, until the person has decided. Leaving comes first.
 */
export function showNotice({ kind, waiting, strings, onChoice }: NoticeOptions): Notice {
  const { host, shadow } = island(NOTICE_CSS);
  const dialog = element('dialog', '');
  dialog.lang = strings.locale;
  dialog.setAttribute('role', 'alertdialog');
  dialog.setAttribute('aria-labelledby', 'title');
  dialog.setAttribute('aria-describedby', 'text');
  dialog.setAttribute('closedby', 'none');
  let release = (): void => {};
  const box = element('div', 'box');
  box.setAttribute('role', 'status');
  let told = '';
  let firstTitle = strings.title;
  const title = element('h1', '');
  title.id = 'title';
  const mine = button('', '', (event) => askAgain(event.timeStamp));
  const setWaiting = (next: Waiting): void => {
    // The same again is nothing that a screen reader should say again.
    if (JSON.stringify(next) === told) return;
    told = JSON.stringify(next);
    // A command of another tool asks AWS without telling anybody its code: then the claim that nothing asked is too much.
    const unsure = next?.some(({ session }) => session === null) === true;
    firstTitle = unsure ? strings.titleUnsure : strings.title;
    if (mine.isConnected) title.textContent = firstTitle;
    mine.textContent = unsure ? strings.mineHere : strings.mine;
    box.replaceChildren(...waitingHere(next, strings));
  };

  const show = (step: Step): void => {
    title.textContent = step.title;
    const text = element('div', '', ...step.text);
    text.id = 'text';
    dialog.replaceChildren(
      element('div', 'by', closedDoor(), strings.name),
      title,
      text,
      element('div', 'actions', step.first, step.second),
    );
    step.first.autofocus = true;
    step.first.focus();
  };

  const askFirst = (): void =>
    show({
      title: firstTitle,
      text: [element('p', 'main', strings.body[kind]), box],
      first: button('first', strings.leave, () => onChoice('leave')),
      second: mine,
    });
  const askAgain = (since: number): void =>
    show({
      title: strings.sureTitle,
      text: [element('p', 'main', strings.sureBody)],
      first: button('first', strings.back, askFirst),
      second: button('', strings.sureGoOn, (event) => {
        if (event.timeStamp - since < SETTLE_MS) return;
        release();
        onChoice('mine');
      }),
    });

  // Escape is no decision. Browsers close on a second Escape whatever is prevented; then the dialog is opened again.
  dialog.addEventListener('cancel', (event) => event.preventDefault());
  dialog.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') event.preventDefault();
    event.stopPropagation();
  });
  shadow.append(dialog);
  setWaiting(waiting);
  askFirst();
  release = keepOnTop(host, dialog);
  return { remove: () => release(), setWaiting };
}

interface Step {
  title: string;
  text: Node[];
  first: HTMLButtonElement;
  second: HTMLButtonElement;
}

function waitingHere(waiting: Waiting, strings: NoticeStrings): HTMLElement[] {
  if (!waiting) return [element('p', '', strings.looking)];
  if (waiting.length === 0) return [element('p', '', strings.nothingWaiting)];
  const list = (heading: string, listed: NonNullable<Waiting>): HTMLElement[] => {
    if (listed.length === 0) return [];
    const items = listed.map(({ command, session, startedAt }) => {
      const since = ago(startedAt, now(), strings.locale);
      return element('li', '', strings.waitingItem(command, session, since));
    });
    return [element('p', '', heading), element('ul', '', ...items)];
  };
  return [
    ...list(
      strings.running,
      waiting.filter(({ session }) => session === null),
    ),
    ...list(
      strings.waiting,
      waiting.filter(({ session }) => session !== null),
    ),
  ];
}

/** The mark with a bar where the prompt would pass. */
function closedDoor(): SVGElement {
  return drawing('mark', '0 0 32 32', [
    ['wall', WALL],
    ['door', DOOR],
    ['prompt', BAR],
  ]);
}
