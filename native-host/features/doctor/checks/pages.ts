import { type Check, inline, ok, skip } from '../check.ts';
import { recentDecisions } from '../connected.ts';
import { REPORT_PAGE, unknownPage } from '../unknown-page.ts';

/** Whether AWS shows approval pages that awsher does not know. Nothing here is broken then: the person clicks. */
export const pages: Check = {
  id: 'pages',
  title: "AWS's approval pages",
  async run(context) {
    const lists = await recentDecisions(context);
    if (lists.length === 0) return skip('No connected browser reports which pages it saw.');
    const unknown = [...new Set(lists.flatMap((list) => unknownPage(list) ?? []))];
    return unknown.length === 0
      ? ok('awsher knows every page it saw.')
      : skip(unknown.map((page) => `awsher does not know the page ${inline(page)}`).join('\n'), REPORT_PAGE);
  },
};
