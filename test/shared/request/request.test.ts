import { expect, it } from 'vitest';
import {
  errorOf,
  firstStep,
  handOverEnd,
  hostOf,
  isFor,
  isHandOver,
  isRunning,
  isSignIn,
  nameOf,
  neededHosts,
  withRequest,
} from '../../../shared/request/request.ts';
import { FRESH, NOW, places, TARGET } from './samples.ts';

it.each([
  ['sign-in', 'corp', 'corp.awsapps.com', 'registering', [true, false]],
  ['device', 'corp.awsapps.com', 'corp.awsapps.com', 'opening-page', [false, true]],
  [
    'authorization',
    'oidc.us-east-1.amazonaws.com',
    'oidc.us-east-1.amazonaws.com',
    'opening-page',
    [false, true],
  ],
  ['saml', 'adfs', 'idp.example.com', 'opening-page', [false, false]],
] as const)('%s: what it is called, where it leads, how it begins', (kind, name, host, step, is) => {
  const request = FRESH[kind]();
  expect([nameOf(request), hostOf(request), request.step, firstStep(request.subject.kind)]).toEqual([
    name,
    host,
    step,
    step,
  ]);
  expect([isSignIn(request), isHandOver(request)]).toEqual(is);
  expect(request).toMatchObject({
    phase: 'starting',
    tabId: null,
    participants: isHandOver(request) ? [] : ['t1'],
  });
});

it('a hand-over of a code brings it along, and asks AWS for nothing', () => {
  expect(FRESH.device().code).toMatchObject({ userCode: 'ABCD-EFGH', deviceCode: null, askAt: null });
  expect(FRESH.authorization().code).toBeNull();
  expect(handOverEnd(FRESH.device()) - FRESH.device().startedAt).toBe(600_000);
});

it('the same session at the same portal in the same region is the same sign-in', () => {
  const own = FRESH['sign-in']();
  expect(
    [{}, { session: 'x' }, { startUrl: 'x' }, { region: 'x' }].map((change) =>
      isFor(own, { ...TARGET, ...change }),
    ),
  ).toEqual([true, false, false, false]);
  expect(isFor(FRESH.saml(), TARGET)).toBe(false);
});

it('the permissions that it needs are those of its place', () => {
  const own = FRESH['sign-in']();
  expect(neededHosts(own)).toEqual([]);
  const place = { portal: TARGET.startUrl, region: 'eu-west-1', family: null };
  expect(neededHosts({ ...own, place }).join()).toContain('eu-west-1');
  expect(neededHosts(FRESH.saml()).join()).toContain('signin.aws');
  expect(neededHosts(FRESH.device())).toEqual([]);
});

it('one that has changed takes the place of its older self, at the end', () => {
  const [one, other] = [FRESH['sign-in'](), { ...FRESH.saml(), id: 'r2' }];
  expect(
    withRequest([one, other], { ...one, stepAt: NOW }).map(({ id, stepAt }) => [id, stepAt === NOW]),
  ).toEqual([
    ['r2', false],
    ['r1', true],
  ]);
});

it('what has ended runs no more, and says with which error', () => {
  const ended = places().filter(({ request }) => !isRunning(request));
  expect(new Set(ended.map(({ request }) => errorOf(request)?.code))).toEqual(new Set(['SIGN_IN_CANCELLED']));
  expect(errorOf(FRESH.saml())).toBeNull();
});
