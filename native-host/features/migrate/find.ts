import { type ConfigSection, type SharedConfig, textValue } from '../../base/formats/profiles.ts';
import { type FoundProfile, ofArn, type Sources, type Tool, told } from './found-profile.ts';
import { programOf } from './program.ts';
import { findSaml2aws } from './saml2aws.ts';

/** The profiles of one tool, in the order of the files; those that name its program in ways that nobody reads are behind them. Pure. */
export function findProfiles(tool: Tool, sources: Sources): FoundProfile[] {
  const found = tool === 'saml2aws' ? findSaml2aws(sources) : findByReader(tool, sources);
  const known = new Set(found.map(({ profile }) => profile));
  const program = tool === 'aws-sso-cli' ? 'aws-sso' : tool;
  const named = new RegExp(`(?<![\\w-])${program}(?![\\w-])`, 'i');
  const unread = [...sources.config.profiles.values()].filter(
    (section) => !known.has(section.name) && named.test(textValue(section, 'credential_process') ?? ''),
  );
  return [
    ...found,
    ...unread.map((section) => ({
      tool,
      ...common(section),
      oldKeys: ['credential_process'],
      obstacle: `awsher cannot tell the role from how its credential_process runs ${program}: add \`--map ${section.name}=ACCOUNT/ROLE\``,
    })),
  ];
}

function findByReader(tool: Exclude<Tool, 'saml2aws'>, sources: Sources): FoundProfile[] {
  const { config, credentialsFile, platform } = sources;
  return [...config.profiles.values()]
    .filter((section) => section.file !== credentialsFile || section.values.has('credential_process'))
    .flatMap((section) => {
      const found = READERS[tool](section, config, platform);
      return found === undefined ? [] : [{ tool, ...common(section), ...found }];
    });
}

type Told = Omit<Partial<FoundProfile>, 'tool' | 'profile' | 'where'> & {
  readonly oldKeys: readonly string[];
};
type Reader = (section: ConfigSection, config: SharedConfig, platform: string) => Told | undefined;

const READERS: Readonly<Record<Exclude<Tool, 'saml2aws'>, Reader>> = {
  /** synfinatic/aws-sso-cli: `credential_process = /path/aws-sso -S "Default" process --arn arn:aws:iam::1111:role/Name`. */
  'aws-sso-cli'(section, _config, platform) {
    const words = programOf(section, platform, 'aws-sso');
    const at = words?.findIndex((word) => word === '--arn' || word === '-a') ?? -1;
    if (words === undefined || !words.includes('process') || at < 0) return undefined;
    return { ...ofArn(words[at + 1]), oldKeys: ['credential_process'] };
  },

  /**
   * Granted: `granted_sso_*` keys, `credential_process = granted credential-process` beside the AWS CLI's own keys, or
   * those keys alone with a mark.
   */
  granted(section, config, platform) {
    const text = (key: string) => textValue(section, key);
    const process = programOf(section, platform, 'granted') !== undefined;
    // The last one stands alone where it generated profiles for the AWS CLI's own sign-in.
    const isIts =
      process || (text('granted_sso_start_url') ?? text('common_fate_generated_from')) !== undefined;
    if (!isIts) return undefined;
    const session = config.ssoSessions.get(text('sso_session') ?? '');
    return {
      ...told({
        accountId: text('granted_sso_account_id') ?? text('sso_account_id'),
        roleName: text('granted_sso_role_name') ?? text('sso_role_name'),
        startUrl:
          text('granted_sso_start_url') ?? text('sso_start_url') ?? textValue(session, 'sso_start_url'),
        ssoRegion: text('granted_sso_region') ?? text('sso_region') ?? textValue(session, 'sso_region'),
      }),
      oldKeys: [...section.values.keys()]
        .filter((key) => /^(granted_|common_fate_)/.test(key))
        .concat('credential_process', 'sso_start_url', 'sso_region'),
    };
  },

  /** aws-vault: `credential_process = aws-vault exec NAME --json`; what NAME is stands in its own section. */
  'aws-vault'(section, config, platform) {
    const words = programOf(section, platform, 'aws-vault');
    const verb = words?.findIndex((word) => word === 'exec' || word === 'export') ?? -1;
    if (words === undefined || verb < 0) return undefined;
    // Values of options may stand between: `exec --duration 8h NAME`.
    const rest = words.slice(verb + 1).filter((word) => !word.startsWith('-'));
    const name = rest.find((word) => config.profiles.has(word)) ?? rest[0] ?? '';
    const about = withIncludes(config, name);
    const session = config.ssoSessions.get(about('sso_session') ?? '');
    const facts = told({
      accountId: about('sso_account_id'),
      roleName: about('sso_role_name'),
      startUrl: about('sso_start_url') ?? textValue(session, 'sso_start_url'),
      ssoRegion: about('sso_region') ?? textValue(session, 'sso_region'),
    });
    const arn = about('role_arn');
    const oldKeys = [
      'credential_process',
      'include_profile',
      'parent_profile',
      'sso_start_url',
      'sso_region',
    ];
    if (facts.accountId !== undefined) return { ...facts, oldKeys };
    if (arn !== undefined) return { ...ofArn(arn), oldKeys };
    return { oldKeys, obstacle: `aws-vault keeps keys of a user for ${name || 'it'}, not a role` };
  },

  /** Leapp: `credential_process = leapp session generate ID`. What the ID is stands in Leapp's own encrypted workspace. */
  leapp(section, _config, platform) {
    const words = programOf(section, platform, 'leapp');
    return words?.includes('session') && words.includes('generate')
      ? { oldKeys: ['credential_process'] }
      : undefined;
  },

  /** A profile that names its portal itself, as the AWS CLI wrote it before 2.9; also with aws-sso-util's helper. */
  'legacy-sso'(section, _config, platform) {
    const text = (key: string) => textValue(section, key);
    const startUrl = text('sso_start_url');
    if (startUrl === undefined || text('sso_session') !== undefined) return undefined;
    const helper = text('credential_process') !== undefined;
    if (helper && programOf(section, platform, 'aws-sso-util') === undefined) return undefined;
    return {
      ...told({
        accountId: text('sso_account_id'),
        roleName: text('sso_role_name'),
        startUrl,
        ssoRegion: text('sso_region'),
      }),
      oldKeys: [
        'sso_start_url',
        'sso_region',
        'sso_registration_scopes',
        'sso_account_name',
        'sso_auto_populated',
        'credential_process',
      ],
    };
  },
};

function common(section: ConfigSection): Pick<FoundProfile, 'profile' | 'where' | 'region' | 'output'> {
  const facts = told({ region: textValue(section, 'region'), output: textValue(section, 'output') });
  return { profile: section.name, where: 'config', ...facts };
}

/** A key of a profile, or of one that it includes (aws-vault USAGE.md, `include_profile`; `parent_profile` before its v6). */
function withIncludes(config: SharedConfig, name: string): (key: string) => string | undefined {
  const chain: ConfigSection[] = [];
  for (let at = config.profiles.get(name); at !== undefined && !chain.includes(at); ) {
    chain.push(at);
    at = config.profiles.get(textValue(at, 'include_profile') ?? textValue(at, 'parent_profile') ?? '');
  }
  return (key) => chain.map((section) => textValue(section, key)).find((value) => value !== undefined);
}
