import { expect, it } from 'vitest';
import { createAddedSessions } from '../../../../extension/background/doors/added-sessions.ts';
import { sessionViews } from '../../../../extension/background/doors/session-views.ts';
import type { Target } from '../../../../shared/fields.ts';
import { fakeStorage } from '../../../support/fake-storage.ts';

// Sessions that the person adds in the extension: storage is a map, the host answers one question, everything else is as it ships.

const kept = fakeStorage();
const added = (): readonly Target[] => (kept.sessions as readonly Target[] | undefined) ?? [];
const asked: object[] = [];
const call = async (_method: string, params: { startUrl: string }) => {
  asked.push(params);
  return { portal: params.startUrl, region: 'eu-west-1', family: null };
};
const link = { ask: call } as never;
const sessions = createAddedSessions(link, async () =>
  sessionViews([], { managed: [], extension: added(), said: [], given: [] }, []),
);

const URL_OF_CORP = 'https://corp.awsapps.com/start';
const corp = { session: 'corp', startUrl: `${URL_OF_CORP}/#/`, region: 'us-east-1' };

it('keeps a session once, with its portal in plain form', async () => {
  await sessions.add(corp);
  await sessions.add({ ...corp, region: 'eu-west-1' });
  expect(added()).toEqual([
    { session: 'corp', startUrl: `${URL_OF_CORP}/`, region: 'eu-west-1', scopes: ['sso:account:access'] },
  ]);
});

it('asks the host for the region that neither person nor address says', async () => {
  await sessions.add({ ...corp, region: null });
  expect(added().map(({ region }) => region)).toEqual(['eu-west-1']);
  asked.length = 0;
  await sessions.add({ ...corp, region: 'us-west-2' });
  expect(added().map(({ region }) => region)).toEqual(['us-west-2']);
  await sessions.add({
    session: 'new',
    startUrl: 'https://ssoins-0123456789abcdef.portal.ap-south-1.app.aws',
    region: null,
  });
  expect(added().at(-1)?.region).toBe('ap-south-1');
  expect(asked).toEqual([]);
});

it.each([
  ['a name that no config takes', { session: 'a]b' }, 'NAME_INVALID'],
  ['no region', { region: 'us-esat-1x' }, 'REGION_INVALID'],
  ['no address', { startUrl: 'ftp://corp.awsapps.com/start' }, 'START_URL_INVALID'],
  ['a name that another portal has', { startUrl: 'https://other.awsapps.com/start' }, 'SESSION_CONFLICT'],
])('refuses %s, and keeps what there is', async (_what, change, code) => {
  await sessions.add(corp);
  const before = added();
  await expect(sessions.add({ ...corp, ...change })).rejects.toMatchObject({ code });
  expect(added()).toEqual(before);
});

it.each([
  ['us-esat-1x', 'did you mean us-east-1?'],
  ['nowhere', undefined],
])('of the region %s the hint is %s', async (region, hint) => {
  await expect(sessions.add({ ...corp, region })).rejects.toMatchObject({ code: 'REGION_INVALID', hint });
});

it('a change that is refused leaves the session as it was', async () => {
  await sessions.add(corp);
  const before = added();
  const change = { type: 'session.edit' as const, ...corp, was: 'corp', session: 'a]b' };
  await expect(sessions.edit(change)).rejects.toMatchObject({ code: 'NAME_INVALID' });
  expect(added()).toEqual(before);
  await sessions.edit({ ...change, session: 'dev' });
  expect(added().map(({ session }) => session)).toEqual(['dev']);
  await expect(sessions.edit(change)).rejects.toMatchObject({ code: 'SESSION_UNKNOWN' });
});

it('corrects the region of what was added here, and says what was not', async () => {
  await sessions.add(corp);
  expect(await sessions.correctRegion('corp')).toBe(true);
  expect(added().map(({ region }) => region)).toEqual(['eu-west-1']);
  await sessions.remove('corp');
  expect(await sessions.correctRegion('corp')).toBe(false);
  expect(added()).toEqual([]);
});
