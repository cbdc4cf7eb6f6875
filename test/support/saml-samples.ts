import { Secret } from '../../shared/secret.ts';
import { createClock } from './identity-center/clock.ts';
import { type Options, PAGE_DEFAULTS, SERVICE_DEFAULTS, SET_UP_DEFAULTS } from './identity-center/options.ts';
import { issueResponse } from './identity-center/saml.ts';
import type { IssuedResponse } from './identity-center/state.ts';
import { createState } from './identity-center/state.ts';

/** A response of the embedded IdP, without the IdP. */
export function issued(options: Partial<Options> = {}): IssuedResponse {
  return issueResponse({
    options: { ...PAGE_DEFAULTS, ...SERVICE_DEFAULTS, ...options },
    state: createState(),
    clock: createClock(),
    user: SET_UP_DEFAULTS.user,
  });
}

/** The same with its document changed, as no IdP of ours would write it. */
export function altered(change: (xml: string) => string, options: Partial<Options> = {}): Secret {
  const xml = Buffer.from(issued(options).response, 'base64').toString('utf8');
  return new Secret(Buffer.from(change(xml), 'utf8').toString('base64'));
}
