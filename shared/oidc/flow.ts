import type { Flow } from '../flows.ts';

export const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code';
export const CODE_GRANT = 'authorization_code';
export const REFRESH_GRANT = 'refresh_token';

/** What a registration for a flow is good for. */
export const GRANT_TYPES: Readonly<Record<Flow, readonly string[]>> = {
  device: [DEVICE_GRANT, REFRESH_GRANT],
  pkce: [CODE_GRANT, REFRESH_GRANT],
};
