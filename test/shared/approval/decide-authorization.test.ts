import { describe, expect, it } from 'vitest';
import { decide } from '../../../shared/approval/decide.ts';
import { authorization, authorizationScene, CONSENT } from './authorization-scenes.ts';
import { allowScene, CONSENT_PATH, device, HOST, NONE, NOW, ONE, THEIRS } from './scenes.ts';

/** What awsher approves and what it leaves alone beside the table of attacks (hostile-authorizations.ts). */

const pressed = { act: 'press-allow', reason: 'all-checks-passed' };

describe('the consent of a handed-over PKCE request', () => {
  it.each([
    ['the form that is known', device(CONSENT)],
    ['only an orchestrator id', device('?orchestrator_id=o1')],
    ['an orchestrator id before the fragment', device('?orchestrator_id=o1#/')],
    ['no word about it', device('')],
    ['another fragment', device('#/authorize/consent?x=1')],
    ['after a sign-in', device(`?workflowResultHandle=w1&state=s1${CONSENT}`)],
    ['a portal of the same region', `https://ssoins-1.us-east-1.portal.amazonaws.com/${CONSENT}`],
    ['a dual-stack portal of the same region', `https://ssoins-1.portal.us-east-1.app.aws/${CONSENT}`],
  ])('%s is allowed in its own tab', (_name, address) => {
    expect(decide(authorizationScene({ address }))).toMatchObject(pressed);
  });

  it('is allowed for a region of China on a portal of China', () => {
    const requested = authorization()[0]?.requested?.replace(
      'us-east-1.amazonaws.com',
      'cn-north-1.amazonaws.com.cn',
    );
    const scene = authorizationScene({
      address: `https://start.cn-north-1.home.awsapps.cn/directory/d-1/${CONSENT}`,
      authorizations: authorization({ region: 'cn-north-1', requested: requested ?? null }),
    });
    expect(decide(scene)).toMatchObject(pressed);
  });

  it('is allowed however long the person took to sign in', () => {
    const authorizations = authorization({ openedAt: NOW - 400_000 });
    expect(decide(authorizationScene({ authorizations, tab: { awayMs: 390_000 } }))).toMatchObject(pressed);
  });

  it('is waited for while the page has no allow button', () => {
    const scene = authorizationScene({ address: device('?orchestrator_id=o1'), reading: { allow: NONE } });
    expect(decide(scene)).toMatchObject({ act: 'wait', reason: 'not-an-approval-page' });
  });

  it('names the request that is pressed for', () => {
    expect(decide(authorizationScene())).toMatchObject({ entry: null, authorization: { id: 'h1' } });
  });
});

describe('in the tab of a handed-over PKCE request', () => {
  it('a device code of a stranger gets the notice', () => {
    const scene = authorizationScene({
      address: device(`#/device?user_code=${THEIRS}`),
      reading: { confirm: ONE, allow: NONE, shownCodes: [THEIRS] },
    });
    expect(decide(scene)).toMatchObject({ act: 'warn', reason: 'foreign-code' });
  });

  it('a device consent gets the notice', () => {
    expect(decide(authorizationScene({ address: device(CONSENT_PATH) }))).toMatchObject({
      act: 'warn',
      reason: 'foreign-consent',
    });
  });

  it.each([
    'https://us-east-1.signin.aws.amazon.com/v1/authorize?client_id=arn%3Aaws%3Asignin%3A%3A%3Adevtools%2Fsame-device',
    'https://signin.aws.amazon.com/v1/authorize?client_id=x',
  ])('`aws login` and sign-in pages are left alone: %s', (address) => {
    expect(decide(authorizationScene({ address }))).toMatchObject({ act: 'leave', reason: 'not-aws' });
  });

  it('a sign-in page is left alone, whatever is on it', () => {
    const scene = authorizationScene({ address: 'https://us-east-1.signin.aws/platform/d-1/login' });
    expect(decide(scene)).toMatchObject({ act: 'leave', reason: 'not-an-approval-page' });
  });
});

it('an open PKCE request changes nothing for a device code in another tab', () => {
  const scene = { ...allowScene(), authorizations: authorization({ tabId: 8 }) };
  expect(decide(scene)).toMatchObject({ act: 'press-allow', authorization: null });
  const foreign = authorizationScene({ address: `https://${HOST}/start/`, tab: { tabId: 99 } });
  expect(decide(foreign)).toMatchObject({ act: 'leave', reason: 'not-an-approval-page' });
});
