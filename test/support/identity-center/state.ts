import { randomBytes } from 'node:crypto';
import type { WebAuthnCredential } from '@simplewebauthn/server';
import type { Directory } from './hosts.ts';

/** A SAML response that the company's IdP has issued, and what AWS knows of it. */
export interface IssuedResponse {
  /** Base64, as it is posted. */
  readonly response: string;
  readonly id: string;
  /** Pairs of role and provider. */
  readonly roles: readonly (readonly [role: string, provider: string])[];
  readonly sessionName: string;
  /** Milliseconds since 1970. */
  readonly notBefore: number;
  readonly notOnOrAfter: number;
  readonly audience: string;
  /** Not one that AWS would take: broken, or signed by nobody whom AWS knows. */
  readonly foreign: boolean;
}

/** A registered OIDC client. Times are epoch milliseconds, here and below. */
export interface Client {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly clientName: string;
  readonly scopes: readonly string[];
  readonly grantTypes: readonly string[];
  readonly redirectUris: readonly string[];
  readonly issuerUrl: string | null;
  readonly expiresAt: number;
}

/** A signed-in person in a browser. */
export interface PortalSession {
  readonly token: string;
  readonly directory: Directory;
  readonly expiresAt: number;
  ended: boolean;
}

export type GrantStatus = 'pending' | 'confirmed' | 'approved' | 'denied' | 'spent';

export interface DeviceGrant {
  readonly deviceCode: string;
  readonly userCode: string;
  readonly contextId: string;
  readonly client: Client;
  readonly directory: Directory;
  readonly expiresAt: number;
  intervalSeconds: number;
  polledAt: number | null;
  status: GrantStatus;
  session: PortalSession | null;
}

/** A PKCE authorization between `/authorize` and the exchange of its code. */
export interface Authorization {
  readonly orchestratorId: string;
  readonly client: Client;
  readonly directory: Directory;
  readonly redirectUri: string;
  readonly state: string;
  readonly codeChallenge: string;
  readonly code: string;
  readonly expiresAt: number;
  status: GrantStatus;
  session: PortalSession | null;
}

export interface Token {
  readonly accessToken: string;
  readonly refreshToken: string | null;
  readonly client: Client;
  readonly session: PortalSession;
  readonly expiresAt: number;
  revoked: boolean;
  /** A refresh token works once. */
  refreshed: boolean;
}

/** A walk from the portal to the sign-in host and back. */
export interface Workflow {
  readonly stateHandle: string;
  readonly resultHandle: string;
  readonly state: string;
  readonly directory: Directory;
  readonly returnTo: string;
  challenge: string | null;
  signedIn: boolean;
}

export interface RoleKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly accountId: string;
  readonly arn: string;
  readonly userId: string;
  readonly expiresAt: number;
}

/** Everything that the service remembers. */
export interface State {
  readonly clients: Map<string, Client>;
  readonly deviceGrants: DeviceGrant[];
  readonly authorizations: Authorization[];
  readonly sessions: PortalSession[];
  readonly tokens: Token[];
  readonly workflows: Workflow[];
  readonly roleKeys: Map<string, RoleKey>;
  readonly passkeys: WebAuthnCredential[];
  readonly samlResponses: IssuedResponse[];
  /** Browsers that are signed in to the company's SAML IdP. */
  readonly idpSessions: Set<string>;
  /** Challenges of passkeys that are being created. */
  readonly enrolments: Set<string>;
}

export function createState(): State {
  return {
    clients: new Map(),
    deviceGrants: [],
    authorizations: [],
    sessions: [],
    tokens: [],
    workflows: [],
    roleKeys: new Map(),
    passkeys: [],
    samlResponses: [],
    idpSessions: new Set(),
    enrolments: new Set(),
  };
}

/** An opaque value that nobody guesses. The prefix makes a leaked one easy to recognise in a test. */
export function opaque(prefix: string, bytes = 32): string {
  return `${prefix}${randomBytes(bytes).toString('base64url')}`;
}

// No vowels, so that no code spells a word.
const CODE_LETTERS = 'BCDFGHJKLMNPQRSTVWXZ';

/** `ABCD-EFGH`, as a person compares it. */
export function newUserCode(): string {
  const letters = Array.from(randomBytes(8), (byte) => CODE_LETTERS[byte % CODE_LETTERS.length]).join('');
  return `${letters.slice(0, 4)}-${letters.slice(4)}`;
}
