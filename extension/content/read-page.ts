import type { ButtonSeen, PageReading } from '../../shared/approval/page-reading.ts';
import { isUserCode, userCodesIn } from '../../shared/approval/user-code.ts';
import {
  ALLOW,
  ALLOW_TEXTS,
  APPROVED,
  APPROVED_TEXTS,
  CONFIRM,
  CONFIRM_TEXTS,
  FAILED,
  type Known,
  type KnownText,
  SHOWN_CODE,
} from './selectors.ts';
import { isCovered, isDisabled, isVisible } from './visible.ts';

/** Longest page text that is searched for codes; a consent or code page has a few hundred characters. */
const MAX_TEXT = 20_000;

/** What the page shows now, as plain facts. It changes nothing and decides nothing. */
export function readPage(): PageReading {
  return {
    confirm: describe(buttons(CONFIRM, CONFIRM_TEXTS)),
    allow: describe(buttons(ALLOW, ALLOW_TEXTS)),
    shownCodes: shownCodes(),
    approved: APPROVED.some(matchesVisible) || saysApproved(),
    error: FAILED.some(matchesVisible),
    blank: (document.body?.innerText ?? '').trim() === '',
  };
}

/**
 * The one button of a step, or `null` unless there is exactly one that a person could press now. The presser asks
 * again in the very task in which it clicks.
 */
export function theButton(step: 'confirm' | 'allow'): HTMLElement | null {
  const found = step === 'confirm' ? buttons(CONFIRM, CONFIRM_TEXTS) : buttons(ALLOW, ALLOW_TEXTS);
  const visible = found.filter(isVisible);
  const [button] = visible;
  return visible.length === 1 && button instanceof HTMLElement && !isDisabled(button) && !isCovered(button)
    ? button
    : null;
}

/** Every element that matches a selector; the text is asked only on a page that has none of them. */
function buttons(known: readonly Known[], texts: readonly KnownText[]): Element[] {
  const bySelector = new Set(known.flatMap(({ selector }) => [...document.querySelectorAll(selector)]));
  if (bySelector.size > 0) return [...bySelector];
  const wanted = new Set(texts.map(({ text }) => text));
  return [...document.querySelectorAll('button')].filter((button) =>
    wanted.has((button.textContent ?? '').trim()),
  );
}

function describe(found: readonly Element[]): ButtonSeen {
  const visible = found.filter(isVisible);
  const disabled = visible.filter(isDisabled).length;
  const usable = visible.length - disabled;
  const covered = usable === 1 && visible.some((button) => !isDisabled(button) && isCovered(button));
  const cap = (count: number) => Math.min(count, 50);
  return { present: cap(found.length), usable: cap(usable), disabled: cap(disabled), covered };
}

/** Codes that a person can read on the page: in AWS's own place for it, and anywhere else in its text. */
function shownCodes(): string[] {
  const codes = new Set<string>();
  for (const { selector } of SHOWN_CODE) {
    for (const element of document.querySelectorAll(selector)) {
      const text = (element.textContent ?? '').trim();
      if (isVisible(element) && isUserCode(text)) codes.add(text);
    }
  }
  for (const code of userCodesIn((document.body?.innerText ?? '').slice(0, MAX_TEXT))) codes.add(code);
  return [...codes].slice(0, 4);
}

function matchesVisible({ selector }: Known): boolean {
  return [...document.querySelectorAll(selector)].some(isVisible);
}

function saysApproved(): boolean {
  const starts = (element: Element) =>
    APPROVED_TEXTS.some(({ text }) => (element.textContent ?? '').trim().startsWith(text));
  const alerts = [...document.querySelectorAll('.awsui-context-alert')];
  if (alerts.some((alert) => isVisible(alert) && starts(alert))) return true;
  const headings = [...document.querySelectorAll('h1, h2, h3, [role="heading"], [role="status"]')];
  return headings.some(
    (heading) =>
      isVisible(heading) && APPROVED_TEXTS.some(({ text }) => (heading.textContent ?? '').trim() === text),
  );
}
