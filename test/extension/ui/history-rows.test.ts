import { describe, expect, it } from 'vitest';
import { filterRows, historyRows, sessionsOf } from '../../../extension/ui/history-rows.ts';
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
    const taken = historyRows([decision(1, 'accepted', FOREIGN), decision(2, 'warned', FOREIGN)]);
    expect(taken.map(({ outcome }) => outcome)).toEqual(['accepted']);
  });
});

describe('filterRows', () => {
  const rows = historyRows([
    decision(1, 'warned', FOREIGN),
    decision(2, 'approved'),
    decision(3, 'declined', { kind: 'hand-over', command: 'assume', session: null }),
    decision(4, 'accepted', { ...FOREIGN, codeEnd: 'ZZ' }),
  ]);
  it.each([
    ['all', '', ['warned', 'approved', 'declined', 'accepted']],
    ['approved', '', ['approved', 'accepted']],
    ['stopped', '', ['warned', 'declined']],
    ['all', 'CORP login', ['approved']],
    ['all', 'warned', ['warned']],
    ['stopped', 'assume', ['declined']],
    ['all', 'nothing like it', []],
  ] as const)('%s and "%s"', (filter, typed, outcomes) => {
    expect(
      filterRows(rows, { outcome: filter, session: null, typed }, words).map(({ outcome }) => outcome),
    ).toEqual(outcomes);
  });

  it('one session, and what it is asked together with', () => {
    const two = historyRows([
      decision(1, 'approved', { session: 'lab' }),
      decision(2, 'declined', { session: 'lab', codeEnd: 'CD' }),
      decision(3, 'approved'),
      decision(4, 'warned', FOREIGN),
    ]);
    const of = (session: string | null, outcome: 'all' | 'approved' = 'all') =>
      filterRows(two, { outcome, session, typed: '' }, words).map((row) => row.session);
    expect(of('lab')).toEqual(['lab', 'lab']);
    expect(of('lab', 'approved')).toEqual(['lab']);
    expect(of(null)).toHaveLength(4);
    expect(of('gone')).toEqual([]);
  });
});

describe('sessionsOf', () => {
  it('names each session once, in order, and offers no choice where there is none', () => {
    const corp = [decision(1, 'approved'), decision(20, 'approved')];
    expect(sessionsOf(historyRows([]))).toEqual([]);
    expect(sessionsOf(historyRows(corp))).toEqual([]);
    expect(sessionsOf(historyRows([...corp, decision(30, 'warned', FOREIGN)]))).toEqual(['corp']);
    expect(sessionsOf(historyRows([...corp, decision(30, 'left', { session: 'alpha' })]))).toEqual([
      'alpha',
      'corp',
    ]);
  });
});
