/**
 * Where the answer goes that the browser itself catches. No browser connects to port 1 (Fetch Standard, "port blocking"), and
 * nobody but root could listen there, so what is not caught reaches nobody.
 */
export const CAUGHT_REDIRECT = 'http://127.0.0.1:1/oauth/callback';

export const isCaught = (address: string): boolean => address.startsWith(`${CAUGHT_REDIRECT}?`);
