import type { LoggedDecision } from '../../../../shared/approval/decision-log.ts';
import { logTime } from '../../../base/formats/times.ts';
import { plain, type Style } from '../output.ts';
import { type Cell, table } from '../table.ts';

/** A decision and the label or name of the browser that made it. */
export interface HistoryLine {
  decision: LoggedDecision;
  browser: string;
}

const HEADINGS = ['WHEN', 'DECISION', 'WHY', 'SESSION', 'CODE', 'ASKED BY', 'PAGE'];

/** The decisions as a table of `room` columns for a person; which browser it was only where there are several. */
export function historyTable(
  lines: readonly HistoryLine[],
  now: number,
  style: Style,
  room = Number.POSITIVE_INFINITY,
): string {
  const several = new Set(lines.map(({ browser }) => browser)).size > 1;
  const head = [...HEADINGS, ...(several ? ['BROWSER'] : [])].map((text) => ({ text, paint: style.dim }));
  return table([head, ...lines.map((line) => row(line, several, now, style))], room);
}

function row({ decision, browser }: HistoryLine, several: boolean, now: number, style: Style): Cell[] {
  const { at, kind, session, codeEnd, command, host, act, reason } = decision;
  const { words, paint } = describe(act, style);
  const nobody = kind === 'foreign' ? 'nobody here' : '-';
  return [
    { text: logTime(at, now) },
    { text: words, paint },
    { text: reason.replaceAll('-', ' '), ...(act === 'warned' ? { paint } : {}) },
    { text: session === null ? '-' : plain(session), paint: style.bold },
    { text: codeEnd === null ? '-' : `…${codeEnd}` },
    { text: command === null ? nobody : plain(command), ...(act === 'warned' ? { paint } : {}) },
    { text: host === null ? '-' : plain(host) },
    ...(several ? [{ text: plain(browser) }] : []),
  ];
}

/** A warning has to stand out from a list of everyday approvals, in colour and without. */
function describe(
  act: LoggedDecision['act'],
  style: Style,
): { words: string; paint: (text: string) => string } {
  switch (act) {
    case 'pressed-confirm':
      return { words: '✓ confirmed', paint: style.green };
    case 'pressed-allow':
      return { words: '✓ allowed', paint: style.green };
    case 'approved':
      return { words: '✓ approved', paint: style.green };
    case 'warned':
      return { words: '✗ WARNED', paint: (text) => style.bold(style.red(text)) };
    case 'declined':
      return { words: '✗ declined by you', paint: style.yellow };
    case 'accepted':
      return { words: '✓ confirmed by you', paint: style.yellow };
    case 'failed':
      return { words: '! page failed', paint: style.yellow };
    case 'left':
      return { words: '- left to you', paint: style.dim };
    default:
      return act satisfies never;
  }
}
