import { Secret } from '../secret.ts';

/** What binds one request of the authorization code flow to whoever began it: PKCE (RFC 7636) and `state` (RFC 6749 §10.12). */
export interface Proof {
  readonly state: string;
  /** Goes to CreateToken, and nowhere before. */
  readonly verifier: Secret;
}

export const newProof = (): Proof => ({ state: random(), verifier: new Secret(random()) });

/** The address at `origin` of sso-oidc that begins the flow. It bears no secret: a code is worth nothing without the verifier. */
export async function authorizeAddress(
  origin: string,
  request: { clientId: string; redirectUri: string; scopes: readonly string[]; proof: Proof },
): Promise<string> {
  const { clientId, redirectUri, scopes, proof } = request;
  const query = new URLSearchParams();
  query.set('response_type', 'code');
  query.set('client_id', clientId);
  query.set('redirect_uri', redirectUri);
  query.set('state', proof.state);
  query.set('code_challenge_method', 'S256');
  // Not `scope`: AWS's own name of it.
  query.set('scopes', scopes.join(' '));
  query.set('code_challenge', await challengeOf(proof.verifier));
  return `${origin}/authorize?${query}`;
}

/** What an address that came back says (RFC 6749 §4.1.2). */
export type CodeReply =
  | { readonly kind: 'code'; readonly code: Secret }
  | { readonly kind: 'denied' }
  | { readonly kind: 'refused'; readonly error: string };

/**
 * Reads an address that came back from a request. `null`: it is not the answer to this very request (another address or
 * `state`, or something said twice), and nothing follows from it.
 */
export function readReply(
  address: string,
  { redirectUri, state }: { redirectUri: string; state: string },
): CodeReply | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  if (url.hash !== '' || url.username !== '' || url.password !== '') return null;
  if (`${url.origin}${url.pathname}` !== redirectUri) return null;
  const all = (name: string) => url.searchParams.getAll(name);
  const [code, ...codes] = all('code');
  const [error, ...errors] = all('error');
  if (all('state').length !== 1 || all('state')[0] !== state || codes.length > 0 || errors.length > 0)
    return null;
  if (error !== undefined) {
    if (code !== undefined) return null;
    return error === 'access_denied' ? { kind: 'denied' } : { kind: 'refused', error };
  }
  return code !== undefined && /^[\x21-\x7e]{1,4096}$/.test(code)
    ? { kind: 'code', code: new Secret(code) }
    : null;
}

/** 256 random bits, as RFC 7636 §4.1 writes a verifier. */
const random = (): string => base64Url(crypto.getRandomValues(new Uint8Array(32)));

async function challengeOf(verifier: Secret): Promise<string> {
  const bytes = new TextEncoder().encode(verifier.expose());
  return base64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
}

function base64Url(bytes: Uint8Array): string {
  const text = btoa(String.fromCharCode(...bytes));
  return text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
