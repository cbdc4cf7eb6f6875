import type { AccountColour } from '../catalogue/colours.ts';
import { printable } from '../printable.ts';
import { pageHost } from './hosts.ts';
import type { Partition } from './regions.ts';

/** Where the console and its sign-in are, by partition (AWS IAM User Guide, "custom identity broker access"). */
export const CONSOLE_HOSTS: Readonly<Record<Partition['id'], { signIn: string; console: string }>> = {
  aws: { signIn: 'signin.aws.amazon.com', console: 'console.aws.amazon.com' },
  'aws-us-gov': { signIn: 'signin.amazonaws-us-gov.com', console: 'console.amazonaws-us-gov.com' },
  'aws-cn': { signIn: 'signin.amazonaws.cn', console: 'console.amazonaws.cn' },
  'aws-eusc': { signIn: 'signin.amazonaws-eusc.eu', console: 'console.amazonaws-eusc.eu' },
};

/** A container of Firefox, by its name and colour. */
export interface Container {
  readonly name: string;
  readonly colour: AccountColour;
}

const LONGEST_NAME = 60;

/** The container of one account's console. Two accounts never share one: the number is part of its name. */
export function accountContainer(accountId: string, title: string, colour: AccountColour): Container {
  const readable = printable(title, { instead: '' }).trim();
  return { name: `${readable.slice(0, LONGEST_NAME)} ${accountId}`.trim(), colour };
}

/**
 * An address that opens another one in a container, made if there is none of that name. Add-ons answer it ("Open external
 * links in a container" and its like); they may ask the person before they do. It carries no secret.
 */
export function containerLink(url: string, { name, colour }: Container): string {
  const parts = [
    ['name', name],
    ...(colour === 'none' ? [] : [['color', colour === 'grey' ? 'toolbar' : colour]]),
    ['icon', 'briefcase'],
    ['url', url],
  ];
  return `ext+container:${parts.map(([key, value = '']) => `${key}=${encodeURIComponent(value)}`).join('&')}`;
}

/**
 * The access portal's shortcut to the console of one role (IAM Identity Center User Guide, "Creating shortcut links to AWS
 * Management Console destinations"). It carries no secret: the portal session of the browser that opens it is what lets
 * the person in, and the portal deals with several console sessions at once as it does for its own links.
 * `destination`: a page of the console; its first one unless told.
 */
export function portalConsoleLink(
  startUrl: string,
  { accountId, roleName }: { accountId: string; roleName: string },
  destination?: string,
): string {
  const portal = startUrl.replace(/#?\/*$/, '').replace(/\/+$/, '');
  const place = destination === undefined ? '' : `&destination=${encodeURIComponent(destination)}`;
  return `${portal}/#/console?account_id=${encodeURIComponent(accountId)}&role_name=${encodeURIComponent(roleName)}${place}`;
}

/** Whether an address opens the console and nothing else: a portal's link to a role, or a sign-in with a SigninToken. */
export function isConsoleAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  if (url.protocol !== 'https:' || url.port || url.username || url.password) return false;
  if (Object.values(CONSOLE_HOSTS).some(({ signIn }) => signIn === url.hostname)) {
    return url.pathname === '/federation' && url.searchParams.get('Action') === 'login';
  }
  return pageHost(url.hostname)?.kind === 'portal' && url.hash.startsWith('#/console?');
}

/** The account that a portal's link is for. */
export const accountOfLink = (address: string): string | null =>
  new URLSearchParams(new URL(address).hash.split('?')[1]).get('account_id');
