import type { PageOrder } from '../../shared/protocol/page.ts';
import { button, element, island } from './dom.ts';
import { BAR, mark, shield } from './mark.ts';
import { keepOnTop } from './top-layer.ts';

export { showHint } from './hint.ts';

type NoticeOrder = Omit<Extract<PageOrder, { do: 'notice' }>, 'do'>;
export type Choice = 'leave' | 'mine' | 'match';

/** A click on the place of a button that was there before must not fall through to the one that is there now. */
const SETTLE_MS = 600;

export interface Notice {
  remove(): void;
  /** What is known changed. Where it is about something else than before, the notice begins anew. */
  update(order: NoticeOrder): void;
}

/**
 * Covers the page: awsher does not know who asked for the sign-in that the page is about, or knows that nobody here did. It
 * lets no button of the page be reached, by pointer or keyboard, until the person has decided. Leaving comes first.
 * `onChoice` hears the person's decision and which notice it is about; the notice stays until it is removed.
 */
export function showNotice(first: NoticeOrder, onChoice: (choice: Choice, id: string) => void): Notice {
  let order = first;
  let sure = false;
  let told = '';
  let shownAt = 0;
  const { host, shadow } = island(first.look.css);
  const dialog = element('dialog', '');
  dialog.setAttribute('role', 'alertdialog');
  dialog.setAttribute('aria-labelledby', 'title');
  dialog.setAttribute('aria-describedby', 'text');
  dialog.setAttribute('closedby', 'none');
  const box = element('div', 'box');
  box.setAttribute('role', 'status');

  /** A button that counts only when it has been there for a moment. */
  const settled = (className: string, text: string, press: () => void): HTMLButtonElement =>
    button(className, text, ({ timeStamp }) => {
      if (timeStamp - shownAt >= SETTLE_MS) press();
    });

  function draw(): void {
    const { look, words, state } = order;
    dialog.lang = look.language;
    dialog.dir = look.direction;
    dialog.className = state;
    const title = element('h1', '', sure ? words.sureTitle : words.title);
    title.id = 'title';
    const text = element('div', '', ...(sure ? sureText(order) : firstText(order, box)));
    text.id = 'text';
    const buttons = sure ? sureButtons() : firstButtons();
    dialog.replaceChildren(
      element('div', 'by', mark(BAR), words.name),
      element('div', 'card', ...(state === 'stranger' && !sure ? [shield()] : []), title, text),
      element('div', 'actions', ...buttons),
    );
    const [leave] = buttons;
    if (leave) {
      leave.autofocus = true;
      leave.focus({ preventScroll: true });
    }
    dialog.scrollTop = 0;
    shownAt = performance.now();
  }

  function firstButtons(): HTMLButtonElement[] {
    const { words, state, id } = order;
    const leave = button('first', state === 'compare' ? words.differ : words.leave, () =>
      onChoice('leave', id),
    );
    if (state === 'checking') return [leave];
    if (state === 'compare') return [leave, settled('', words.match, () => onChoice('match', id))];
    return [leave, button('', words.mine, () => turn(true))];
  }

  function sureButtons(): HTMLButtonElement[] {
    const { words, id } = order;
    return [
      button('first', words.back, () => turn(false)),
      settled('', words.sureGoOn, () => onChoice('mine', id)),
    ];
  }

  function turn(next: boolean): void {
    sure = next;
    draw();
  }

  // Escape is no decision. Browsers close on a second Escape whatever is prevented; then the dialog is opened again.
  dialog.addEventListener('cancel', (event) => event.preventDefault());
  dialog.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') event.preventDefault();
    event.stopPropagation();
  });
  shadow.append(dialog);

  function update(next: NoticeOrder): void {
    const before = order;
    order = next;
    if (next.id !== before.id || next.state !== before.state) sure = false;
    else if (sure) return;
    // The same again is nothing that a screen reader should say again, nor a reason to take the focus.
    const text = JSON.stringify({ ...next, waiting: next.waiting?.map(({ line: _line, ...what }) => what) });
    if (text === told) return;
    told = text;
    box.replaceChildren(...waitingHere(next));
    draw();
  }

  update(first);
  const release = keepOnTop(host, dialog);
  return { remove: release, update };
}

function firstText(order: NoticeOrder, box: HTMLElement): Node[] {
  const { words, state } = order;
  const lead = element('p', 'main', words.lead);
  if (state === 'checking') return [lead, ...facts(order)];
  if (state === 'compare') return [...facts(order), lead, box];
  const found = (order.waiting?.length ?? 0) > 0 ? [box] : [];
  return [lead, ...facts(order), element('p', '', words.body), ...found];
}

const sureText = (order: NoticeOrder): Node[] => [
  ...facts(order),
  element('p', 'main', order.words.sureBody),
];

/** What the page is about, for the person to compare. */
function facts({ code, host, words }: NoticeOrder): Node[] {
  const page = element('p', 'page', `${words.page} `, element('bdi', '', host));
  if (code === null) return [page];
  const shown = element('output', 'code', code);
  shown.setAttribute('aria-label', `${words.code} ${code}`);
  return [shown, page];
}

function waitingHere({ waiting, words, state }: NoticeOrder): HTMLElement[] {
  const list = (heading: string, listed: NonNullable<NoticeOrder['waiting']>): HTMLElement[] => {
    if (listed.length === 0) return [];
    const items = listed.map(({ line }) => element('li', '', line));
    return [element('p', '', heading), element('ul', '', ...items)];
  };
  const running = waiting?.filter(({ session }) => session === null) ?? [];
  const own = waiting?.filter(({ session }) => session !== null) ?? [];
  return [...list(words.running, running), ...(state === 'compare' ? [] : list(words.waiting, own))];
}
