import { expect, it } from 'vitest';
import { PAGE_FACTS } from '../../../../shared/approval/page-facts.ts';
import { SHOWN } from '../stage/pages.ts';
import { stage } from '../stage.ts';

const NEWER = {
  ...PAGE_FACTS,
  asOf: '2099-01-01',
  routes: [
    { ...PAGE_FACTS.routes[0], path: '/new-device', parameter: 'new_code' },
    ...PAGE_FACTS.routes.slice(1),
  ],
};
const NEW_PAGE = 'https://corp.awsapps.com/start/#/new-device?new_code=ABCD-EFGH';

it('newer facts of a host count, are kept, and a page that was read by older ones is read again', async () => {
  const own = await stage({ host: { 'pages.facts': () => ({ facts: NEWER }) } });
  expect(own.asked('pages.facts')).toEqual([{ asOf: PAGE_FACTS.asOf }]);
  const tab = own.browser.open(NEW_PAGE);
  const seen = { type: 'page.seen', reading: SHOWN, facts: PAGE_FACTS.asOf } as const;
  const order = Object(await own.say(tab.id, seen));
  expect([order.do, JSON.parse(order.facts).asOf]).toEqual(['read-by', '2099-01-01']);
  expect(await own.over(own.say(tab.id, { ...seen, facts: '2099-01-01' }))).not.toMatchObject({
    do: 'read-by',
  });
  own.answers['pages.facts'] = () => ({ facts: null });
  await own.restart();
  expect(Object(await own.say(tab.id, seen)).do).toBe('read-by');
});

it('a page in a form that only newer facts know is asked to report', async () => {
  const own = await stage({ host: { 'pages.facts': () => ({ facts: NEWER }) } });
  const tab = own.browser.open('about:blank');
  for (const [url, asks] of [
    [NEW_PAGE, 1],
    ['https://corp.awsapps.com/start/#/', 1],
    ['https://evil.example/#/new-device?new_code=ABCD-EFGH', 1],
  ] as const) {
    await own.go(tab.id, url);
    expect(own.browser.told.filter(({ tabId }) => tabId === tab.id)).toHaveLength(asks);
  }
});

it('without a host what is known stays', async () => {
  const own = await stage({ hostMissing: true });
  const tab = own.browser.open(NEW_PAGE);
  expect(await own.over(own.report(tab.id))).not.toMatchObject({ do: 'read-by' });
});
