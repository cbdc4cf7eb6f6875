import type { PageReading } from '../../shared/approval/page-reading.ts';
import { isCaught, LOOPBACK } from '../../shared/oidc/redirect.ts';
import type { PageMessage, PageOrder } from '../../shared/protocol/page.ts';
import { readPageCall, readPageOrder } from '../../shared/protocol/page-order.ts';
import { type Choice, type Notice, showHint, showNotice } from '../notice/notice.ts';
import { api } from '../platform/page-api.ts';
import { outline } from './outline.ts';
import { factsAsOf, hasRoute, namesCode, readBy, readPage, theButton } from './read-page.ts';

/**
 * On AWS's portal and device pages: says what it sees and presses one button when it is told to. It knows no code, no
 * token and no other message. On a page without an approval route it does nothing but wait for the address to change.
 */

/** While an approval page is open the report is repeated, which also wakes a background that was put to sleep. */
const REPEAT_MS = 1_000;

type PressOrder = Extract<PageOrder, { do: 'press' }>;

let repeat: ReturnType<typeof setInterval> | undefined;
let lastReport = '';
let notice: Notice | null = null;
let hint: { remove(): void } | null = null;

/**
 * Inactive tabs have no animation frames and their timers run once a second, so a burst of changes is not gathered by
 * a timer but by the answer: while one report is under way, later changes wait for it.
 */
let reporting = false;
let changed = false;
const observer = new MutationObserver(() => void report());

/** The background opened this tab for an approval whose page may have any address. */
let called = false;

/**
 * Whether the address may belong to an approval; on every other page this one test is all that ever runs. Letter case and
 * percent-encoding are no way round it.
 */
function concernsUs(): boolean {
  return (
    called ||
    hasRoute(location.href) ||
    hasRoute(location.href.replace(/%[0-7][0-9a-f]/gi, decodeURIComponent)) ||
    location.hostname.startsWith('device.sso.') ||
    isSignInHost()
  );
}

/** AWS's sign-in pages, which awsher sees only where the person allowed it. One without a code is told to nobody. */
const isSignInHost = (): boolean => location.hostname.endsWith('.signin.aws');
const hasCode = ({ shownCodes }: PageReading): boolean => shownCodes.length > 0 || namesCode(location.href);

function reportIfOurs(): void {
  if (window.top !== window) return;
  if (!concernsUs()) {
    observer.disconnect();
    clearInterval(repeat);
    repeat = undefined;
    return;
  }
  if (repeat === undefined) {
    observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    repeat = setInterval(() => {
      lastReport = '';
      void report();
    }, REPEAT_MS);
  }
  void report();
}

async function report(): Promise<void> {
  if (reporting) {
    changed = true;
    return;
  }
  reporting = true;
  try {
    do {
      changed = false;
      const reading = readPage();
      if (isSignInHost() && !hasCode(reading)) continue;
      const report = location.href + JSON.stringify(reading);
      if (report === lastReport) continue;
      lastReport = report;
      await obey(await tell({ type: 'page.seen', reading, facts: factsAsOf() }), reading);
    } while (changed);
  } finally {
    reporting = false;
  }
}

async function obey(order: PageOrder, reading: PageReading): Promise<void> {
  switch (order.do) {
    case 'press': {
      const outcome = press(order, reading) ? 'clicked' : 'changed';
      await obey(await tell({ type: 'page.pressed', nonce: order.nonce, outcome }), reading);
      return;
    }
    case 'notice':
      if (notice) notice.update(order);
      else notice = showNotice(order, (choice, id) => void choose(choice, id));
      return;
    case 'withdraw-notice':
      notice?.remove();
      notice = null;
      return;
    case 'read-by':
      readBy(JSON.parse(order.facts));
      lastReport = '';
      changed = true;
      return;
    case 'hint':
      hint ??= showHint(order);
      return;
    case 'nothing':
    case 'watch':
      hint?.remove();
      hint = null;
      return;
  }
}

/**
 * Reads the page again in the same task and clicks only if it is still at the address that was judged, and still shows what
 * the order was given for. Two consent pages may read alike.
 */
function press({ step, address }: PressOrder, expected: PageReading): boolean {
  const button = theButton(step);
  if (location.href !== address) return false;
  if (!button || JSON.stringify(readPage()) !== JSON.stringify(expected)) return false;
  button.click();
  return true;
}

async function choose(choice: Choice, id: string): Promise<void> {
  const order = await tell({ type: 'notice.choice', choice, notice: id, reading: readPage() });
  if (choice === 'leave') return location.replace('about:blank');
  await obey(order, readPage());
  lookAgain();
}

/** The same page may get another answer now. */
function lookAgain(): void {
  lastReport = '';
  reportIfOurs();
}

/** Asks the background. When it cannot answer (being updated, say), nothing is pressed. */
async function tell(message: PageMessage): Promise<PageOrder> {
  try {
    return readPageOrder(await api.runtime.sendMessage(message)) ?? { do: 'nothing' };
  } catch {
    return { do: 'nothing' };
  }
}

reportIfOurs();
api.runtime.onMessage.addListener((message, _sender, respond): true => {
  const call = readPageCall(message);
  called ||= call === 'look';
  respond(call === 'outline' ? outline() : null);
  if (call !== 'outline') lookAgain();
  return true;
});
addEventListener('hashchange', reportIfOurs);
addEventListener('popstate', reportIfOurs);
addEventListener('pageshow', reportIfOurs);
// The portal's router changes the address without a hashchange; where the browser tells of that too, we listen.
const navigation: unknown = Reflect.get(window, 'navigation');
if (navigation instanceof EventTarget) {
  navigation.addEventListener('currententrychange', reportIfOurs);
  navigation.addEventListener('navigate', (event) => {
    const to: unknown = Reflect.get(Reflect.get(event, 'destination') ?? {}, 'url');
    if (window.top !== window || typeof to !== 'string' || !to.startsWith(LOOPBACK)) return;
    if (isCaught(to)) event.preventDefault();
    // Another command's code is nothing to awsher.
    void tell({ type: 'page.left', to: isCaught(to) ? to : to.replace(/\bcode=[^&#]*/g, 'code=0') });
  });
}
