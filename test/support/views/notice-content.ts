import { hintOrder, noticeOrder } from '../../../extension/background/approval/page-orders.ts';
import { showHint, showNotice } from '../../../extension/notice/notice.ts';

/**
 * The notice as it ships, in the isolated world of a content script, with the browser's own i18n. What a test wants
 * to know is left on the page: the choices, and how the browser drew what lies in the closed shadow root.
 */
const page = document.documentElement.dataset;

/** Both browsers let a content script look into the closed shadow roots of its page. */
function closedRoot(host: Element | null): ShadowRoot | null {
  const own: unknown = host && Reflect.get(host, 'openOrClosedShadowRoot');
  if (own instanceof ShadowRoot) return own;
  return host instanceof HTMLElement ? (globalThis.chrome.dom?.openOrClosedShadowRoot(host) ?? null) : null;
}

function start(): void {
  const stranger = { id: 'n1', state: 'stranger', code: 'WXYZ-2345', host: 'corp.awsapps.com' } as const;
  const notice = { ...stranger, kind: 'code', waiting: [], endpointOverride: false, never: false } as const;
  showNotice(noticeOrder(notice, 'system'), (choice) => {
    page.choice = choice;
  });
  const dialog = closedRoot(document.documentElement.lastElementChild)?.querySelector('dialog');
  if (dialog) {
    const { borderTopWidth, width, height } = getComputedStyle(dialog);
    page.drawn = `${borderTopWidth} ${width} ${height}`;
    page.title = dialog.querySelector('h1')?.textContent ?? '';
  }
  showHint(hintOrder('please-click', 'system'));
}

if (document.readyState === 'complete') start();
else addEventListener('load', start);
