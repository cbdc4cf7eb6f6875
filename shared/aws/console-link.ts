import type { AccountColour } from '../protocol/roles.ts';

/** A container of Firefox, by its name and colour. */
export interface Container {
  readonly name: string;
  readonly colour: AccountColour;
}

const LONGEST_NAME = 60;

/** The container of one account's console. Two accounts never share one: the number is part of its name. */
export function accountContainer(accountId: string, title: string, colour: AccountColour): Container {
  const readable = title.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '').trim();
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
 */
export function portalConsoleLink(
  startUrl: string,
  { accountId, roleName }: { accountId: string; roleName: string },
): string {
  const portal = startUrl.replace(/#?\/*$/, '').replace(/\/+$/, '');
  return `${portal}/#/console?account_id=${encodeURIComponent(accountId)}&role_name=${encodeURIComponent(roleName)}`;
}
