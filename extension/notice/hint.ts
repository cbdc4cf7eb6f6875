import { drawing, element, island } from './dom.ts';
import { DOOR, PROMPT, WALL } from './mark.ts';
import { HINT_CSS } from './style.ts';

/**
 * A line at the lower edge of the page that says what the person has to do. It takes no clicks and covers no button:
 * pointers go through it.
 */
export function showHint({ text }: { text: string }): { remove(): void } {
  const { host, shadow } = island(HINT_CSS);
  const mark = drawing('mark', '0 0 32 32', [
    ['wall', WALL],
    ['door', DOOR],
    ['prompt', PROMPT],
  ]);
  const words = element('span', '');
  const line = element('div', 'line', mark, words);
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
