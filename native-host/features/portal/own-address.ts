import { toError } from '../../../shared/aws/fault-words.ts';
import { faultOf } from '../../../shared/aws/faults.ts';
import { pageHost } from '../../../shared/aws/hosts.ts';
import { parseStartUrl } from '../../../shared/aws/start-url.ts';
import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import { fetchPage, type Page } from './fetch.ts';

export interface AskOptions {
  env: Readonly<Record<string, string | undefined>>;
  signal?: AbortSignal;
}

/** What a server that has no HEAD answers (RFC 9110 §15.5.6, §15.6.2). */
const NO_HEAD = new Set([405, 501]);
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/**
 * Where a company's own start URL leads, as AWS CLI v2.35.13 finds it: https, HEAD, and GET where that is not served; one
 * redirect, which has to name a portal on a host of AWS and is not followed. Throws START_URL_INVALID, NETWORK.
 */
export async function resolveOwnAddress(startUrl: string, options: AskOptions): Promise<string> {
  const { hostname } = new URL(parseStartUrl(startUrl));
  const page = await ask(startUrl, options);
  if (!REDIRECTS.has(page.status) || page.location === null) {
    throw noPortal(`${hostname} is not an access portal and does not redirect to one.`);
  }
  const target = new URL(page.location);
  const portal = portalAt(page.location);
  if (portal !== null) return portal;
  throw noPortal(
    target.protocol === 'https:'
      ? `${hostname} redirects to ${target.hostname}, which is not an AWS access portal.`
      : `${hostname} redirects to an address without https.`,
  );
}

async function ask(startUrl: string, options: AskOptions): Promise<Page> {
  try {
    const head = await fetchPage('HEAD', startUrl, options);
    return NO_HEAD.has(head.status) ? await fetchPage('GET', startUrl, options) : head;
  } catch (thrown) {
    options.signal?.throwIfAborted();
    if (thrown instanceof AwsherError) throw thrown;
    throw toError(faultOf(thrown), new URL(startUrl).hostname, thrown);
  }
}

function portalAt(address: string): string | null {
  try {
    const portal = parseStartUrl(address);
    return pageHost(new URL(portal).hostname)?.kind === 'portal' ? portal : null;
  } catch {
    return null;
  }
}

function noPortal(message: string): AwsherError {
  return new AwsherError('START_URL_INVALID', message, {
    hint: 'open it in a browser and copy the address of your access portal: https://d-1234567890.awsapps.com/start',
  });
}
