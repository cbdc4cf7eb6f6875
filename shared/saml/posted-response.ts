import { MAX_SAML_RESPONSE, samlEndpoint } from '../aws/saml-hosts.ts';
import { AwsherError } from '../errors/awsher-error.ts';
import { Secret } from '../secret.ts';

/** A request of the tab that was opened for a SAML sign-in, as the browser reports it before it is sent. */
export interface SeenRequest {
  method: string;
  url: string;
  /** Fields of its form; `null` for a body that is no form. */
  form: Readonly<Record<string, readonly string[]>> | null;
}

/** `other`: nothing for us, and nothing of it is kept. The two others end the wait: there is one response, or none. */
export type SeenResponse =
  | { kind: 'other' }
  | { kind: 'response'; response: Secret; postedTo: string }
  | { kind: 'refused'; error: AwsherError };

/**
 * Whether a request carries the SAML response that was waited for. Only a POST to AWS's own sign-in counts, looked at
 * label by label; the first one ends the wait, whatever is in it. `armedUntil` and `now` are milliseconds since 1970: no
 * timer counts the time of a closed lid.
 */
export function seenResponse(
  { method, url, form }: SeenRequest,
  armedUntil: number,
  now: number,
): SeenResponse {
  if (method !== 'POST' || samlEndpoint(url) === null) return { kind: 'other' };
  if (now >= armedUntil) return { kind: 'refused', error: samlTimeout() };
  const values = form && Object.hasOwn(form, 'SAMLResponse') ? (form.SAMLResponse ?? []) : [];
  const [response, another] = values;
  if (!response || another !== undefined) {
    const what = response ? 'more than one SAML response' : 'no SAML response';
    return { kind: 'refused', error: invalid(`The page posted ${what} to AWS.`) };
  }
  if (response.length > MAX_SAML_RESPONSE)
    return {
      kind: 'refused',
      error: invalid(
        `The SAML response has ${response.length} characters; AWS takes ${MAX_SAML_RESPONSE} at most.`,
      ),
    };
  return { kind: 'response', response: new Secret(response), postedTo: url };
}

/** Five minutes have gone by without a response. */
export function samlTimeout(): AwsherError {
  return new AwsherError('SIGN_IN_TIMEOUT', 'The identity provider sent no response within five minutes.', {
    hint: 'run the command again, and finish the sign-in in the tab that opens',
  });
}

function invalid(sentence: string): AwsherError {
  return new AwsherError('SAML_INVALID', sentence, {
    hint: 'ask whoever runs your identity provider to send fewer attributes, or one role at a time',
  });
}
