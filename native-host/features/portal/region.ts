import { pageHost } from '../../../shared/aws/hosts.ts';
import { likelyRegions, partitionOf } from '../../../shared/aws/regions.ts';
import type { Registration } from '../../../shared/oidc/client.ts';
import type { AwsClients, Place } from '../../aws/calls/clients.ts';
import { configuredEndpoint } from '../../aws/calls/endpoints.ts';
import { oidcOf } from '../../aws/calls/oidc.ts';
import { fetchPage } from './fetch.ts';
import type { AskOptions } from './own-address.ts';

export interface RegionSearch extends AskOptions {
  clients: AwsClients;
  /** The portal, in AWS's own form. */
  portal: string;
  family: Place['family'];
  scopes: readonly string[];
  /** Regions that the person's own files and environment name: asked before all others. */
  hints: readonly string[];
  /** Told the registration of the region that was found, which the sign-in can go on with. */
  onRegistered: (region: string, registration: Registration) => Promise<void>;
}

const PAGE_DEADLINE_MS = 4_000;
/** Regions asked at the same time. */
const AT_ONCE = 4;

/**
 * The region of a portal whose host does not tell it: from the portal's page, else by asking the regions, likely ones first.
 * `null`: no region that could be asked knows it. Throws NETWORK when none could be asked.
 */
export async function findRegion(search: RegionSearch): Promise<string | null> {
  return (await regionOnPage(search)) ?? (await regionByAsking(search));
}

/** The portal's document names its region in a `meta` tag (fwdcloudsec/granted PR #413). */
async function regionOnPage({ portal, env, signal }: RegionSearch): Promise<string | null> {
  const site = pageHost(new URL(portal).hostname);
  // With another endpoint in the environment, what lies under AWS's own names is another portal.
  if (site === null || configuredEndpoint('sso-oidc', env) !== undefined) return null;
  const options = { env, deadlineMs: PAGE_DEADLINE_MS, ...(signal === undefined ? {} : { signal }) };
  try {
    let page = await fetchPage('GET', portal, options);
    // `/start` leads to `/start/`; anything else is a sign-in that has no place here.
    if (page.location !== null && new URL(page.location).host === new URL(portal).host)
      page = await fetchPage('GET', page.location, options);
    const region = regionInDocument(page.body);
    return region !== null && partitionOf(region)?.id === site.partition ? region : null;
  } catch {
    signal?.throwIfAborted();
    return null;
  }
}

/** `<meta name="region" content="eu-west-1">`, with its attributes in any order. */
export function regionInDocument(document: string): string | null {
  for (const [tag] of document.matchAll(/<meta\s[^>]{0,500}>/gi)) {
    if (!/\bname\s*=\s*["']?region["'\s/>]/i.test(tag)) continue;
    const [, region = ''] = /\bcontent\s*=\s*["']?([a-z0-9-]{1,40})["'\s/>]/i.exec(tag) ?? [];
    if (partitionOf(region)) return region;
  }
  return null;
}

async function regionByAsking(search: RegionSearch): Promise<string | null> {
  const { env, portal, hints } = search;
  const partition = pageHost(new URL(portal).hostname)?.partition ?? 'aws';
  const likely = likelyRegions(partition, [env.AWS_REGION, env.AWS_DEFAULT_REGION, ...hints]);
  // One endpoint for all regions has one answer.
  const regions = configuredEndpoint('sso-oidc', env) === undefined ? likely : likely.slice(0, 1);
  let asked = 0;
  let unreachable: unknown;
  for (let next = 0; next < regions.length; next += AT_ONCE) {
    const answers = await Promise.all(
      regions.slice(next, next + AT_ONCE).map(async (region) => {
        try {
          const knows = await isKnownIn(region, search);
          asked += 1;
          return knows ? region : null;
        } catch (thrown) {
          search.signal?.throwIfAborted();
          unreachable ??= thrown;
          return null;
        }
      }),
    );
    const found = answers.find((region) => region !== null);
    if (found !== undefined) return found;
    if (asked === 0) throw unreachable;
  }
  return null;
}

/** Whether the sso-oidc of a region knows the portal: it starts an authorization for it, which nobody ever sees. */
async function isKnownIn(region: string, search: RegionSearch): Promise<boolean> {
  const { clients, family, portal, scopes, signal } = search;
  const oidc = oidcOf(clients, { region, family }, signal);
  const registration = await oidc.register(scopes);
  if ((await oidc.startDevice(registration, portal)) === 'unknown-portal') return false;
  await search.onRegistered(region, registration);
  return true;
}
