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
