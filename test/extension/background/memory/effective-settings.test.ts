import { expect, it } from 'vitest';
import { stage } from '../stage.ts';

const settings = { label: 'own', watch: false, ask: false };
const ASK = { command: 'aws sso login', pid: 9, parents: [] };
const PAGE = 'https://corp.awsapps.com/start/#/device?user_code=ABCD-EFGH';

it.each([
  ['nothing said', {}, {}, 'page'],
  ["the person's setting", { settings: { ...settings, ask: true } }, {}, 'asking'],
  ["an administrator's word", { settings }, { ask: true }, 'asking'],
  [
    'an administrator who wants no question',
    { settings: { ...settings, ask: true } },
    { ask: false },
    'page',
  ],
])('whether the person is asked first: %s', async (_name, local, managed, phase) => {
  const own = await stage({ local, managed });
  await own.over(own.host().call('handover.open', { url: PAGE, asker: ASK, silent: true }));
  await own.until(() => own.request()?.phase === phase);
});

it('device codes turned off in config.ini count for a notice, too', async () => {
  const own = await stage({ host: { 'settings.read': () => ({ noDeviceCodes: true, sessions: [] }) } });
  own.api().alarms.onAlarm.tell({});
  await own.pass(200);
  const tab = own.browser.open(PAGE);
  expect(await own.over(own.report(tab.id))).toMatchObject({
    do: 'notice',
    words: { title: 'noticeTitleNever' },
  });
});

it('of a session: what config.ini says is shown, an administrator goes before it', async () => {
  const said = { noDeviceCodes: false, sessions: [{ session: 'corp', flow: 'device' }] };
  const own = await stage({
    local: {
      computer: said,
      sessions: [
        { session: 'corp', startUrl: 'https://corp.awsapps.com/start', region: 'us-east-1', scopes: [] },
      ],
    },
    host: { 'settings.read': () => said },
  });
  const view = own.view();
  await own.until(() => view.state()?.sessions.length);
  expect(view.state()?.sessions[0]?.settings).toMatchObject({ flow: 'device' });
});
