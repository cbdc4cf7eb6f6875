import type { PageOrder } from '../../shared/protocol/internal.ts';
import { button, drawing, element, island } from './dom.ts';
import { BAR, DOOR, WALL } from './mark.ts';
import { noticeCss } from './style.ts';
import { keepOnTop } from './top-layer.ts';

export { showHint } from './hint.ts';

type NoticeOrder = Extract<PageOrder, { do: 'notice' }>;
/** Sign-ins that do wait on this computer. `null`: not known yet. */
type Waiting = NoticeOrder['waiting'];
type Words = NoticeOrder['words'];

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
 * `onChoice` is called once with the person's decision; the notice stays until it is removed or `mine` was chosen.
 */
export function showNotice(
  { look, words, waiting }: Omit<NoticeOrder, 'do'>,
  onChoice: (choice: 'leave' | 'mine') => void,
): Notice {
  const { host, shadow } = island(noticeCss(look.theme));
  const dialog = element('dialog', '');
  dialog.lang = look.language;
  dialog.dir = look.direction;
  dialog.setAttribute('role', 'alertdialog');
  dialog.setAttribute('aria-labelledby', 'title');
  dialog.setAttribute('aria-describedby', 'text');
  dialog.setAttribute('closedby', 'none');
  let release = (): void => {};
  const box = element('div', 'box');
  box.setAttribute('role', 'status');
  let told = '';
  let firstTitle = words.title;
  const title = element('h1', '');
  title.id = 'title';
  const mine = button('', '', (event) => askAgain(event.timeStamp));
  const setWaiting = (next: Waiting): void => {
    // The same again is nothing that a screen reader should say again.
    const same = JSON.stringify(next?.map(({ line: _line, ...what }) => what) ?? null);
    if (same === told) return;
    told = same;
    // A command of another tool asks AWS without telling anybody its code: then the claim that nothing asked is too much.
    const unsure = next?.some(({ session }) => session === null) === true;
    firstTitle = unsure ? words.titleUnsure : words.title;
    if (mine.isConnected) title.textContent = firstTitle;
    mine.textContent = unsure ? words.mineHere : words.mine;
    box.replaceChildren(...waitingHere(next, words));
  };

  const show = (step: Step): void => {
    title.textContent = step.title;
    const text = element('div', '', ...step.text);
    text.id = 'text';
    dialog.replaceChildren(
      element('div', 'by', closedDoor(), words.name),
      title,
      text,
      element('div', 'actions', step.first, step.second),
    );
    step.first.autofocus = true;
    step.first.focus({ preventScroll: true });
    dialog.scrollTop = 0;
  };

  const askFirst = (): void =>
    show({
      title: firstTitle,
      text: [element('p', 'main', words.body), box],
      first: button('first', words.leave, () => onChoice('leave')),
      second: mine,
    });
  const askAgain = (since: number): void =>
    show({
      title: words.sureTitle,
      text: [element('p', 'main', words.sureBody)],
      first: button('first', words.back, askFirst),
      second: button('', words.sureGoOn, (event) => {
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

function waitingHere(waiting: Waiting, words: Words): HTMLElement[] {
  if (!waiting) return [element('p', '', words.looking)];
  if (waiting.length === 0) return [element('p', '', words.nothingWaiting)];
  const list = (heading: string, listed: NonNullable<Waiting>): HTMLElement[] => {
    if (listed.length === 0) return [];
    const items = listed.map(({ line }) => element('li', '', line));
    return [element('p', '', heading), element('ul', '', ...items)];
  };
  return [
    ...list(
      words.running,
      waiting.filter(({ session }) => session === null),
    ),
    ...list(
      words.waiting,
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
