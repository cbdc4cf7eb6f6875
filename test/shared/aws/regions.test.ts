import { describe, expect, it } from 'vitest';
import {
  isRegionShaped,
  likelyRegions,
  nearestRegion,
  PARTITIONS,
  partitionOf,
} from '../../../shared/aws/regions.ts';

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

describe('likelyRegions', () => {
  it('are all of the partition, each once, what the person has first', () => {
    for (const { id, regions } of PARTITIONS) {
      expect([...likelyRegions(id, [regions.at(-1), 'narnia-1', undefined])].sort()).toEqual(
        [...regions].sort(),
      );
      expect(likelyRegions(id, ['narnia-1', undefined, regions.at(-1)])[0]).toBe(regions.at(-1));
    }
    expect(likelyRegions('aws').slice(0, 2)).toEqual(['us-east-1', 'eu-west-1']);
  });
});
