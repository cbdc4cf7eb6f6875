import type { LoggedDecision } from '../../../shared/approval/decision-log.ts';

/** How a page in a new form gets known. */
export const REPORT_PAGE =
  'report it with "Copy page report", which the popup offers while such a page waits (docs/troubleshooting.md)';

/**
 * The page, host and path, that awsher left to the person because it does not know it. `null` where it has pressed a button since:
 * it knows the pages again. `decisions`: of one browser, newest first.
 */
export function unknownPage(decisions: readonly LoggedDecision[]): string | null {
  const last = decisions.find(({ act, reason }) => reason === 'unknown-page' || act === 'pressed-allow');
  return last?.reason === 'unknown-page' ? last.host : null;
}
