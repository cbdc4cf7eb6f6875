import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import type { Secret } from '../../../shared/secret.ts';
import { parseRoleValue, type SamlRole } from './roles.ts';
import { below, readXml, textOf, type Xml } from './xml.ts';

/** What awsher needs to know of a SAML response. AWS checks its signature; awsher only reads. Times are milliseconds since 1970. */
export interface Assertion {
  readonly id: string;
  readonly issuer: string;
  readonly audiences: readonly string[];
  readonly notBefore: number | undefined;
  readonly notOnOrAfter: number | undefined;
  readonly roles: readonly SamlRole[];
  /** As whom the session will be, from `RoleSessionName`. */
  readonly sessionName: string | undefined;
  /** Seconds, 900 to 43,200, from `SessionDuration`. */
  readonly sessionSeconds: number | undefined;
}

const ATTRIBUTE = 'https://aws.amazon.com/SAML/Attributes/';
const SUCCESS = 'urn:oasis:names:tc:SAML:2.0:status:Success';

/** Reads a SAML response as it is posted (base64). Throws SAML_INVALID, with nothing of the response in it. */
export function readAssertion(response: Secret): Assertion {
  const text = decode(response);
  const document = readXml(text);
  const [root] = document === null ? [] : below(document, 'Response');
  if (root === undefined) throw invalid('is not a SAML XML document');
  const status = below(below(root, 'Status')[0], 'StatusCode')[0];
  const said = textOf(below(status, 'Value')[0]);
  if (said !== '' && said !== SUCCESS) throw invalid('says that the identity provider refused the sign-in');
  if (below(root, 'EncryptedAssertion').length > 0)
    throw invalid('is encrypted for AWS, so awsher cannot see the roles in it');
  const [assertion, another] = below(root, 'Assertion');
  if (assertion === undefined || another !== undefined) throw invalid('does not hold exactly one assertion');
  const issuer = textOf(below(assertion, 'Issuer')[0]);
  const id = textOf(below(assertion, 'ID')[0]);
  if (issuer === '' || id === '') throw invalid('names no issuer or has no ID');
  const responseIssuer = textOf(below(root, 'Issuer')[0]);
  if (responseIssuer !== '' && responseIssuer !== issuer) throw invalid('names two different issuers');
  const conditions = below(assertion, 'Conditions')[0];
  return {
    id,
    issuer,
    audiences: below(conditions, 'AudienceRestriction').flatMap((one) => below(one, 'Audience').map(textOf)),
    notBefore: time(conditions, 'NotBefore'),
    notOnOrAfter: earliest(time(conditions, 'NotOnOrAfter'), confirmationEnd(assertion)),
    roles: uniqueRoles(attribute(assertion, 'Role')),
    sessionName: attribute(assertion, 'RoleSessionName')[0],
    sessionSeconds: sessionSeconds(attribute(assertion, 'SessionDuration')[0]),
  };
}

function decode(response: Secret): string {
  const base64 = response.expose().replace(/\s+/g, '');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) throw invalid('is not base64');
  return Buffer.from(base64, 'base64').toString('utf8');
}

/** The values of one of AWS's attributes. */
function attribute(assertion: Xml, name: string): string[] {
  return below(assertion, 'AttributeStatement')
    .flatMap((statement) => below(statement, 'Attribute'))
    .filter((one) => textOf(below(one, 'Name')[0]) === `${ATTRIBUTE}${name}`)
    .flatMap((one) => below(one, 'AttributeValue').map(textOf))
    .filter((text) => text !== '');
}

function uniqueRoles(values: readonly string[]): SamlRole[] {
  const roles = new Map<string, SamlRole>();
  for (const value of values) {
    const role = parseRoleValue(value);
    if (role !== undefined && !roles.has(role.roleArn)) roles.set(role.roleArn, role);
  }
  return [...roles.values()].sort((a, b) => (a.roleArn < b.roleArn ? -1 : 1));
}

function sessionSeconds(text: string | undefined): number | undefined {
  const seconds = text !== undefined && /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
  return seconds >= 900 && seconds <= 43_200 ? seconds : undefined;
}

function confirmationEnd(assertion: Xml): number | undefined {
  const ends = below(assertion, 'Subject')
    .flatMap((subject) => below(subject, 'SubjectConfirmation'))
    .flatMap((confirmation) => below(confirmation, 'SubjectConfirmationData'))
    .map((data) => time(data, 'NotOnOrAfter'));
  // Any one of several confirmations is enough.
  return ends.includes(undefined) ? undefined : ends.reduce(latest, undefined);
}

function time(element: Xml | undefined, name: string): number | undefined {
  const text = textOf(below(element, name)[0]);
  if (text === '') return undefined;
  const at = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(text)
    ? Date.parse(text)
    : Number.NaN;
  if (Number.isNaN(at)) throw invalid('has a time that awsher cannot read');
  return at;
}

const latest = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || b === undefined ? (a ?? b) : Math.max(a, b);
const earliest = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);

function invalid(what: string): AwsherError {
  return new AwsherError('SAML_INVALID', `The SAML response ${what}.`, {
    hint: 'open the start URL in the browser: it should end in the AWS console',
  });
}
