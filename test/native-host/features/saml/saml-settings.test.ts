import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  readSamlSettings,
  removeSamlSettings,
  type SamlSettings,
  samlSettings,
  saveSamlSettings,
  settingsFile,
} from '../../../../native-host/features/saml/saml-settings.ts';
import { makeSandbox, type Sandbox } from '../../base/files/sandbox.ts';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = makeSandbox();
});
afterEach(() => sandbox.remove());

const corp: SamlSettings = { name: 'corp', url: 'https://corp.okta.com/home/amazon_aws/0oa1/272?a=b;c#d' };
const text = () => readFileSync(settingsFile(sandbox.paths), 'utf8');
function write(content: string): void {
  mkdirSync(dirname(settingsFile(sandbox.paths)), { recursive: true });
  writeFileSync(settingsFile(sandbox.paths), content);
}

describe('saml.ini', () => {
  it('gives back what was put in, whatever characters a name or an address has', async () => {
    const all: SamlSettings[] = [
      {
        ...corp,
        issuer: 'http://www.okta.com/exk1',
        role: 'arn:aws:iam::111122223333:role/a,b=c',
        duration: 900,
      },
      {
        name: 'a.b.c',
        url: 'https://adfs.example.com/adfs/ls/IdpInitiatedSignOn.aspx?loginToRp=urn:amazon:webservices',
      },
      { name: 'a', url: 'https://a.example.com/', region: 'eu-west-1', profile: 'a-b' },
    ];
    for (const one of all) await saveSamlSettings(sandbox.paths, one);
    const read = readSamlSettings(sandbox.paths);
    expect(read).toHaveLength(3);
    expect(read).toEqual(expect.arrayContaining(all));
  });

  it('keeps every other line when one section is changed or removed', async () => {
    const before =
      '; mine\n[one]\nurl = https://one.example.com/\n\n# the second\n[two]\nurl=https://two.example.com/\n';
    write(before);
    await saveSamlSettings(sandbox.paths, corp);
    expect(text().startsWith(before)).toBe(true);
    await saveSamlSettings(sandbox.paths, { name: 'one', url: 'https://uno.example.com/' });
    expect(text()).toContain('; mine\n[one]\nurl = https://uno.example.com/\n\n# the second\n[two]\n');
    await saveSamlSettings(sandbox.paths, { name: 'one', url: 'https://one.example.com/' });
    await removeSamlSettings(sandbox.paths, 'corp');
    expect(text().trimEnd()).toBe(before.trimEnd());
    await removeSamlSettings(sandbox.paths, 'two');
    expect(readSamlSettings(sandbox.paths).map(({ name }) => name)).toEqual(['one']);
    expect(text()).toContain('; mine\n');
  });

  it.each([
    ['no address', '[corp]\nrole = x\n'],
    ['another scheme', '[corp]\nurl = javascript:alert(1)\n'],
    ['a duration that STS does not take', '[corp]\nurl = https://a.example.com/\nduration = 60\n'],
  ])('with %s is refused', (_, content) => {
    write(content);
    expect(() => readSamlSettings(sandbox.paths)).toThrow(
      /In \[corp\] of .*saml\.ini, (url|duration) is missing or is not/,
    );
  });

  it('an unknown name says how to add it, or which is near', () => {
    write('[corp]\nurl = https://a.example.com/\n[__proto__]\nurl = https://b.example.com/\n');
    expect(() => samlSettings(sandbox.paths, 'crop')).toThrow(
      expect.objectContaining({ code: 'SAML_UNKNOWN', hint: 'did you mean corp?' }),
    );
    expect(() => samlSettings(sandbox.paths, 'toString')).toThrow(
      expect.objectContaining({ code: 'SAML_UNKNOWN' }),
    );
  });
});
