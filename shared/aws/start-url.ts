import { AwsherError } from '../errors/awsher-error.ts';
import { printable } from '../printable.ts';
import { type Family, type PageSite, pageHost } from './hosts.ts';

/** The longest that a company's own address may be. */
const MAX_START_URL = 2_000;

/**
 * Checks a start URL as a person has it and returns it as it will be stored. On a host of AWS that is the portal's address
 * alone, whatever page of the portal was copied (`/start/#/?tab=accounts`, a console or device address); a company's own
 * address stays as it was typed, without its fragment (older C++ SDKs cut at `#`, which changes the cache key).
 * Throws START_URL_INVALID; it asks nobody.
 */
export function parseStartUrl(typed: string): string {
  const text = bare(typed);
  if (/[\s\u0000-\u001f\u007f-\u{10ffff}]/u.test(text))
    throw invalid('The start URL must be plain ASCII without spaces.');
  if (text.length > MAX_START_URL) throw invalid('The start URL is too long.');
  const hasScheme = /^[a-z][a-z0-9+-]*:/i.test(text);
  const address = hasScheme ? text : `https://${text}`;
  if (!URL.canParse(address)) throw invalid('The start URL is not an address.');
  // Without the root's dot, which DNS does not mind.
  const url = new URL(address.replace(/^(https:\/\/[^/?#:]*)\.(?=[/?#:]|$)/i, '$1'));
  if (url.protocol !== 'https:') throw invalid('The start URL must begin with https://.');
  if (url.username || url.password) throw invalid('The start URL must not hold a user name.');
  if (!url.hostname.includes('.') || /^[\d.]+$|^\[|(?:^|\.)localhost(?:\.localdomain)?$/.test(url.hostname))
    throw invalid('The start URL must name a host such as d-1234567890.awsapps.com.');
  const site = pageHost(url.hostname);
  if (site?.kind === 'portal' && url.port === '') {
    const path = portalPath(url.pathname, site);
    if (path === null) throw invalid(`The start URL is not a page of an access portal: ${url.pathname}.`);
    return `https://${url.hostname}${path}`;
  }
  if (isIssuer(url)) return `https://${url.hostname}${url.pathname}`;
  if (isOfAws(url.hostname)) throw invalid(`The start URL is not an access portal: ${url.hostname}.`);
  // Where URL parsers had to mend it, other programs would read another host in it.
  const isPlain = new RegExp(`^https://${url.hostname}(?![^/?#:])`, 'i').test(address);
  return bare((isPlain ? address : url.href).replace(/#.*$/, '').replace(/^https:/i, 'https:'));
}

/** Without what copying from a mail, a page or a chat leaves around an address; the id of a directory is one in short. */
function bare(typed: string): string {
  // What does not show goes from the ends; in the middle it is no accident.
  const seen = printable(typed, { instead: '' }).trim();
  const text = typed.includes(seen) ? seen : typed.trim();
  const link = /(?:\]\(|^sso_start_url\s*=\s*)(\S+)$/.exec(text)?.[1] ?? text;
  const address = link.replace(
    /^[<([{"'`*\u2018\u201c\u00ab]+|[>)\]}"'`*\\\u2019\u201d\u00bb\u2026.,;]+$/g,
    '',
  );
  return /^d-[0-9a-f]{10}$/i.test(address) ? `https://${address.toLowerCase()}.awsapps.com/start` : address;
}

/** What a start URL tells by itself. `portal` is `null` where only asking tells it: a company's own address. */
export interface StartUrlFacts {
  /** The address that AWS is asked about (`startUrl` of StartDeviceAuthorization). */
  portal: string | null;
  region: string | null;
  family: Family | null;
}

/** The facts of a start URL in any of its forms, also one that a config file spells as nobody should. Never throws. */
export function startUrlFacts(startUrl: string): StartUrlFacts {
  const portal = canonical(startUrl);
  const url = portal === null ? null : new URL(portal);
  const site = url === null ? null : pageHost(url.hostname);
  const own = url === null || (site?.kind !== 'portal' && !isIssuer(url));
  return { portal: own ? null : portal, region: site?.region ?? null, family: site?.family ?? null };
}

/** The form in which two start URLs are compared: without fragment and trailing `/`, host in lower case. */
export function comparableStartUrl(startUrl: string): string {
  return canonical(startUrl) ?? startUrl.trim().replace(/#?\/*$/, '');
}

function canonical(startUrl: string): string | null {
  try {
    const { host, pathname, search } = new URL(parseStartUrl(startUrl));
    return `https://${host}${pathname.replace(/\/+$/, '')}${search}`;
  } catch {
    return null;
  }
}

/** The path of the portal itself, as typed where it is no more than that; `null` for a page of something else. */
function portalPath(pathname: string, { base }: PageSite): string | null {
  // These have no `/start`, which the others and most guides have.
  if (base === '') return /^\/(?:start\/?)?$/.test(pathname) ? '' : null;
  if (base === '/start' && pathname === '/') return base;
  return (base === '/start' ? /^\/start\/?$/ : /^\/directory\/[\w-]+\/?$/).test(pathname) ? pathname : null;
}

/** The other name of an instance, which AWS takes for a start URL and which is never a page (AWS CLI v2, resolve.py). */
function isIssuer({ hostname, pathname }: URL): boolean {
  return (
    /^identitycenter\.(?:amazonaws\.com|amazonaws\.com\.cn|amazonaws\.eu|us-gov\.amazonaws\.com)$/.test(
      hostname,
    ) && /^\/ssoins-[\w-]+\/?$/.test(pathname)
  );
}

/** Domains under which nothing but AWS and its customers' resources lives: no company's own address is there. */
const AWS_DOMAINS =
  /(?:^|\.)(?:amazonaws\.(?:com|eu|cn)|amazonaws\.com\.cn|amazonaws-(?:us-gov\.com|eusc\.eu)|amazonwebservices\.(?:eu|com\.cn)|awsapps\.(?:com|cn)|(?:app|api|signin)\.aws|aws\.amazon\.com)$/;

/** Whether a host name is under a domain of AWS. */
const isOfAws = (hostname: string): boolean => AWS_DOMAINS.test(hostname);

function invalid(message: string): AwsherError {
  return new AwsherError('START_URL_INVALID', message, {
    hint: 'copy it from your access portal; it looks like https://d-1234567890.awsapps.com/start',
  });
}
