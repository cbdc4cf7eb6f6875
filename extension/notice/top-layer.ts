import { every } from '../platform/ticker.ts';

const LOOK_MS = 400;

/**
 * Keeps a modal dialog in `host` the topmost thing of the page until it is released: puts it back when the page
 * re-renders its document, when it is closed or made inert, and when the page opens a dialog, a popover or a full
 * screen above it. What lies below a modal dialog can be reached by neither pointer nor keyboard.
 */
export function keepOnTop(host: HTMLElement, dialog: HTMLDialogElement): () => void {
  const raise = (): void => {
    // `close` also clears what a removal from the document leaves behind; `showModal` would throw on it.
    if (dialog.open) dialog.close();
    dialog.showModal();
    // The browser has scrolled to what has the focus; what is said comes before what is pressed.
    dialog.scrollTop = 0;
  };
  const tend = (): void => {
    for (const name of host.getAttributeNames()) host.removeAttribute(name);
    const lost = !host.isConnected;
    if (lost) document.documentElement?.append(host);
    if (host.isConnected && (lost || !dialog.open || !isTopmost(host))) raise();
  };
  const observer = new MutationObserver(tend);
  observer.observe(document, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ['open', 'inert', 'hidden', 'style', 'popover', 'aria-hidden'],
  });
  // Opening a popover changes no attribute; its event does not bubble but can be captured.
  const onToggle = (event: Event): void => {
    if (event.target !== host) tend();
  };
  document.addEventListener('toggle', onToggle, true);
  document.addEventListener('fullscreenchange', tend);
  const stopLooking = every(LOOK_MS, tend);
  tend();
  return () => {
    observer.disconnect();
    document.removeEventListener('toggle', onToggle, true);
    document.removeEventListener('fullscreenchange', tend);
    stopLooking();
    if (dialog.open) dialog.close();
    host.remove();
  };
}

/** Whether the person would hit `host` in the middle and near the corners of the page. */
function isTopmost(host: HTMLElement): boolean {
  const { innerWidth: width, innerHeight: height } = window;
  if (width === 0 || height === 0) return true;
  return [
    [0.5, 0.5],
    [0.1, 0.1],
    [0.9, 0.1],
    [0.1, 0.9],
    [0.9, 0.9],
  ].every(([x = 0, y = 0]) => document.elementFromPoint(x * width, y * height) === host);
}
