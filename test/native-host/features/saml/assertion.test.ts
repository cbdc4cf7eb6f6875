import { describe, expect, it } from 'vitest';
import { acceptAssertion } from '../../../../native-host/features/saml/accept.ts';
import { readAssertion } from '../../../../native-host/features/saml/assertion.ts';
import { parseRoleValue } from '../../../../native-host/features/saml/roles.ts';
import { Secret } from '../../../../shared/secret.ts';
import type { Options } from '../../../support/identity-center/options.ts';
import { altered, issued } from '../../../support/saml-samples.ts';

const read = (options: Partial<Options> = {}) => readAssertion(new Secret(issued(options).response));
const codeOf = (act: () => unknown): unknown => {
  try {
    act();
    return 'no error';
  } catch (thrown) {
    return Reflect.get(Object(thrown), 'code');
  }
};

describe('a SAML response', () => {
  it('is read: roles in either order, who, how long, from whom, for whom', () => {
    const assertion = read({ samlSessionSeconds: 7200 });
    expect(assertion.roles).toEqual([
      {
        roleArn: 'arn:aws:iam::111122223333:role/Admin',
        providerArn: 'arn:aws:iam::111122223333:saml-provider/Corp',
        accountId: '111122223333',
        roleName: 'Admin',
      },
      {
        roleArn: 'arn:aws:iam::444455556666:role/team/ReadOnly',
        providerArn: 'arn:aws:iam::444455556666:saml-provider/Corp',
        accountId: '444455556666',
        roleName: 'ReadOnly',
      },
    ]);
    expect(assertion).toMatchObject({
      issuer: 'https://idp.example.com/saml',
      audiences: ['https://signin.aws.amazon.com/saml'],
      sessionName: 'ana@example.com',
      sessionSeconds: 7200,
    });
  });

  it('is read whatever prefix its names have, and with line ends in its base64', () => {
    const other = altered((xml) => xml.replaceAll('saml:', 'saml2:').replaceAll('samlp:', ''));
    expect(readAssertion(other).roles).toHaveLength(2);
    const { response } = issued();
    const folded = new Secret(response.replace(/.{76}/g, '$&\r\n'));
    expect(readAssertion(folded).roles).toHaveLength(2);
  });

  it.each<[string, Secret]>([
    ['no base64', new Secret(issued({ samlFault: 'not-base64' }).response)],
    ['no XML', new Secret(issued({ samlFault: 'not-xml' }).response)],
    ['cut off', new Secret(issued({ samlFault: 'cut' }).response)],
    ['a DTD with an entity', new Secret(issued({ samlFault: 'doctype' }).response)],
    ['a comment inside a name', altered((xml) => xml.replace('ana@', 'ana<!-- -->@'))],
    ['CDATA', altered((xml) => xml.replace('ana@', '<![CDATA[ana]]>@'))],
    ['a processing instruction', altered((xml) => xml.replace('<saml:Subject>', '<?x y?><saml:Subject>'))],
    ['two assertions', altered((xml) => xml.replace(/<saml:Assertion .*<\/saml:Assertion>/s, '$&$&'))],
    ['no assertion', altered((xml) => xml.replace(/<saml:Assertion .*<\/saml:Assertion>/s, ''))],
    ['an encrypted one', altered((xml) => xml.replaceAll('saml:Assertion', 'saml:EncryptedAssertion'))],
    ['a refusal', altered((xml) => xml.replace('status:Success', 'status:Responder'))],
    ['two issuers', altered((xml) => xml.replace('<saml:Issuer>', '<saml:Issuer>https://other.example.com'))],
    ['no ID', altered((xml) => xml.replace(/ ID="_[0-9a-f]+"/, ''))],
    ['a time that is none', altered((xml) => xml.replace(/NotBefore="[^"]+"/, 'NotBefore="soon"'))],
    ['nesting without end', altered(() => '<a>'.repeat(20_000))],
    ['another document', altered(() => '<html><body>Sign in</body></html>')],
    ['a prototype', altered(() => '<__proto__><Assertion ID="x"/></__proto__>')],
    ['nothing', new Secret('====')],
  ])('with %s is refused, and the error holds nothing of it', (_, response) => {
    let thrown: unknown;
    try {
      readAssertion(response);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({ code: 'SAML_INVALID' });
    const { message, hint } = Object(thrown);
    expect(`${message} ${hint}`).not.toMatch(/ana|idp\.example|PHNhbW|<|arn:/);
  });

  it('leaves out what is no pair of a role and its provider', () => {
    const role = 'arn:aws:iam::111122223333:role/Admin';
    const provider = 'arn:aws:iam::111122223333:saml-provider/Corp';
    expect(parseRoleValue(`${role},${provider}`)).toEqual(parseRoleValue(` ${provider} , ${role} `));
    expect(
      parseRoleValue(
        'arn:aws-cn:iam::111122223333:saml-provider/Corp,arn:aws-cn:iam::111122223333:role/a,b=c',
      )?.roleName,
    ).toBe('a,b=c');
    for (const value of [
      role,
      provider,
      `${role},${role}`,
      `${provider},${provider}`,
      `${role},arn:aws-cn:iam::111122223333:saml-provider/Corp`,
      `${role}\u001b[2J,${provider}`,
      `${role};rm -rf,${provider}`,
      `arn:aws:iam::1:role/Admin,${provider}`,
      `${role},${provider},${provider}`,
    ])
      expect(parseRoleValue(value)).toBeUndefined();
  });
});

describe('a response is accepted', () => {
  const now = Date.now();
  const expected = { name: 'corp', issuer: undefined, now };
  const accept = (options: Partial<Options>, more: Partial<typeof expected | { issuer: string }> = {}) =>
    codeOf(() => acceptAssertion(read(options), { ...expected, ...more }));

  it('when it is for AWS in any partition, valid now, and from the issuer of this sign-in', () => {
    expect(accept({})).toBe('no error');
    expect(accept({}, { issuer: 'https://idp.example.com/saml' })).toBe('no error');
    for (const audience of [
      'urn:amazon:webservices',
      'urn:amazon:webservices:govcloud',
      'urn:amazon:webservices:cn-north-1',
      'https://signin.amazonaws-us-gov.com/saml',
      'https://eu-west-1.signin.aws.amazon.com/saml/acs/SAML123',
      'https://signin.aws.amazon.com/saml#2',
    ]) {
      const response = altered((xml) => xml.replace(/<saml:Audience>[^<]+/, `<saml:Audience>${audience}`));
      expect(codeOf(() => acceptAssertion(readAssertion(response), expected))).toBe('no error');
    }
  });

  it.each<[string, Partial<Options>, object, string]>([
    ['another issuer than the first time', {}, { issuer: 'https://first.example.com' }, 'SAML_FOREIGN'],
    ['another audience', { samlFault: 'other-audience' }, {}, 'SAML_FOREIGN'],
    ['one that is over', { samlFault: 'expired' }, {}, 'SAML_EXPIRED'],
    ['one that is not valid yet', { samlFault: 'future' }, {}, 'SAML_EXPIRED'],
    ['one without roles', { samlRoles: [] }, {}, 'ROLE_UNKNOWN'],
  ])('but not %s', (_, options, more, code) => {
    expect(accept(options, more)).toBe(code);
  });

  it('but not without an end or an audience', () => {
    const endless = altered((xml) => xml.replaceAll(/ NotOnOrAfter="[^"]+"/g, ''));
    expect(codeOf(() => acceptAssertion(readAssertion(endless), expected))).toBe('SAML_EXPIRED');
    const anybody = altered((xml) =>
      xml.replace(/<saml:AudienceRestriction>.*<\/saml:AudienceRestriction>/, ''),
    );
    expect(codeOf(() => acceptAssertion(readAssertion(anybody), expected))).toBe('SAML_FOREIGN');
  });

  it('and no attribute of another namespace counts', () => {
    const response = altered((xml) =>
      xml.replaceAll('https://aws.amazon.com/SAML/Attributes/Role"', 'Role"'),
    );
    expect(readAssertion(response).roles).toEqual([]);
  });
});
