import { expect, it } from 'vitest';
import { pageName, pageReport } from '../../../shared/approval/page-report.ts';

const REPORT = { page: 'x.signin.aws/platform/', version: '1', browser: 'chromium', asOf: '2026-11-30' };

it.each([
  [
    'https://x.signin.aws/platform/authorize?request_uri=urn#user_code=ABCD-EFGH',
    'x.signin.aws/platform/authorize',
  ],
  ['https://x.signin.aws/platform/d-1234567890/login?handle=h', 'x.signin.aws/platform/…/login'],
  ['https://corp.awsapps.com/start/#/device?user_code=ABCD-EFGH', 'corp.awsapps.com/start/'],
])('names a page by host and path, never by its query: %s', (address, name) => {
  expect(pageName(address)).toBe(name);
});

it('has the shape of the page, and no code that slipped into it', () => {
  const text = pageReport({ ...REPORT, outline: ['main#root', 'button "Code ABCD-EFGH"', 'p\u202e'] });
  expect(text.split('\n')).toEqual([
    'page x.signin.aws/platform/',
    'awsher 1 in chromium, page facts of 2026-11-30',
    'main#root',
    'button "Code …"',
    'p�',
  ]);
});

it('says so where awsher may not see the page, and is never long', () => {
  expect(pageReport({ ...REPORT, outline: null })).toContain('(awsher may not see this page)');
  expect(pageReport({ ...REPORT, outline: Array(120).fill('x'.repeat(200)) }).length).toBeLessThanOrEqual(
    12_000,
  );
});
