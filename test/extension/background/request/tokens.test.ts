import { expect, it } from 'vitest';
import { CAUGHT_REDIRECT } from '../../../../shared/oidc/redirect.ts';
import { NOTHING } from '../stage/pages.ts';
import { stage } from '../stage.ts';

const TOKEN = () => ({ accessToken: 'a', refreshToken: 'r', expiresIn: 3600 });
const PKCE = () => ({
  portal: 'https://corp.awsapps.com/start',
  region: 'us-east-1',
  family: null,
  flow: 'pkce',
});

it('asks with the client that the host keeps, and has the token stored by its id: no secret goes back', async () => {
  const own = await stage({ aws: { CreateTokenCommand: TOKEN } });
  const { tabId, end } = await own.toPage();
  await own.report(tabId, { ...NOTHING, approved: true });
  await own.over(end);
  expect(own.asked('CreateTokenCommand')).toMatchObject([
    { clientId: 'client-1', clientSecret: 'secret', deviceCode: 'device-code' },
  ]);
  const [stored] = own.asked('token.store');
  expect(stored).toMatchObject({ clientId: 'client-1', expiresIn: 3600, writeSection: false });
  expect(stored).not.toHaveProperty('client');
  expect(own.called.filter((one) => one === 'registration.find')).toHaveLength(1);
  expect(JSON.stringify(own.browser.areas)).not.toMatch(/"secret"|device-code/);
});

it('a background that was stopped asks the host for that very client', async () => {
  const own = await stage({ aws: { CreateTokenCommand: TOKEN } });
  const { tabId } = await own.toPage();
  await own.restart();
  await own.report(tabId, { ...NOTHING, approved: true });
  await own.until(() => own.request()?.phase === 'ended');
  expect(own.asked('registration.find').at(-1)).toMatchObject({ clientId: 'client-1' });
  expect(own.request().ending).toMatchObject({ how: 'signed-in' });
});

it('a client that the host has forgotten ends the sign-in: no other one is taken', async () => {
  const own = await stage({ aws: { CreateTokenCommand: TOKEN } });
  const { tabId } = await own.toPage();
  await own.restart();
  own.answers['registration.find'] = () => ({ registration: null });
  await own.report(tabId, { ...NOTHING, approved: true });
  await own.until(() => own.request()?.phase === 'ended');
  expect(own.request().ending).toMatchObject({ error: { code: 'SIGN_IN_FAILED' } });
  expect(own.called).not.toContain('CreateTokenCommand');
});

it('registers for PKCE with the portal, and exchanges the code with its verifier', async () => {
  const own = await stage({
    host: { 'portal.find': PKCE, 'registration.find': () => ({ registration: null }) },
    aws: { CreateTokenCommand: TOKEN },
  });
  const { tabId, end } = await own.toPage();
  const opened = new URL(own.browser.tabs.get(tabId)?.url ?? '');
  expect([opened.pathname, opened.searchParams.get('client_id')]).toEqual(['/authorize', 'client-2']);
  const { state, verifier } = own.request().proof;
  expect(opened.searchParams.get('state')).toBe(state);
  own
    .api()
    .webRequest.onBeforeRedirect.tell({ tabId, redirectUrl: `${CAUGHT_REDIRECT}?code=c-1&state=${state}` });
  await own.over(end);
  expect(own.asked('CreateTokenCommand')).toMatchObject([
    { clientId: 'client-2', code: 'c-1', codeVerifier: verifier, redirectUri: CAUGHT_REDIRECT },
  ]);
  expect(own.asked('registration.save')).toMatchObject([{ flow: 'pkce', clientId: 'client-2' }]);
});

it('a code that AWS did not give this client ends it with the truth, and nothing is stored', async () => {
  const own = await stage({ host: { 'portal.find': PKCE } });
  own.awsAnswers.CreateTokenCommand = () => {
    throw Object.assign(new Error('no'), {
      name: 'InvalidGrantException',
      $metadata: { httpStatusCode: 400 },
    });
  };
  const { tabId, end } = await own.toPage();
  const { state } = own.request().proof;
  own.api().webRequest.onBeforeRedirect.tell({
    tabId,
    redirectUrl: `${CAUGHT_REDIRECT}?code=theirs&state=${state}`,
  });
  expect(await own.over(end)).toMatchObject({ code: 'SIGN_IN_FAILED' });
  expect(own.called).not.toContain('token.store');
});

it('a no counts only with the state of the request', async () => {
  const own = await stage({ host: { 'portal.find': PKCE } });
  const { tabId, end } = await own.toPage();
  const { state } = own.request().proof;
  const no = (of: string) =>
    own.say(tabId, { type: 'page.left', to: `${CAUGHT_REDIRECT}?error=access_denied&state=${of}` });
  await no(`${state}x`);
  await own.pass(50);
  expect(own.request().phase).toBe('page');
  await no(state);
  expect(await own.over(end)).toMatchObject({ code: 'SIGN_IN_DENIED' });
});

