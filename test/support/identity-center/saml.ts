import { randomBytes } from 'node:crypto';
import type { Center } from './center.ts';
import { type IssuedResponse, opaque } from './state.ts';

/** What it takes to issue one. */
export type Issuer = Pick<Center, 'options' | 'state' | 'clock' | 'user'>;

const MINUTE = 60_000;
const AWS = 'https://aws.amazon.com/SAML/Attributes/';

/** Issues a response for the signed-in person, or a broken one if the options say so. A replay is the last one again. */
export function issueResponse(center: Issuer): IssuedResponse {
  const { options, state, clock } = center;
  const last = state.samlResponses.at(-1);
  if (options.samlFault === 'replay' && last !== undefined) return last;
  const now = clock.now();
  const shift = { expired: -30 * MINUTE, future: 30 * MINUTE }[String(options.samlFault)] ?? 0;
  const facts = {
    id: `_${randomBytes(16).toString('hex')}`,
    roles: options.samlRoles,
    sessionName: center.user.userName,
    notBefore: now - MINUTE + shift,
    notOnOrAfter: now + 5 * MINUTE + shift,
    audience:
      options.samlFault === 'other-audience'
        ? 'https://elsewhere.example.com'
        : 'https://signin.aws.amazon.com/saml',
    foreign: options.samlFault !== null,
  };
  const issued = { ...facts, response: encode(center, facts) };
  state.samlResponses.push(issued);
  return issued;
}

function encode(center: Issuer, facts: Omit<IssuedResponse, 'response'>): string {
  const { samlFault } = center.options;
  if (samlFault === 'not-base64') return '<Response>!</Response>';
  const xml = document(center, facts);
  const text = {
    'not-xml': 'this is no document',
    cut: xml.slice(0, -40),
    doctype: `<!DOCTYPE r [<!ENTITY a "aws">]>${xml}`,
    long: xml.replace('</samlp:Response>', `${'<pad>x</pad>'.repeat(8_000)}</samlp:Response>`),
  }[String(samlFault)];
  return Buffer.from(text ?? xml, 'utf8').toString('base64');
}

/** The form that Okta, Entra ID and AD FS send, with a signature of the right look that nobody checks here. */
function document(
  center: Issuer,
  { id, roles, sessionName, notBefore, notOnOrAfter, audience }: Omit<IssuedResponse, 'response'>,
): string {
  const { options } = center;
  const at = (time: number) => new Date(time).toISOString();
  const issuer = options.samlFault === 'other-issuer' ? 'https://idp.rival.example.com' : options.samlIssuer;
  const value = (text: string) =>
    `<saml:AttributeValue xsi:type="xs:string">${escapeXml(text)}</saml:AttributeValue>`;
  const attribute = (name: string, ...values: string[]) =>
    `<saml:Attribute Name="${name}">${values.map(value).join('')}</saml:Attribute>`;
  // The two ARNs of a value come in either order.
  const pairs = roles.map(([role, provider], index) =>
    index % 2 === 0 ? `${role},${provider}` : `${provider},${role}`,
  );
  const duration =
    options.samlSessionSeconds === null
      ? ''
      : attribute(`${AWS}SessionDuration`, String(options.samlSessionSeconds));
  return (
    `<?xml version="1.0" encoding="UTF-8"?>\n<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ` +
    `xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_r${id}" Version="2.0" IssueInstant="${at(notBefore)}" ` +
    `Destination="${escapeXml(options.samlPostTo)}"><saml:Issuer>${escapeXml(issuer)}</saml:Issuer>` +
    `<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>` +
    `<saml:Assertion xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" ` +
    `ID="${id}" Version="2.0" IssueInstant="${at(notBefore)}"><saml:Issuer>${escapeXml(issuer)}</saml:Issuer>` +
    `<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignatureValue>${opaque('', 256)}</ds:SignatureValue></ds:Signature>` +
    `<saml:Subject><saml:NameID>${escapeXml(sessionName)}</saml:NameID><saml:SubjectConfirmation ` +
    `Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData NotOnOrAfter="${at(notOnOrAfter)}" ` +
    `Recipient="${escapeXml(options.samlPostTo)}"/></saml:SubjectConfirmation></saml:Subject>` +
    `<saml:Conditions NotBefore="${at(notBefore)}" NotOnOrAfter="${at(notOnOrAfter)}"><saml:AudienceRestriction>` +
    `<saml:Audience>${escapeXml(audience)}</saml:Audience></saml:AudienceRestriction></saml:Conditions>` +
    `<saml:AttributeStatement>${attribute(`${AWS}Role`, ...pairs)}${attribute(`${AWS}RoleSessionName`, sessionName)}` +
    `${duration}</saml:AttributeStatement></saml:Assertion></samlp:Response>`
  );
}

export function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
