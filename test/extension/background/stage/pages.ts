import { confirmScene, NONE, ONE, OURS } from '../../../shared/approval/scenes.ts';

// The addresses that a tab of the stage comes to, and what their pages show.

export const ORIGIN = 'chrome-extension://awsher/';
export const DEVICE_PAGE = `https://corp.awsapps.com/start/#/device?user_code=${OURS}`;
export const CONSENT_PAGE =
  'https://corp.awsapps.com/start/#/?clientId=c&clientType=public&deviceContextId=d1';

export const AUTHORIZE_PAGE =
  'https://oidc.us-east-1.amazonaws.com/authorize?response_type=code&client_id=c&redirect_uri=http%3A%2F%2F127.0.0.1%3A7777%2Foauth%2Fcallback&state=s&code_challenge_method=S256&scopes=sso%3Aaccount%3Aaccess&code_challenge=x';
/** What a page shows: our code with the button to confirm it, the button to allow, nothing to press. */
export const { reading: SHOWN } = confirmScene();
export const ALLOW = { confirm: NONE, allow: ONE, shownCodes: [] };
export const NOTHING = { confirm: NONE, allow: NONE, shownCodes: [] };
