import { samlHostPermissions } from '../../shared/aws/saml-hosts.ts';
import type { DrivenChromium } from './browsers/chromium.ts';
import type { Ground } from './ground.ts';
import { agreeTo, allow } from './permissions.ts';

/** The person's yes to the hosts of AWS's SAML sign-in; a click on awsher's button is all that is left. */
export const agreeToSaml = (browser: DrivenChromium) => agreeTo(browser, samlHostPermissions());

/** Gives awsher those hosts, for tests that are not about the asking. */
export const allowSaml = (browser: DrivenChromium) => allow(browser, samlHostPermissions());

/** Sets up the sign-in `corp` of the embedded Identity Center's SAML IdP. */
export async function setUpSaml({ awsher, idc }: Pick<Ground, 'awsher' | 'idc'>): Promise<void> {
  const { code, stderr } = await awsher('saml', 'add', 'corp', '--url', idc.samlStartUrl);
  if (code !== 0) throw new Error(stderr);
}
