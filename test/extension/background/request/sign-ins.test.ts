import { expect, it } from 'vitest';
import { createSignIns } from '../../../../extension/background/request/sign-ins.ts';
import type { Event } from '../../../../shared/request/events.ts';
import { type Request, withRequest } from '../../../../shared/request/request.ts';
import { FRESH, TARGET } from '../../../shared/request/samples.ts';

const asker = { command: 'awsher login', pid: 42, parents: [] };
const asked = { target: TARGET, asker, participant: 't2', watch: false };

function signIns(...there: Request[]) {
  let all = there;
  const fed: Event[] = [];
  const requests = {
    all: () => all,
    find: (id: string) => all.find((one) => one.id === id),
    feed: (_id: string, event: Event) => [fed.push(event), []][1],
    begin: (request: Request) => {
      all = withRequest(all, request);
      return request;
    },
  };
  return { fed, ...createSignIns(requests as never) };
}

it.each([
  ['a terminal', 't2', 'by-setting'],
  ['the popup', 'popup', 'no-more'],
])('%s begins one', (_name, participant, asks) => {
  expect(signIns().start({ ...asked, participant, flow: 'pkce' })).toMatchObject({
    participants: [participant],
    asks,
    subject: { kind: 'sign-in', target: TARGET, flow: 'pkce' },
  });
});

it('whoever asks for the same joins; who asks for PKCE by name has it go that way', () => {
  const own = signIns(FRESH['sign-in']());
  expect(own.start({ ...asked, watch: true }).id).toBe('r1');
  expect(own.start({ ...asked, flow: 'pkce' }).id).toBe('r1');
  expect(own.fed.map(({ type }) => type)).toEqual(['joined', 'other-way', 'joined']);
  expect(own.fed[0]).toEqual({ type: 'joined', participant: 't2', watch: true });
});

it('another region, another portal, what has ended, and what is no sign-in are others', () => {
  const own = signIns(FRESH.saml(), { ...FRESH['sign-in'](), phase: 'ended' });
  expect(own.start(asked).id).not.toBe('r1');
  expect(own.all()).toHaveLength(2);
  expect(own.start({ ...asked, target: { ...TARGET, region: 'eu-west-1' } }).id).not.toBe('r1');
});

it("a sign-in of another session that runs is nobody else's", () => {
  const own = signIns(FRESH['sign-in']());
  const target = { ...TARGET, session: 'lab' };
  expect(own.start({ ...asked, target }).id).not.toBe('r1');
  expect(own.fed).toEqual([]);
});

it('who lost its link joins what runs, or is told of the end, and begins nothing', () => {
  const running = signIns(FRESH['sign-in']());
  expect(running.rejoin(TARGET, 't1')?.id).toBe('r1');
  expect(running.fed).toEqual([{ type: 'joined', participant: 't1', watch: false }]);
  const ended = signIns({ ...FRESH['sign-in'](), phase: 'ended' });
  expect(ended.rejoin(TARGET, 't1')?.phase).toBe('ended');
  expect(ended.fed).toEqual([]);
  expect(signIns().rejoin(TARGET, 't1')).toBeUndefined();
});
