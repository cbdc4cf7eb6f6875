import { expect, it, vi } from 'vitest';
import { PAGE_FACTS } from '../../../../shared/approval/page-facts.ts';
import { fakeStorage } from '../../../support/fake-storage.ts';

const kept = fakeStorage();
const NEWER = {
  ...PAGE_FACTS,
  asOf: '2099-01-01',
  routes: [{ ...PAGE_FACTS.routes[0], path: '/new', parameter: 'new_code' }],
};
const ADDRESS = 'https://corp.awsapps.com/start/#/new?new_code=ABCD-EFGH';

it('newer facts count from now on, are kept, and are there in the next background', async () => {
  vi.resetModules();
  const { api } = await import('../../../../extension/platform/api.ts');
  Reflect.set(api, 'storage', {
    local: {
      get: async (key: string) => ({ [key]: kept[key] }),
      set: async (values: object) => void Object.assign(kept, values),
    },
  });
  const pages = await import('../../../../extension/background/memory/known-pages.ts');
  const known = () => [
    pages.pageFacts().asOf,
    pages.pageAddress(ADDRESS)?.route.name,
    pages.approvalAddress(ADDRESS)?.kind,
    pages.isPageOfCode(
      { userCode: 'ABCD-EFGH', page: 'https://corp.awsapps.com/start/#/new' } as never,
      ADDRESS,
    ),
  ];
  expect(known()).toEqual([PAGE_FACTS.asOf, 'other', undefined, false]);
  await pages.takePageFacts(NEWER as never);
  expect(known()).toEqual(['2099-01-01', 'device', 'device', true]);
  await pages.takePageFacts({ ...PAGE_FACTS, asOf: '2000-01-01' });
  expect(pages.pageFacts().asOf).toBe('2099-01-01');
  kept.pageFacts = NEWER;
  vi.resetModules();
  Reflect.set((await import('../../../../extension/platform/api.ts')).api, 'storage', {
    local: { get: async (key: string) => ({ [key]: kept[key] }) },
  });
  const next = await import('../../../../extension/background/memory/known-pages.ts');
  await next.loadPageFacts();
  expect(next.pageFacts().asOf).toBe('2099-01-01');
});
