import * as v from 'valibot';
import { codeEnd } from '../../../shared/approval/decision-log.ts';
import { PageOutline, pageName, pageReport } from '../../../shared/approval/page-report.ts';
import { createNews } from '../../../shared/news.ts';
import type { PageCall } from '../../../shared/protocol/page.ts';
import { isRunning, isSignIn, type Request } from '../../../shared/request/request.ts';
import { browserName, version } from '../../platform/identity.ts';
import { askTab, describeTab } from '../../platform/tabs.ts';
import { type DecisionLog, ownerIn } from '../memory/decision-log.ts';
import { pageFacts } from '../memory/known-pages.ts';
import type { StateStore } from '../memory/state.ts';
import type { Requests } from '../request/requests.ts';

const OUTLINE: PageCall = { do: 'outline' };

/** Pages that were left to the person because awsher does not know them: named in the log, and told for a report. */
export function createPageReports(store: StateStore, requests: Requests, log: DecisionLog) {
  const changed = createNews();
  /** By sign-in. Lost with the background, and made again with the next step. */
  const reports = new Map<string, string>();

  async function tell(request: Request): Promise<void> {
    const { id, tabId, code } = request;
    const userCode = code?.userCode ?? null;
    const entry = store.get().book.find((one) => one.userCode === userCode);
    const tab = tabId === null ? null : await describeTab(tabId);
    const address = tab?.url ?? entry?.page;
    if (tabId === null || !tab || address === undefined) return;
    const page = pageName(address);
    if (!reports.has(id) && !tab.isPrivate)
      log.said({
        ...ownerIn(request),
        codeEnd: codeEnd(userCode),
        host: page,
        act: 'left',
        reason: 'unknown-page',
      });
    const told = v.safeParse(PageOutline, await askTab(tabId, OUTLINE));
    const outline = told.success ? told.output : null;
    reports.set(
      id,
      pageReport({ page, version: version(), browser: browserName(), asOf: pageFacts().asOf, outline }),
    );
    changed.tell();
  }

  requests.onTold((request) => {
    if (!isRunning(request)) reports.delete(request.id);
    else if (isSignIn(request) && request.step === 'click-needed') void tell(request);
  });
  return {
    all: (): ReadonlyMap<string, string> => reports,
    onChange: changed.hear,
  };
}
export type PageReports = ReturnType<typeof createPageReports>;
