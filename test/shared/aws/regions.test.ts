import { describe, expect, it } from 'vitest';
import { oidcOrigin } from '../../../shared/aws/hosts.ts';
import { isRegionShaped, nearestRegion, PARTITIONS, partitionOf } from '../../../shared/aws/regions.ts';

const ALL = PARTITIONS.flatMap(({ regions }) => regions);

describe('the table', () => {
  it('has every region once, in the form of one, and knows its partition', () => {
    expect(new Set(ALL).size).toBe(ALL.length);
    for (const { id, regions } of PARTITIONS) {
      for (const region of regions) {
        expect(isRegionShaped(region)).toBe(true);
        expect(partitionOf(region)?.id).toBe(id);
      }
    }
  });

  it.each(['us-east-9', '', 'constructor', '__proto__', 'US-EAST-1'])('%j is in no partition', (region) => {
    expect(partitionOf(region)).toBeUndefined();
  });
});

describe('isRegionShaped', () => {
  it.each(['xx-north-1', 'eusc-de-east-1', 'us-isob-east-1'])(
    '%j might be one that is newer than the table',
    (region) => {
      expect(isRegionShaped(region)).toBe(true);
    },
  );

  it.each([
    '',
    'us-east',
    'useast1',
    'us-east-1a',
    'us-east-12',
    'US-EAST-1',
    'us-east-1.evil',
    `us-${'x'.repeat(40)}-1`,
    'us-east-1\n',
  ])('%j is none', (region) => {
    expect(isRegionShaped(region)).toBe(false);
  });
});

describe('nearestRegion', () => {
  it.each([
    ['us-east1', 'us-east-1'],
    ['us-eest-1', 'us-east-1'],
    ['eu-west-1 ', 'eu-west-1'],
    ['EU-CENTRAL-1', 'eu-central-1'],
    ['ap-norheast-2', 'ap-northeast-2'],
    ['virginia', undefined],
    ['us-west-9000', undefined],
    ['narnia-1', undefined],
    ['', undefined],
  ])('%j: did you mean %j?', (typed, near) => {
    expect(nearestRegion(typed)).toBe(near);
  });

  it('is the region itself when it is right', () => {
    for (const region of ALL) expect(nearestRegion(region)).toBe(region);
  });
});

it.each([
  ['us-east-1', 'https://oidc.us-east-1.amazonaws.com'],
  ['us-gov-west-1', 'https://oidc.us-gov-west-1.amazonaws.com'],
  ['cn-north-1', 'https://oidc.cn-north-1.amazonaws.com.cn'],
  ['eusc-de-east-1', 'https://oidc.eusc-de-east-1.amazonaws.eu'],
  ['xx-north-1', 'https://oidc.xx-north-1.amazonaws.com'],
])('sso-oidc of %s is %s', (region, origin) => {
  expect(oidcOrigin(region)).toBe(origin);
});
