import { isSafeName } from '../../../shared/aws/safe-name.ts';
import { isIdpUrl } from '../../../shared/aws/saml-hosts.ts';
import { type IniSection, iniSections } from '../../base/formats/plain-ini.ts';
import { type ConfigSection, textValue } from '../../base/formats/profiles.ts';
import { isDuration, type SamlSettings } from '../saml/saml-settings.ts';
import { type FoundProfile, ofArn, type Sources, told } from './found-profile.ts';
import { programOf } from './program.ts';

/** saml2aws' own name for a profile that nobody named. */
const DEFAULT_PROFILE = 'saml';
const AWS_URN = 'urn:amazon:webservices';

/**
 * saml2aws: accounts of `~/.saml2aws` (one section each: `url`, `provider`, `aws_profile`, `role_arn`...), and the profiles
 * that it wrote to the credentials file, which carry `x_principal_arn` (Versent/saml2aws, pkg/cfg and pkg/awsconfig). And
 * profiles that run it: `credential_process = saml2aws login --credential-process --role ARN` (its README).
 */
export function findSaml2aws({ config, credentialsFile, saml2aws, platform }: Sources): FoundProfile[] {
  const found = new Map<string, FoundProfile>();
  for (const one of accountsOf(saml2aws, config)) found.set(one.profile, one);
  for (const section of config.profiles.values()) {
    const words = programOf(section, platform, 'saml2aws');
    if (words?.includes('--credential-process')) found.set(section.name, ofLine(section, words, saml2aws));
    const arn = section.values.get('x_principal_arn');
    if (arn === undefined || arn.file !== credentialsFile) continue;
    const known = found.get(section.name);
    found.set(section.name, {
      tool: 'saml2aws',
      profile: section.name,
      where: 'credentials',
      oldKeys: [],
      ...known,
      ...(known?.accountId === undefined ? ofArn(arn.value) : {}),
      ...told({
        region: textValue(section, 'region') ?? known?.region,
        output: textValue(section, 'output'),
      }),
    });
  }
  return [...found.values()];
}

/**
 * The accounts of `~/.saml2aws`. Several may fill one profile, each with another role: whichever was asked for last. Then none
 * of them is what the profile means, and each gets a profile by its own name.
 */
function accountsOf(file: string, config: Sources['config']): FoundProfile[] {
  const accounts = [...iniSections(file)].map(([name, section]) => {
    const text = reader(section);
    return { name, text, profile: text('aws_profile') ?? DEFAULT_PROFILE };
  });
  return accounts.map(({ name, text, profile: shared }) => {
    const alone = accounts.filter((one) => one.profile === shared).length === 1;
    const profile = alone ? shared : name;
    const saml = settingsOf(name, profile, text);
    const taken = !alone && config.profiles.has(profile);
    return {
      tool: 'saml2aws',
      profile,
      where: 'credentials',
      ...ofArn(text('role_arn')),
      ...told({ region: text('region') }),
      oldKeys: [],
      ...(taken
        ? {
            obstacle: `several accounts of ~/.saml2aws fill the profile ${shared}: give each its own aws_profile`,
          }
        : saml === undefined
          ? {}
          : { saml }),
    };
  });
}

/** The role is on the line, or that of the account of `~/.saml2aws` which the line names. */
function ofLine(section: ConfigSection, words: readonly string[], file: string): FoundProfile {
  const value = (option: RegExp): string | undefined => {
    const at = words.findIndex((word) => option.test(word.split('=', 1)[0] ?? ''));
    if (at < 0) return undefined;
    return words[at]?.includes('=') ? words[at]?.slice(words[at].indexOf('=') + 1) : words[at + 1];
  };
  const account = value(/^(?:-a|--idp-account)$/) ?? 'default';
  const [, known] = [...iniSections(file)].find(([name]) => name === account) ?? [];
  const arn = value(/^--role$/) ?? (known && reader(known)('role_arn'));
  return {
    tool: 'saml2aws',
    profile: section.name,
    where: 'config',
    ...ofArn(arn),
    ...told({ region: textValue(section, 'region'), output: textValue(section, 'output') }),
    oldKeys: ['credential_process'],
  };
}

/** A section's values as text. */
function reader(section: IniSection): (key: string) => string | undefined {
  return (key) => {
    const value = Object.hasOwn(section, key) ? section[key] : undefined;
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
  };
}

function settingsOf(
  name: string,
  profile: string,
  text: (key: string) => string | undefined,
): SamlSettings | undefined {
  const url = startPage(text);
  if (url === undefined || !isIdpUrl(url) || !isSafeName(name) || !isSafeName(profile)) return undefined;
  const duration = text('aws_session_duration');
  const role = text('role_arn');
  return {
    name,
    url,
    ...(role === undefined ? {} : { role }),
    ...(duration !== undefined && isDuration(duration) ? { duration: Number(duration) } : {}),
    ...(profile === name ? {} : { profile }),
    ...told({ region: text('region') }),
  };
}

/** The page at which a browser begins: saml2aws builds it from `url` for some providers (its pkg/provider folder). */
function startPage(text: (key: string) => string | undefined): string | undefined {
  const url = text('url')?.replace(/\/$/, '');
  if (url === undefined) return undefined;
  const urn = encodeURIComponent(text('aws_urn') ?? AWS_URN);
  const appId = encodeURIComponent(text('app_id') ?? '');
  switch (text('provider')?.toLowerCase()) {
    case 'adfs':
    case 'adfs2':
      return /\/adfs\//i.test(url) ? url : `${url}/adfs/ls/IdpInitiatedSignOn.aspx?loginToRp=${urn}`;
    case 'ping':
    case 'pingntlm':
      return /startSSO\.ping/i.test(url) ? url : `${url}/idp/startSSO.ping?PartnerSpId=${urn}`;
    case 'shibboleth':
      return `${url}/idp/profile/SAML2/Unsolicited/SSO?providerId=${urn}`;
    case 'azuread':
      return `${url}/applications/redirecttofederatedapplication.aspx?Operation=LinkedSignIn&applicationId=${appId}`;
    case 'onelogin':
      return appId === '' ? url : `${new URL(url).origin}/launch/${appId}`;
    default:
      return url;
  }
}
