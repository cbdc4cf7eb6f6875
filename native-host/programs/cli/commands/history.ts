import type { LoggedDecision } from '../../../../shared/approval/decision-log.ts';
import { AwsherError, toAwsherError } from '../../../../shared/errors/awsher-error.ts';
import { ANSWER_DEADLINE_MS, HISTORY_PAGE } from '../../../../shared/limits.ts';
import { shown } from '../../../base/formats/shown.ts';
import type { ConnectedHost } from '../../../base/link/find-hosts.ts';
import { REPORT_PAGE, unknownPage } from '../../../features/doctor/unknown-page.ts';
import { connectedBrowsers } from '../../../features/signin/browser-sign-in.ts';
import { type Command, text } from '../command.ts';
import { type HistoryLine, historyTable } from '../history/history-words.ts';
import { plain } from '../output.ts';

const DEFAULT_LIMIT = 20;
const MAX_LIMIT = 200;

export const command: Command = {
  declaration: {
    name: 'history',
    summary: 'Show which sign-ins awsher approved or stopped, and why',
    description: `Newest first, from every connected browser; each keeps its last ${MAX_LIMIT}. Only the last two characters of a code are shown.`,
    options: [
      { flag: '--limit', value: 'N', description: `How many to show (default ${DEFAULT_LIMIT})` },
      {
        flag: '--browser',
        value: 'LABEL',
        description: 'Only this connected browser, by label or name',
        completes: 'label',
      },
    ],
    examples: ['awsher history', 'awsher history --limit 200 --json'],
  },
  async run(context, invocation, output) {
    const limit = parseLimit(text(invocation, 'limit'));
    const wanted = text(invocation, 'browser');
    const hosts = await connectedBrowsers(context);
    try {
      const asked = hosts.filter(
        ({ browser, label }) => wanted === undefined || label === wanted || browser === wanted,
      );
      if (asked.length === 0) throw noBrowser(wanted);
      const lists: HistoryLine[][] = [];
      const failures: AwsherError[] = [];
      for (const host of asked) {
        try {
          lists.push(await listOf(host, limit));
        } catch (thrown) {
          const error = toAwsherError(thrown);
          failures.push(error);
          if (asked.length > 1) output.warn(`${plain(nameOf(host))}: ${plain(error.message)}`);
        }
      }
      const [failure] = failures;
      if (failure && lists.length === 0) throw failure;
      const lines = lists
        .flat()
        .sort((a, b) => b.decision.at - a.decision.at)
        .slice(0, limit);
      if (output.json) output.data(lines.map(asData));
      else if (lines.length === 0) output.tell('awsher has not seen an approval page yet.');
      else {
        output.answer(historyTable(lines, context.now(), output.answerStyle, output.room));
        for (const list of lists) {
          const unknown = unknownPage(list.map(({ decision }) => decision));
          if (unknown !== null)
            output.tell(`awsher does not know the page ${plain(unknown)}: ${REPORT_PAGE}.`);
        }
      }
    } finally {
      for (const host of hosts) host.close();
    }
  },
};

/** The newest decisions of one browser, a page at a time. */
async function listOf(host: ConnectedHost, limit: number): Promise<HistoryLine[]> {
  if (host.otherProtocol !== null) {
    throw new AwsherError('PROTOCOL_VERSION', 'The awsher host in this browser has a different version.', {
      hint: 'run `awsher install`, then restart the browser',
    });
  }
  const found: LoggedDecision[] = [];
  while (found.length < limit) {
    const wanted = Math.min(HISTORY_PAGE, limit - found.length);
    const { decisions } = await host.peer.call(
      'history.list',
      { before: found.at(-1)?.id ?? null, limit: wanted },
      { deadlineMs: ANSWER_DEADLINE_MS },
    );
    found.push(...decisions);
    if (decisions.length < wanted) break;
  }
  return found.map((decision) => ({ decision, browser: nameOf(host) }));
}

const nameOf = ({ browser, label }: ConnectedHost): string => label || browser;

function asData({ decision, browser }: HistoryLine): object {
  const { at, kind, session, codeEnd, command, host, act, reason } = decision;
  const when = new Date(at).toISOString();
  return { when, kind, session, codeEnd, command, host, act, reason, browser };
}

function parseLimit(typed: string | undefined): number {
  if (typed === undefined) return DEFAULT_LIMIT;
  const limit = Number(typed);
  if (/^\d+$/.test(typed) && limit >= 1 && limit <= MAX_LIMIT) return limit;
  throw new AwsherError('USAGE', `--limit takes a number from 1 to ${MAX_LIMIT}.`);
}

function noBrowser(wanted: string | undefined): AwsherError {
  return wanted === undefined
    ? new AwsherError('BROWSER_MISSING', 'No browser with awsher is connected.', {
        hint: 'start your browser; if awsher is not in it yet, run `awsher install`',
      })
    : new AwsherError(
        'BROWSER_MISSING',
        `No browser ${shown(wanted, (name) => `"${plain(name)}"`, 'with a name')} is connected.`,
        {
          hint: 'start it, or leave out `--browser`',
        },
      );
}
