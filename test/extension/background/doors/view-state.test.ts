import { expect, it } from 'vitest';
import { samlHostPermissions } from '../../../../shared/aws/saml-hosts.ts';
import { KNOWN } from '../stage/host.ts';
import { stage } from '../stage.ts';

const [SAML_HOST] = samlHostPermissions();
const ASKER = { command: 'awsher saml login', pid: 9, parents: [] };

it('is put together from the host, the settings, the policy and what is under way', async () => {
  const own = await stage({
    host: { 'sessions.list': () => ({ sessions: [KNOWN] }) },
    local: { settings: { label: 'work', watch: false, ask: false } },
    managed: { ask: true },
  });
  const view = own.view();
  await own.until(() => view.state()?.sessions.length);
  expect(view.state()).toMatchObject({
    host: { state: 'connected', version: '1.0.0' },
    sessions: [{ target: { session: 'corp' }, source: 'config', attempt: null, renewal: null }],
    pending: [],
    foreign: null,
    settings: { label: 'work', ask: true },
    managed: ['ask'],
    notifications: true,
    missingPermissions: [],
    installCommand: 'awsher install --browser chromium',
    version: '1.0.0',
  });
});

it('names the permissions that its sessions need; with none, all', async () => {
  for (const sessions of [[KNOWN], []]) {
    const own = await stage({ host: { 'sessions.list': () => ({ sessions }) } });
    own.browser.missing.add('every host');
    const view = own.view();
    await own.until(() => view.state()?.missingPermissions.length);
    await own.pass(100);
    const missing = view.state()?.missingPermissions ?? [];
    expect(missing.some((one) => one.includes('us-east-1'))).toBe(sessions.length > 0);
    if (sessions.length === 0) expect(missing).toEqual(['https://*.awsapps.com/*']);
  }
});

it('names the permission that a request is waiting for', async () => {
  const own = await stage({ missing: [SAML_HOST ?? ''] });
  const view = own.view();
  const asked = { participant: 't1', name: 'adfs', url: 'https://idp.example.com/', asker: ASKER };
  void own
    .host()
    .call('saml.start', asked)
    .catch(() => {});
  await own.until(() => own.request()?.phase === 'permission');
  await own.until(() => view.state()?.missingPermissions.includes(SAML_HOST ?? ''));
});

it('a background that was put to sleep knows the sessions before the host has told', async () => {
  const own = await stage({ host: { 'sessions.list': () => ({ sessions: [KNOWN] }) } });
  own.answers['sessions.list'] = () => new Promise(() => {});
  own.called.push('settings.read');
  await own.restart();
  const view = own.view();
  await own.until(() => view.state()?.sessions.length);
});
