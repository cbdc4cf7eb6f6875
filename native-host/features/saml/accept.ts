import { samlEndpoint } from '../../../shared/aws/saml-hosts.ts';
import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import type { Assertion } from './assertion.ts';

/** Clocks of IdPs and of people differ; AWS has the last word, within the same few seconds. */
const SKEW_MS = 60_000;

export interface Expected {
  /** The sign-in's name in awsher's settings, for messages. */
  readonly name: string;
  /** The issuer that this sign-in had the first time; undefined before it. */
  readonly issuer: string | undefined;
  /** Milliseconds since 1970, by AWS's clock as far as it is known. */
  readonly now: number;
}

/**
 * Whether an assertion is the one that was asked for: meant for AWS, from the issuer of this sign-in, valid now, and
 * with a role in it. Pure. Throws SAML_FOREIGN, SAML_EXPIRED or ROLE_UNKNOWN.
 */
export function acceptAssertion(assertion: Assertion, { name, issuer, now }: Expected): void {
  if (issuer !== undefined && issuer !== assertion.issuer) {
    throw new AwsherError(
      'SAML_FOREIGN',
      `The response is from ${assertion.issuer}, but ${name} expects ${issuer}.`,
      {
        hint: `sign in with the right account in the browser; if your company changed providers, run \`awsher saml add ${name} --issuer ${assertion.issuer}\``,
      },
    );
  }
  if (!assertion.audiences.some(isAws)) {
    throw new AwsherError('SAML_FOREIGN', 'The SAML response is not meant for AWS.', {
      hint: `check the start URL: \`awsher saml list\` shows it`,
    });
  }
  const { notBefore = Number.NEGATIVE_INFINITY, notOnOrAfter } = assertion;
  if (notOnOrAfter === undefined || now >= notOnOrAfter + SKEW_MS || now < notBefore - SKEW_MS) {
    const early = notOnOrAfter !== undefined && now < notBefore;
    throw new AwsherError(
      'SAML_EXPIRED',
      early ? 'The SAML response is not valid yet.' : 'The SAML response has expired.',
      { hint: `compare this machine's clock with \`awsher doctor\`, then run \`awsher saml login ${name}\`` },
    );
  }
  if (assertion.roles.length === 0) {
    throw new AwsherError('ROLE_UNKNOWN', 'The SAML response contains no role.', {
      hint: 'ask your administrator to assign you one',
    });
  }
}

/** The audiences that AWS documents, one per partition, and its sign-in addresses (IAM User Guide, "SAML assertions"). */
function isAws(audience: string): boolean {
  return /^urn:amazon:webservices(:[a-z0-9-]+)?$/.test(audience) || samlEndpoint(audience) !== null;
}
