import { mistakes } from '../mistakes.ts';
/** The partitions of AWS and where each keeps its hosts. The one table of regions: permissions, checks and hints use it. */
export interface Partition {
  id: 'aws' | 'aws-us-gov' | 'aws-cn' | 'aws-eusc';
  /** Suffix of service endpoints: `oidc.{region}.{dnsSuffix}`. */
  dnsSuffix: string;
  /** The same of the dual-stack family: `oidc.{region}.{dualStackSuffix}` (partitions of AWS's SDKs). */
  dualStackSuffix: string;
  regions: readonly string[];
}

/** IAM Identity Center regions, from AWS General Reference "IAM Identity Center endpoints and quotas", November 2026. */
export const PARTITIONS: readonly Partition[] = [
  {
    id: 'aws',
    dnsSuffix: 'amazonaws.com',
    dualStackSuffix: 'api.aws',
    regions: [
      'af-south-1',
      'ap-east-1',
      'ap-east-2',
      'ap-northeast-1',
      'ap-northeast-2',
      'ap-northeast-3',
      'ap-south-1',
      'ap-south-2',
      'ap-southeast-1',
      'ap-southeast-2',
      'ap-southeast-3',
      'ap-southeast-4',
      'ap-southeast-5',
      'ap-southeast-6',
      'ap-southeast-7',
      'ca-central-1',
      'ca-west-1',
      'eu-central-1',
      'eu-central-2',
      'eu-north-1',
      'eu-south-1',
      'eu-south-2',
      'eu-west-1',
      'eu-west-2',
      'eu-west-3',
      'il-central-1',
      'me-central-1',
      'me-south-1',
      'mx-central-1',
      'sa-east-1',
      'us-east-1',
      'us-east-2',
      'us-west-1',
      'us-west-2',
    ],
  },
  {
    id: 'aws-us-gov',
    dnsSuffix: 'amazonaws.com',
    dualStackSuffix: 'api.aws',
    regions: ['us-gov-east-1', 'us-gov-west-1'],
  },
  {
    id: 'aws-cn',
    dnsSuffix: 'amazonaws.com.cn',
    dualStackSuffix: 'api.amazonwebservices.com.cn',
    regions: ['cn-north-1', 'cn-northwest-1'],
  },
  {
    id: 'aws-eusc',
    dnsSuffix: 'amazonaws.eu',
    dualStackSuffix: 'api.amazonwebservices.eu',
    regions: ['eusc-de-east-1'],
  },
];

const BY_REGION = new Map(
  PARTITIONS.flatMap((partition) => partition.regions.map((region) => [region, partition])),
);

export function partitionOf(region: string): Partition | undefined {
  return BY_REGION.get(region);
}

/** A region that has the form of one, known or not: AWS opens new ones, and the table may be older than the person's. */
export function isRegionShaped(region: string): boolean {
  return /^[a-z]{2,5}(-[a-z]+)+-\d$/.test(region) && region.length <= 40;
}

/** The known region nearest to a mistyped one, or `undefined` when none is near. */
export function nearestRegion(typed: string): string | undefined {
  let best: string | undefined;
  let bestDistance = 3;
  for (const region of BY_REGION.keys()) {
    const distance = mistakes(typed.toLowerCase(), region);
    if (distance < bestDistance) {
      best = region;
      bestDistance = distance;
    }
  }
  return best;
}

/** Where most companies have their Identity Center, first; the order says whom to ask first, nothing else. */
const USUAL = [
  'us-east-1',
  'eu-west-1',
  'us-west-2',
  'eu-central-1',
  'us-east-2',
  'ap-southeast-2',
  'eu-west-2',
];

/** All regions of a partition, those in `hints` first and then the usual ones. */
export function likelyRegions(
  partition: Partition['id'],
  hints: readonly (string | undefined)[] = [],
): string[] {
  const own = PARTITIONS.find(({ id }) => id === partition)?.regions ?? [];
  const first = [...hints, ...USUAL].filter((region) => region !== undefined && own.includes(region));
  return [...new Set([...first.map(String), ...own])];
}
