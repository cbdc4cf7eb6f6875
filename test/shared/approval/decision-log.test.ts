import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import {
  appendDecision,
  codeEnd,
  LoggedDecision,
  MAX_LOGGED,
  pageOfLog,
} from '../../../shared/approval/decision-log.ts';
import { HISTORY_PAGE, MAX_MESSAGE_BYTES, MAX_NAME } from '../../../shared/limits.ts';
import { encodeEnvelope } from '../../../shared/protocol/envelope.ts';

const decision = {
  at: 1,
  kind: 'sign-in',
  session: 'corp',
  codeEnd: 'GH',
  command: 'awsher login',
  host: 'corp.awsapps.com',
  act: 'pressed-confirm',
  reason: 'all-checks-passed',
} as const;

const logOf = (count: number): LoggedDecision[] =>
  Array.from({ length: count }).reduce<LoggedDecision[]>((log) => appendDecision(log, decision), []);

describe('the log of decisions', () => {
  it('keeps the last 200, and its numbers go on when the oldest go', () => {
    const log = logOf(MAX_LOGGED + 3);
    expect(log).toHaveLength(200);
    expect([log[0]?.id, log.at(-1)?.id]).toEqual([4, 203]);
  });

  it('is read newest first, in pages that neither overlap nor leave one out', () => {
    const log = logOf(7);
    const ids = (before: number | null) => pageOfLog(log, { before, limit: 3 }).map(({ id }) => id);
    expect([ids(null), ids(5), ids(2), ids(1)]).toEqual([[7, 6, 5], [4, 3, 2], [1], []]);
  });

  it('takes no whole code', () => {
    expect(codeEnd('ABCD-EFGH')).toBe('GH');
    expect(codeEnd(undefined)).toBe(null);
    expect(v.safeParse(LoggedDecision, { id: 1, ...decision }).success).toBe(true);
    expect(v.safeParse(LoggedDecision, { id: 1, ...decision, codeEnd: 'ABCD-EFGH' }).success).toBe(false);
  });

  it('fits a message with a page of the longest entries', () => {
    const longest = '\u{1f511}'.repeat(MAX_NAME / 2);
    const entry = { id: 200, ...decision, session: longest, command: longest, host: longest };
    expect(v.safeParse(LoggedDecision, entry).success).toBe(true);
    const decisions = Array.from({ length: HISTORY_PAGE }, () => entry);
    const message = JSON.stringify(encodeEnvelope({ kind: 'result', id: 1, result: { decisions } }));
    expect(new TextEncoder().encode(message).length).toBeLessThan(MAX_MESSAGE_BYTES / 2);
  });
});
