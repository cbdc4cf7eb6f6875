import { describe, expect, it } from 'vitest';
import { matchPatterns, PAGE_HOSTS, pageHost } from '../../../shared/aws/hosts.ts';
import { PARTITIONS, partitionOf } from '../../../shared/aws/regions.ts';

const { pages, apis } = matchPatterns();

describe('match patterns', () => {
  // developer.chrome.com, "Match patterns": a star stands for whole labels and only at the left end.
  it.each([...pages, ...apis])('%s is legal', (pattern) => {
    expect(pattern).toMatch(/^https:\/\/(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)+\/\*$/);
  });

  it('ask for no whole domain of AWS beyond its portals', () => {
    const wide = pages.filter(
      (pattern) => pattern.startsWith('https://*.') && pattern.split('.').length === 3,
    );
    expect(wide).toEqual(['https://*.awsapps.com/*']);
    expect(apis.filter((pattern) => pattern.includes('//*'))).toEqual([]);
    expect(new Set([...pages, ...apis]).size).toBe(pages.length + apis.length);
  });

  it('cover every page that the checks let through, in every region', () => {
    const allowed = (host: string) =>
      pages.some((pattern) => {
        const fixed = pattern.slice('https://'.length, -2);
        return fixed.startsWith('*.') ? host.endsWith(fixed.slice(1)) : host === fixed;
      });
    for (const { pattern, partition } of PAGE_HOSTS) {
      for (const region of PARTITIONS.find(({ id }) => id === partition)?.regions ?? []) {
        const host = pattern.replace('*', 'corp').replace('{region}', region);
        expect(pageHost(host)).toMatchObject({ partition });
        expect(allowed(host)).toBe(true);
      }
    }
  });
});

describe('what the extension asks for in', () => {
  const partitions = PARTITIONS.map(({ id, regions }) => [id, regions[0] ?? ''] as const);

  it.each(partitions)('%s, for one of its regions', (id, region) => {
    const suffix = partitionOf(region)?.dnsSuffix ?? '';
    const own = PAGE_HOSTS.filter(({ partition }) => partition === id);
    const patterns = own.map(({ pattern }) => `https://${pattern.replace('{region}', region)}/*`);
    expect(patterns.every((pattern) => pages.includes(pattern))).toBe(true);
    expect({
      pages: patterns,
      api: apis.filter((api) => api === `https://oidc.${region}.${suffix}/*`),
    }).toMatchSnapshot();
  });

  it('all: this many hosts, of which each new one is a new question to the person', () => {
    expect({ pages: pages.length, apis: apis.length }).toMatchInlineSnapshot(`
      {
        "apis": 39,
        "pages": 121,
      }
    `);
  });
});
