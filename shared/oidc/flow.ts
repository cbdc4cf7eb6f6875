/** The two ways to a token: a code that is approved on a page (RFC 8628), and a code that comes back (RFC 7636). */
export const FLOWS = ['device', 'pkce'] as const;
export type Flow = (typeof FLOWS)[number];
/** What a person can ask for; `auto` leaves it to awsher. */
export const FLOW_CHOICES = ['auto', ...FLOWS] as const;
export type FlowChoice = (typeof FLOW_CHOICES)[number];

export const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code';
export const CODE_GRANT = 'authorization_code';
export const REFRESH_GRANT = 'refresh_token';

/** What a registration for a flow is good for. */
export const GRANT_TYPES: Readonly<Record<Flow, readonly string[]>> = {
  device: [DEVICE_GRANT, REFRESH_GRANT],
  pkce: [CODE_GRANT, REFRESH_GRANT],
};
