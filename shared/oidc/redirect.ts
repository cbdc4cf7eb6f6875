import { LOOPBACK_HOST } from '../aws/hosts.ts';

/** The path that is registered with AWS (AWS CLI v2 customizations/sso/utils.py). AWS compares no port (RFC 8252 §7.3). */
const PATH = '/oauth/callback';

/** As it is registered. */
export const REGISTERED_REDIRECT = `http://${LOOPBACK_HOST}${PATH}`;

/** Where the answer of one request goes. */
export const redirectTo = (port: number): string => `http://${LOOPBACK_HOST}:${port}${PATH}`;
