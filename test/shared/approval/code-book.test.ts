import { describe, expect, it } from 'vitest';
import { type CodeBook, loseConsents, tieConsent } from '../../../shared/approval/code-book.ts';

const CODE: CodeBook[number] = {
  userCode: 'ABCD-EFGH',
  pageHostname: 'corp.awsapps.com',
  page: 'https://corp.awsapps.com/start/#/device',
  attempt: 'a',
  tabId: 7,
  vouchedAt: 0,
  expiresAt: 600_000,
  confirmedAt: 1_000,
  allowedAt: null,
  consentContext: null,
  consentLost: false,
};

describe('the consent page of a code', () => {
  it('is the first one that follows our confirm in its tab, and stays that one', () => {
    const tied = tieConsent([CODE], 7, 'ours');
    expect(tied[0]?.consentContext).toBe('ours');
    expect(tieConsent(tied, 7, 'theirs')).toBe(tied);
  });

  it('is none before our confirm, and none of another tab', () => {
    const before: CodeBook = [{ ...CODE, confirmedAt: null }];
    expect(tieConsent(before, 7, 'theirs')).toBe(before);
    const book: CodeBook = [CODE];
    expect(tieConsent(book, 8, 'theirs')).toBe(book);
  });

  it('is none any more when nobody saw what followed our confirm; one that is tied stays', () => {
    const lost = loseConsents([CODE]);
    expect(tieConsent(lost, 7, 'theirs')).toBe(lost);
    const tied: CodeBook = [{ ...CODE, consentContext: 'ours' }];
    expect(loseConsents(tied)).toEqual(tied);
  });
});
