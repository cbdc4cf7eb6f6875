import type { Style } from '../output.ts';
import { clip, pad, width } from '../width.ts';
import { type Entry, fuzzySearch, prepare } from './fuzzy.ts';

/** A key that was pressed: a name for those that do something, else the text that it types. */
export type Key =
  | { readonly name: 'up' | 'down' | 'page-up' | 'page-down' | 'home' | 'end' }
  | { readonly name: 'enter' | 'escape' | 'interrupt' | 'backspace' | 'clear' | 'delete-word' }
  | { readonly name: 'text'; readonly text: string };

/** What a key did: the list goes on, or it is over. */
export type Pressed<T> =
  | { readonly kind: 'open' }
  | { readonly kind: 'chosen'; readonly value: T }
  | { readonly kind: 'left' }
  | { readonly kind: 'interrupted' };

export interface PickList<T> {
  press(key: Key): Pressed<T>;
  /** More entries, or others; the query and the place stay. */
  replace(entries: readonly Entry<T>[]): void;
  /** Lines as the terminal is to show them; the first one is that of the query, where the cursor stands at `column`. */
  view(rows: number, columns: number, style: Style): { lines: string[]; column: number };
}

const OPEN = { kind: 'open' } as const;
const MOST_ROWS = 12;

/** A list that is narrowed by typing. Labels and details must be safe for a terminal. Pure. */
export function createPickList<T>(title: string, entries: readonly Entry<T>[]): PickList<T> {
  let prepared = prepare(entries);
  let [query, at, top, height] = ['', 0, 0, MOST_ROWS];
  let found = fuzzySearch(prepared, query);

  function search(next: string): void {
    query = next;
    found = fuzzySearch(prepared, query);
    [at, top] = [0, 0];
  }

  function move(by: number, round = false): void {
    const last = found.length - 1;
    const next = at + by;
    if (round && next < 0) at = last;
    else if (round && next > last) at = 0;
    else at = Math.max(0, Math.min(last, next));
  }

  return {
    press(key) {
      switch (key.name) {
        case 'enter': {
          const entry = found[at];
          return entry === undefined ? OPEN : { kind: 'chosen', value: entry.value };
        }
        case 'escape':
          return { kind: 'left' };
        case 'interrupt':
          return { kind: 'interrupted' };
        case 'up':
          move(-1, true);
          break;
        case 'down':
          move(1, true);
          break;
        case 'page-up':
          move(-height);
          break;
        case 'page-down':
          move(height);
          break;
        case 'home':
          move(-found.length);
          break;
        case 'end':
          move(found.length);
          break;
        case 'backspace':
          search([...query].slice(0, -1).join(''));
          break;
        case 'clear':
          search('');
          break;
        case 'delete-word':
          search(query.replace(/\S*\s*$/, ''));
          break;
        case 'text':
          search((query + key.text).slice(0, 200));
          break;
      }
      return OPEN;
    },
    replace(more) {
      const here = found[at]?.label;
      prepared = prepare(more);
      found = fuzzySearch(prepared, query);
      const again = found.findIndex(({ label }) => label === here);
      at = Math.max(0, query === '' || again < 0 ? Math.min(at, found.length - 1) : again);
    },
    view(rows, columns, style) {
      height = Math.max(1, Math.min(MOST_ROWS, rows - 3, Math.max(found.length, 1)));
      if (at < top) top = at;
      if (at >= top + height) top = at - height + 1;
      const shown = found.slice(top, top + height);
      const widest = shown.reduce((most, { label }) => Math.max(most, width(label)), 0);
      const room = Math.max(10, columns - 3);
      // In a narrow terminal the name alone, whole, is worth more than half of both.
      const narrow = room < 56;
      const labelRoom = Math.min(widest, narrow ? room : Math.floor(room * 0.6));
      const head = `${title} `;
      const lines = [
        `${style.green('?')} ${style.bold(head)}${query}`,
        ...shown.map(({ label, detail }, index) => {
          const line = pad(clip(label, labelRoom), labelRoom);
          const more = room - labelRoom < 8 ? '' : `  ${clip(detail, room - labelRoom - 2)}`;
          return top + index === at
            ? `${style.green('❯')} ${style.bold(line)}${more}`
            : `  ${line}${style.dim(more)}`;
        }),
      ];
      if (found.length === 0) lines.push(style.dim('  no match'));
      const count =
        found.length === prepared.length
          ? prepared.length.toLocaleString('en')
          : `${found.length.toLocaleString('en')} of ${prepared.length.toLocaleString('en')}`;
      const keys = narrow ? 'type, enter, esc' : 'type to search · enter to choose · esc to cancel';
      lines.push(style.dim(clip(`  ${count} · ${keys}`, room)));
      return { lines, column: 2 + head.length + width(query) };
    },
  };
}
