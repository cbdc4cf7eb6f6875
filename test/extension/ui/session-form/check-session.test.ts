import { describe, expect, it } from 'vitest';
import { checkDraft, readyDraft } from '../../../../extension/ui/session-form/check-session.ts';
import { matchingRegions } from '../../../../extension/ui/session-form/region-list.ts';

const GOOD = { name: 'corp', startUrl: 'https://corp.awsapps.com/start', region: 'eu-central-1' };

describe('checkDraft', () => {
  it.each([
    ['name', 'my corp', 'errorNameCharacters'],
    ['name', 'corp]', 'errorNameCharacters'],
    ['name', 'naïve', 'errorNameCharacters'],
    ['name', 'a'.repeat(201), 'errorNameLong'],
    ['name', 'taken', 'errorNameTaken'],
    ['startUrl', ' ', 'errorUrlEmpty'],
    ['startUrl', 'http://corp.awsapps.com/start', 'errorUrlHttps'],
    ['startUrl', 'corp', 'errorUrl'],
    ['startUrl', 'console.aws.amazon.com', 'errorUrl'],
    ['startUrl', 'https://me@corp.awsapps.com/start', 'errorUrl'],
    ['region', 'frankfurt', 'errorRegion'],
    ['region', 'eu-centrl-1', 'errorRegionNear'],
  ] as const)('%s %j: %s', (field, value, text) => {
    const errors = checkDraft({ ...GOOD, [field]: value }, ['taken']);
    expect(Object.keys(errors)).toEqual([field]);
    expect(errors[field]?.text).toBe(text);
  });

  it('takes what every SDK reads, and regions newer than itself', () => {
    expect(checkDraft(GOOD, [])).toEqual({});
    expect(checkDraft({ ...GOOD, name: 'a_-/.%@:+9' }, [])).toEqual({});
    expect(checkDraft({ ...GOOD, region: 'ap-northwest-9' }, [])).toEqual({});
    expect(checkDraft({ ...GOOD, region: 'eu-centrl-1' }, []).region?.near).toBe('eu-central-1');
  });

  it('stores trimmed text without the portal route', () => {
    const typed = {
      name: ' corp ',
      startUrl: ' https://corp.awsapps.com/start/#/ ',
      region: ' EU-Central-1 ',
    };
    expect(readyDraft(typed, [])).toEqual({ ...GOOD, startUrl: 'https://corp.awsapps.com/start/' });
  });

  it.each([
    ['corp.awsapps.com', 'corp'],
    ['https://d-1234567890.awsapps.com/start', 'aws'],
    ['https://ssoins-7223.portal.eu-west-1.app.aws/', 'aws'],
    ['https://start.us-gov-home.awsapps.com/directory/d-1', 'aws'],
    ['https://aws.mycompany.com', 'mycompany'],
    ['taken.awsapps.com', 'taken-3'],
  ])('needs nothing but a start URL: %s is called %s', (startUrl, name) => {
    const draft = { name: '', startUrl, region: '' };
    expect(checkDraft(draft, ['taken', 'taken-2'])).toEqual({});
    expect(readyDraft(draft, ['taken', 'taken-2'])).toMatchObject({ name, region: null });
  });
});

describe('matchingRegions', () => {
  it('finds by parts in any order', () => {
    expect(matchingRegions('central eu')).toEqual(['eu-central-1', 'eu-central-2']);
    expect(matchingRegions('eu-w')).toEqual(['eu-west-1', 'eu-west-2', 'eu-west-3']);
    expect(matchingRegions('nowhere')).toEqual([]);
    expect(matchingRegions('').length).toBeGreaterThan(30);
  });
});
