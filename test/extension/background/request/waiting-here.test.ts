import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createWaitingHere } from '../../../../extension/background/request/waiting-here.ts';
import type { Request } from '../../../../shared/request/request.ts';
import { FRESH } from '../../../shared/request/samples.ts';

const AWS = { command: 'aws sso login', pid: 9, startedAt: 5 };
const OURS = { command: 'awsher login', pid: 42, startedAt: 6 };
const OTHER = { command: 'sso', pid: 8, startedAt: 4, endpointOverride: true };

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

function waiting(commands: object[] | null, ...requests: Request[]) {
  let asked = 0;
  const call = async () => {
    asked += 1;
    if (commands === null) throw new Error('gone');
    return { commands };
  };
  const own = createWaitingHere({ get: () => ({ requests }) } as never, { ask: call } as never);
  return { ...own, asked: () => asked };
}

it('nothing is known before the host has looked, and nothing where it does not tell', async () => {
  const own = waiting(null);
  expect([own.list(), own.running(), own.mayHaveAsked(), own.endpointOverride()]).toEqual([
    null,
    null,
    undefined,
    false,
  ]);
  await own.findRunning();
  expect([own.list(), own.running()]).toEqual([null, null]);
});

it("what is under way here and what runs beside it, each once; SAML and what has ended are nobody's", async () => {
  const own = waiting([OURS, AWS], FRESH['sign-in'](), FRESH.saml(), { ...FRESH.device(), phase: 'ended' });
  await own.findRunning();
  expect(own.list()).toEqual([
    { command: 'awsher login', session: 'corp', startedAt: FRESH['sign-in']().startedAt },
    { command: 'aws sso login', session: null, startedAt: 5 },
  ]);
  expect(own.running()).toEqual([
    { command: 'awsher login', startedAt: 6 },
    { command: 'aws sso login', startedAt: 5 },
  ]);
});

it("who may have asked is the newest command at AWS's own endpoint", async () => {
  const own = waiting([OTHER, AWS]);
  await own.findRunning();
  expect([own.mayHaveAsked(), own.endpointOverride()]).toEqual([AWS, true]);
});

it('the host looks once for all who ask in five seconds', async () => {
  const own = waiting([]);
  await Promise.all([own.findRunning(), own.findRunning()]);
  await own.findRunning();
  expect(own.asked()).toBe(1);
  vi.setSystemTime(Date.now() + 5_001);
  await own.findRunning();
  expect(own.asked()).toBe(2);
});
