import { PAGE_FACTS } from '../../shared/approval/page-facts.ts';
import type { PageFacts } from '../../shared/approval/page-facts-schema.ts';
import type { ButtonSeen, PageReading } from '../../shared/approval/page-reading.ts';
import { isUserCode, userCodesIn } from '../../shared/approval/user-code.ts';
import { isCovered, isDisabled, isVisible } from './visible.ts';

/** Longest page text that is searched for codes; a consent or code page has a few hundred characters. */
const MAX_TEXT = 20_000;

type Part = PageFacts['confirm'];

/** Those of this build, until the background has newer ones. */
let facts = PAGE_FACTS;
export const factsAsOf = (): string => facts.asOf;
export function readBy(newer: PageFacts): void {
  facts = newer;
}

/** Whether an address has a mark of an approval page. */
export function hasRoute(address: string): boolean {
  const paths = facts.routes.flatMap(({ path }) => (path === '/' ? [] : [`[#/]${path.slice(1)}\\b`]));
  return new RegExp([...paths, ...parameters(), 'workflowResultHandle='].join('|'), 'i').test(address);
}

/** Whether an address names a code. */
export const namesCode = (address: string): boolean =>
  new RegExp(parameters('device').join('|'), 'i').test(address);

const parameters = (of?: 'device'): string[] =>
  facts.routes.filter(({ page }) => page === (of ?? page)).map(({ parameter }) => `[?&#]${parameter}=`);

/** What the page shows now, as plain facts. It changes nothing and decides nothing. */
export function readPage(): PageReading {
  return {
    confirm: describe(buttons(facts.confirm)),
    allow: describe(buttons(facts.allow)),
    shownCodes: shownCodes(),
    approved: elements(facts.approved).some(isVisible) || saysApproved(),
    error: elements(facts.failed).some(isVisible),
    blank: (document.body?.innerText ?? '').trim() === '',
  };
}

/**
 * The one button of a step, or `null` unless there is exactly one that a person could press now. The presser asks
 * again in the very task in which it clicks.
 */
export function theButton(step: 'confirm' | 'allow'): HTMLElement | null {
  const found = buttons(facts[step]);
  const visible = found.filter(isVisible);
  const [button] = visible;
  return visible.length === 1 && button instanceof HTMLElement && !isDisabled(button) && !isCovered(button)
    ? button
    : null;
}

/** Every element that matches a selector; the text is asked only on a page that has none of them. */
function buttons(part: Part): Element[] {
  const bySelector = elements(part);
  if (bySelector.length > 0) return bySelector;
  const wanted = new Set(part.texts.map(({ text }) => text));
  return [...document.querySelectorAll('button')].filter((button) =>
    wanted.has((button.textContent ?? '').trim()),
  );
}

const elements = ({ selectors }: Part): Element[] => [
  ...new Set(selectors.flatMap(({ selector }) => [...document.querySelectorAll(selector)])),
];

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
  for (const element of elements(facts.shownCode)) {
    const text = (element.textContent ?? '').trim();
    if (isVisible(element) && isUserCode(text)) codes.add(text);
  }
  for (const code of userCodesIn((document.body?.innerText ?? '').slice(0, MAX_TEXT))) codes.add(code);
  return [...codes].slice(0, 4);
}

function saysApproved(): boolean {
  const starts = (element: Element) =>
    facts.approved.texts.some(({ text }) => (element.textContent ?? '').trim().startsWith(text));
  const alerts = [...document.querySelectorAll('.awsui-context-alert')];
  if (alerts.some((alert) => isVisible(alert) && starts(alert))) return true;
  const headings = [...document.querySelectorAll('h1, h2, h3, [role="heading"], [role="status"]')];
  return headings.some(
    (heading) =>
      isVisible(heading) &&
      facts.approved.texts.some(({ text }) => (heading.textContent ?? '').trim() === text),
  );
}
