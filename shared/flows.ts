/** The two ways to a token: a code that is approved on a page (RFC 8628), and a code that comes back (RFC 7636). */
export const FLOWS = ['device', 'pkce'] as const;
export type Flow = (typeof FLOWS)[number];
/** What a person can ask for; `auto` leaves it to awsher. */
export const FLOW_CHOICES = ['auto', ...FLOWS] as const;
export type FlowChoice = (typeof FLOW_CHOICES)[number];
