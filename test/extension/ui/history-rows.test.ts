import { describe, expect, it } from 'vitest';
import { filterRows, historyRows, isForeign } from '../../../extension/ui/history-rows.ts';
import type { LoggedDecision } from '../../../shared/approval/decision-log.ts';

const MINUTE = 60_000;
let id = 1_000;
/** The log is newest first: each has a smaller id than the one before. */
const decision = (
  minutesAgo: number,
  act: LoggedDecision['act'],
  parts: Partial<LoggedDecision> = {},
): LoggedDecision => {
  id -= 1;
  return {
    id,
    at: 1_000 * MINUTE - minutesAgo * MINUTE,
    kind: 'sign-in',
    session: 'corp',
    codeEnd: 'AB',
    command: 'awsher login',
    host: 'corp.awsapps.com',
    act,
    reason: 'all-checks-passed',
    ...parts,
  };
};
const FOREIGN = { kind: 'foreign', session: null, command: null } as const;
const words = ({ outcome }: { outcome: string }) => outcome;

describe('historyRows', () => {
  it('makes one row of the steps of a sign-in, with its end', () => {
    const rows = historyRows([
      decision(1, 'approved'),
      decision(1, 'pressed-allow'),
      decision(2, 'pressed-confirm'),
    ]);
    expect(rows).toMatchObject([{ outcome: 'approved', session: 'corp' }]);
  });

  it('keeps apart what only looks alike: another time, another code, approved twice', () => {
    const rows = historyRows([
      decision(1, 'approved'),
      decision(1, 'approved'),
      decision(2, 'approved', { codeEnd: 'CD' }),
      decision(40, 'pressed-confirm'),
    ]);
    expect(rows.map(({ outcome }) => outcome)).toEqual(['approved', 'approved', 'approved', 'pressed']);
  });

  it('lets no later step hide an alarm, and says so when the person took it on', () => {
    const warned = historyRows([decision(1, 'left', FOREIGN), decision(2, 'warned', FOREIGN)]);
    expect(warned.map(({ outcome }) => outcome)).toEqual(['warned']);
    expect(warned.every(isForeign)).toBe(true);
    const taken = historyRows([decision(1, 'accepted', FOREIGN), decision(2, 'warned', FOREIGN)]);
    expect(taken.map(({ outcome }) => outcome)).toEqual(['accepted']);
  });
});

describe('filterRows', () => {
  const rows = historyRows([
    decision(1, 'warned', FOREIGN),
    decision(2, 'approved'),
    decision(3, 'declined', { kind: 'hand-over', command: 'assume', session: null }),
  ]);
  it.each([
    ['all', '', ['warned', 'approved', 'declined']],
    ['approved', '', ['approved']],
    ['stopped', '', ['warned', 'declined']],
    ['all', 'CORP login', ['approved']],
    ['all', 'warned', ['warned']],
    ['stopped', 'assume', ['declined']],
    ['all', 'nothing like it', []],
  ] as const)('%s and "%s"', (filter, typed, outcomes) => {
    expect(filterRows(rows, filter, typed, words).map(({ outcome }) => outcome)).toEqual(outcomes);
  });
});
