import type { PageOrder } from '../../shared/protocol/page.ts';
import { element, island } from './dom.ts';
import { mark, PROMPT } from './mark.ts';

type HintOrder = Extract<PageOrder, { do: 'hint' }>;

/**
 * A line at the lower edge of the page that says what the person has to do. It takes no clicks and covers no button:
 * pointers go through it.
 */
export function showHint({ line: text, look }: Pick<HintOrder, 'line' | 'look'>): { remove(): void } {
  const { host, shadow } = island(look.css);
  const words = element('span', '');
  const line = element('div', 'line', mark(PROMPT), words);
  line.lang = look.language;
  line.dir = look.direction;
  line.setAttribute('role', 'status');
  line.popover = 'manual';
  shadow.append(line);
  const attach = (): void => {
    if (host.isConnected || !document.documentElement) return;
    document.documentElement.append(host);
    line.showPopover();
    // Set after the region is there, so that screen readers say it.
    words.textContent = text;
  };
  // Some pages throw their whole document away when they render for the first time.
  const observer = new MutationObserver(attach);
  observer.observe(document, { childList: true, subtree: true });
  attach();
  return {
    remove() {
      observer.disconnect();
      host.remove();
    },
  };
}
