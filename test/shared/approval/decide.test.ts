import * as fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { CHECKS } from '../../../shared/approval/checks.ts';
import { decide } from '../../../shared/approval/decide.ts';
import { newerFacts, PAGE_FACTS } from '../../../shared/approval/page-facts.ts';
import { PageFacts, type Route } from '../../../shared/approval/page-facts-schema.ts';
import { HOSTILE } from './hostile-scenes.ts';
import { confirmScene, HOST, OURS, THEIRS } from './scenes.ts';

const PRESSES = ['press-confirm', 'press-allow'];
const without = (names: readonly string[]) => CHECKS.filter(({ name }) => !names.includes(name));

describe('an attack', () => {
  it.each(HOSTILE)('$name: $act, $reason', ({ scene, act, reason }) => {
    expect(decide(scene)).toMatchObject({ act, reason });
  });
});

describe('each check is needed', () => {
  const stopped = HOSTILE.filter(({ by }) => by.length > 0);

  it.each(stopped)('$name is approved without $by', ({ scene, by }) => {
    expect(PRESSES).toContain(decide(scene, without(by)).act);
  });

  it.each(stopped.filter(({ by }) => by.length > 1))(
    '$name is stopped by each of $by alone',
    ({ scene, by }) => {
      for (const kept of by) {
        expect(PRESSES).not.toContain(decide(scene, without(by.filter((name) => name !== kept))).act);
      }
    },
  );

  it.each(CHECKS.map(({ name }) => name))('%s alone stops an attack of the table', (name) => {
    expect(HOSTILE.some(({ by }) => by.length === 1 && by[0] === name)).toBe(true);
  });

  it('the table names no check that does not exist', () => {
    const names = new Set(CHECKS.map(({ name }) => name));
    expect(HOSTILE.flatMap(({ by }) => by).filter((name) => !names.has(name))).toEqual([]);
    expect(names.size).toBe(CHECKS.length);
  });
});

it('gives the same answer to the same scene, and changes nothing in it', () => {
  for (const { scene } of HOSTILE) {
    const before = JSON.stringify(scene);
    expect(decide(scene)).toEqual(decide(scene));
    expect(JSON.stringify(scene)).toBe(before);
  }
});

/** What a host may tell of addresses, by whatever makes the most of it. */
const anyRoute = fc.record<Route>({
  page: fc.constantFrom('device', 'consent', 'authorization'),
  place: fc.constantFrom('fragment', 'query'),
  path: fc.constantFrom(
    '/',
    '/device',
    '/start',
    '/platform',
    '/authorize',
    '/accounts',
    '/console',
    '/mail',
  ),
  parameter: fc.constantFrom(
    'user_code',
    'deviceContextId',
    'clientId',
    'clientType',
    'request_uri',
    'account_id',
    'workflowResultHandle',
    'redirect_uri',
  ),
  lastSeen: fc.constant('2026-11'),
  source: fc.constant('page-report'),
});
/** The routes that count once a host has told facts with these. */
const learned = (routes: Route[]): readonly Route[] => {
  const told = v.parse(PageFacts, { ...PAGE_FACTS, asOf: '2099-01-01', routes });
  return newerFacts(PAGE_FACTS, told).routes;
};

describe('facts that a host tells', () => {
  it('let none of these attacks through, whatever routes they name', () => {
    fc.assert(
      fc.property(fc.array(anyRoute, { maxLength: 6 }), fc.constantFrom(...HOSTILE), (routes, { scene }) => {
        const before = decide(scene);
        const { act } = decide({ ...scene, routes: learned(routes) });
        expect(PRESSES).not.toContain(act);
        // A notice over a code stays one.
        if (before.reason === 'foreign-code') expect(act).toBe('warn');
      }),
      { numRuns: 5_000 },
    );
  });

  it('teach a new form of an address, where all checks are as ever', () => {
    const route = { page: 'device', place: 'fragment', path: '/activate', parameter: 'userCode' } as const;
    const routes = learned([{ ...route, lastSeen: '2026-11', source: 'page-report' }]);
    const at = (code: string, host = HOST) => `https://${host}/start/#/activate?userCode=${code}`;
    expect(decide(confirmScene({ address: at(OURS) })).act).toBe('wait');
    expect(decide(confirmScene({ address: at(OURS), routes })).act).toBe('press-confirm');
    const judged = (change: Parameters<typeof confirmScene>[0]) =>
      decide(confirmScene({ address: at(OURS), routes, ...change }));
    expect(judged({ address: at(THEIRS) })).toMatchObject({ act: 'warn', reason: 'foreign-code' });
    expect(judged({ book: [] })).toMatchObject({ act: 'warn', reason: 'foreign-code' });
    expect(judged({ reading: { shownCodes: [THEIRS] } }).reason).toBe('shown-code-differs');
    expect(judged({ address: at(OURS, 'rival.awsapps.com') }).reason).toBe('other-host');
    expect(judged({ address: at(OURS, 'evil.example') }).reason).toBe('not-aws');
    expect(judged({ address: `${at(OURS)}&user_code=${THEIRS}` }).reason).toBe('no-code-in-address');
    expect(judged({ tab: { tabId: 99 } }).reason).toBe('other-tab');
  });
});
