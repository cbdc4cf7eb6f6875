import type { VouchedAuthorization } from '../../../shared/approval/authorization.ts';
import type { Scene } from '../../../shared/approval/scene.ts';
import { allowScene, type Change, HOST, NOW, TAB } from './scenes.ts';

/** The scenes of a PKCE request that a command of this computer handed over. */

export const CONSENT = '#/?clientId=c1&clientType=public&orchestratorId=o1';

/** An `/authorize` address as the AWS CLI writes it; `change` sets parameters, `null` leaves one out. */
export function authorizeUrl(
  change: Record<string, string | null> = {},
  origin = 'https://oidc.us-east-1.amazonaws.com',
): string {
  const parameters = {
    response_type: 'code',
    client_id: 'client-1',
    redirect_uri: 'http://127.0.0.1:51234/oauth/callback',
    state: '6f1c2f6e-2f3c-4e0c-9a52-0d6b5f1f8d11',
    code_challenge_method: 'S256',
    scopes: 'sso:account:access',
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    ...change,
  };
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) if (value !== null) query.set(name, value);
  return `${origin}/authorize?${query}`;
}

const AUTHORIZATION: VouchedAuthorization = {
  id: 'h1',
  region: 'us-east-1',
  clientId: 'client-1',
  state: '6f1c2f6e-2f3c-4e0c-9a52-0d6b5f1f8d11',
  port: 51234,
  tabId: TAB,
  requested: authorizeUrl(),
  openedAt: NOW - 2_000,
  expiresAt: NOW + 598_000,
  allowedAt: null,
};

export const authorization = (change: Partial<VouchedAuthorization> = {}): VouchedAuthorization[] => [
  { ...AUTHORIZATION, ...change },
];

/** The consent page in the tab that awsher opened at the handed-over address: to be allowed. */
export function authorizationScene(change: Change = {}): Scene {
  return allowScene({
    address: `https://${HOST}/start/${CONSENT}`,
    book: [],
    authorizations: authorization(),
    ...change,
    tab: { vouchedCode: null, ...change.tab },
  });
}