it('the right answer from another tab changes nothing', async () => {
  const own = await stage({ host: { 'portal.find': PKCE }, aws: { CreateTokenCommand: TOKEN } });
  const { tabId, end } = await own.toPage();
  const to = `${CAUGHT_REDIRECT}?code=c&state=${own.request().proof.state}`;
  const other = own.browser.open('https://corp.awsapps.com/start/#/');
  await own.say(other.id, { type: 'page.left', to });
  own.api().webRequest.onBeforeRedirect.tell({ tabId: other.id, redirectUrl: to });
  await own.pass(50);
  expect(own.request().phase).toBe('page');
  await own.say(tabId, { type: 'page.left', to });
  expect(await own.over(end)).toMatchObject({ flow: 'pkce' });
});

it('PKCE takes over from a code whose page nobody knows, for both terminals', async () => {
  const own = await stage({ aws: { CreateTokenCommand: TOKEN } });
  const { tabId: first, end } = await own.toPage();
  const second = own.signIn({ participant: 't2', flow: 'pkce' });
  await own.until(() => own.request().proof && own.request().tabId !== first);
  expect(own.browser.tabs.has(first)).toBe(false);
  const { tabId, proof } = own.request();
  const redirectUrl = `${CAUGHT_REDIRECT}?code=c&state=${proof.state}`;
  own.api().webRequest.onBeforeRedirect.tell({ tabId, redirectUrl });
  expect(await own.over(Promise.all([end, second]))).toMatchObject([{ flow: 'pkce' }, { flow: 'pkce' }]);
});

it('where AWS refuses device codes it goes on by PKCE, and the host learns the way', async () => {
  const own = await stage({ aws: { CreateTokenCommand: TOKEN } });
  own.awsAnswers.StartDeviceAuthorizationCommand = () => {
    throw Object.assign(new Error('no'), {
      name: 'UnauthorizedClientException',
      $fault: 'client',
      $metadata: { httpStatusCode: 400 },
    });
  };
  const { tabId, end } = await own.toPage();
  const { state } = own.request().proof;
  own
    .api()
    .webRequest.onBeforeRedirect.tell({ tabId, redirectUrl: `${CAUGHT_REDIRECT}?code=c&state=${state}` });
  expect(await own.over(end)).toMatchObject({ flow: 'pkce' });
  expect(own.asked('token.store')).toMatchObject([{ flow: 'pkce' }]);
});

it('asks for no device code where they are turned off', async () => {
  const own = await stage({ host: { 'settings.read': () => ({ noDeviceCodes: true, sessions: [] }) } });
  await own.toPage();
  expect(own.request().proof).not.toBeNull();
  expect(own.called).not.toContain('StartDeviceAuthorizationCommand');
});

it.each<[string, object, object, string]>([
  ['where device codes are turned off after all', { noDeviceCodes: true }, {}, 'DEVICE_CODES_OFF'],
  ['where AWS was not reached', {}, { name: 'TypeError', message: 'Failed to fetch' }, 'NETWORK'],
])('%s it goes no other way', async (_name, computer, thrown, code) => {
  const own = await stage({
    host: { 'settings.read': () => ({ noDeviceCodes: false, sessions: [], ...computer }) },
  });
  own.answers['portal.find'] = () => ({ ...PKCE(), flow: 'device' });
  own.awsAnswers.StartDeviceAuthorizationCommand = () => {
    throw Object.assign(new Error('x'), thrown);
  };
  const asked = own.signIn({ flow: 'device' });
  expect(await own.over(asked)).toMatchObject({ code });
});

it('a token without a refresh token is stored without one', async () => {
  const own = await stage({ aws: { CreateTokenCommand: () => ({ accessToken: 'a', expiresIn: 3600 }) } });
  const { tabId, end } = await own.toPage();
  await own.report(tabId, { ...NOTHING, approved: true });
  await own.over(end);
  expect(own.asked('token.store')[0]).not.toHaveProperty('refreshToken');
  expect(own.progress.map(({ step }) => step)).toContain('requesting-code');
});

it('a browser that hears no navigation is told so, before anything opens', async () => {
  const own = await stage({ userAgent: 'Firefox/140', host: { 'portal.find': PKCE } });
  expect(await own.over(own.signIn())).toMatchObject({
    code: 'SIGN_IN_FAILED',
    hint: expect.stringContaining('update'),
  });
  expect(own.called).not.toContain('RegisterClientCommand');
});
