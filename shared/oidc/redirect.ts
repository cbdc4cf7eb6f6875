/** How the address of every answer to a PKCE request begins; its port follows (RFC 8252 §7.3). */
export const LOOPBACK = 'http://127.0.0.1:';

/** The path that is registered with AWS (AWS CLI v2 customizations/sso/utils.py). AWS compares no port. */
const PATH = '/oauth/callback';

/** As it is registered. */
export const REGISTERED_REDIRECT = `http://127.0.0.1${PATH}`;

/** Where the answer of one request goes. */
export const redirectTo = (port: number): string => `${LOOPBACK}${port}${PATH}`;

/**
 * Where the answer goes that the browser itself catches. No browser connects to port 1 (Fetch Standard, "port blocking"), and
 * nobody but root could listen there, so what is not caught reaches nobody.
 */
export const CAUGHT_PORT = 1;
export const CAUGHT_REDIRECT = redirectTo(CAUGHT_PORT);

export const isCaught = (address: string): boolean => address.startsWith(`${CAUGHT_REDIRECT}?`);
