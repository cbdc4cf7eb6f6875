/** What a home is made of. `{…}` in the texts is filled in by the test: START, REGION, ACCOUNT, ROLE, ID, SECRET, TOKEN, HOME, URL. */
export interface PreparedHome {
  readonly name: string;
  /** Given with `--profile`. */
  readonly profile?: string;
  readonly config?: string;
  readonly credentials?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
  /** What the token cache holds: a good token, one that has ended, with or without something to renew it. */
  readonly token?: 'good' | 'renewable' | 'ended';
  /** A role that is cached already: the entry of this ARN. */
  readonly cachedRole?: string;
  /**
   * `aws configure list`: the type of the keys, `none` for no keys, `error` when it cannot get them. What both must say,
   * so that a home that does not test what it means to fails too.
   */
  readonly expected: string;
  /** Where this AWS CLI itself does otherwise, what it says, the disagreement that `explain` must name, and the version that mended it. */
  readonly cli?: { readonly says: string; readonly told: string; readonly before?: string };
}

const KEYS = 'aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = static-secret\n';
const OTHER = 'aws_access_key_id = AKIAIOSFODNN7ANOTHER\naws_secret_access_key = static-secret\n';
/** Temporary keys that the embedded STS knows. */
const TEMPORARY = 'aws_access_key_id = {ID}\naws_secret_access_key = {SECRET}\naws_session_token = {TOKEN}\n';
const ENV_KEYS = { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7FROMENV', AWS_SECRET_ACCESS_KEY: 'env-secret' };
const SESSION =
  '[sso-session corp]\nsso_start_url = {START}\nsso_region = {REGION}\nsso_registration_scopes = sso:account:access\n';
const SSO_ROLE = 'sso_account_id = {ACCOUNT}\nsso_role_name = {ROLE}\n';
const SSO = `sso_session = corp\n${SSO_ROLE}`;
const LEGACY = `sso_start_url = {START}\nsso_region = {REGION}\n${SSO_ROLE}`;
const ARN = 'role_arn = arn:aws:iam::444455556666:role/Deploy\n';
const PROCESS = 'credential_process = "{HOME}/give" --anything\n';
const GIVE = {
  give: '#!/bin/sh\necho \'{"Version": 1, "AccessKeyId": "ASIAIOSFODNN7PROCESS", "SecretAccessKey": "p", "SessionToken": "t", "Expiration": "2099-01-01T00:00:00Z"}\'\n',
};
const GIVE_KNOWN = {
  give: '#!/bin/sh\necho \'{"Version": 1, "AccessKeyId": "{ID}", "SecretAccessKey": "{SECRET}", "SessionToken": "{TOKEN}", "Expiration": "2099-01-01T00:00:00Z"}\'\n',
};
const WEB = `${ARN}web_identity_token_file = {HOME}/jwt\n`;
const JWT = { jwt: 'eyJ.an.identity' };

/** Every home, by what it is about. */
export const HOMES: readonly PreparedHome[] = [
  // Default profile, environment, other files
  { name: 'no ~/.aws at all', expected: 'none' },
  {
    name: 'a default profile with a region only',
    config: '[default]\nregion = eu-west-1\n',
    expected: 'none',
  },
  {
    name: 'keys in the credentials file',
    credentials: `[default]\n${KEYS}`,
    expected: 'shared-credentials-file',
  },
  { name: 'keys in the config file', config: `[default]\n${KEYS}`, expected: 'config-file' },
  {
    name: 'keys in both: the credentials file',
    config: `[default]\n${OTHER}`,
    credentials: `[default]\n${KEYS}`,
    expected: 'shared-credentials-file',
  },
  {
    name: '[default] and then [profile default]',
    config: `[default]\n${OTHER}[profile default]\n${KEYS}`,
    expected: 'config-file',
  },
  {
    name: '[profile default] and then [default]',
    config: `[profile default]\n${KEYS}[default]\n${OTHER}`,
    expected: 'config-file THER',
  },
  {
    name: '--profile',
    profile: 'p',
    config: `[default]\n${OTHER}[profile p]\n${KEYS}`,
    expected: 'config-file',
  },
  {
    name: 'AWS_PROFILE',
    env: { AWS_PROFILE: 'p' },
    config: `[default]\n${OTHER}[profile p]\n${KEYS}`,
    expected: 'config-file',
  },
  {
    name: 'AWS_DEFAULT_PROFILE',
    env: { AWS_DEFAULT_PROFILE: 'p' },
    config: `[default]\n${OTHER}[profile p]\n${KEYS}`,
    expected: 'config-file',
  },
  {
    name: 'AWS_PROFILE before AWS_DEFAULT_PROFILE',
    env: { AWS_PROFILE: 'p', AWS_DEFAULT_PROFILE: 'q' },
    config: `[profile p]\n${KEYS}[profile q]\n${OTHER}`,
    expected: 'config-file',
  },
  {
    name: 'keys in the environment before AWS_PROFILE',
    env: { ...ENV_KEYS, AWS_PROFILE: 'p' },
    config: `[profile p]\n${KEYS}`,
    expected: 'env',
  },
  {
    name: 'keys in the environment, and AWS_PROFILE that is not there',
    env: { ...ENV_KEYS, AWS_PROFILE: 'q' },
    expected: 'error',
  },
  {
    name: 'keys in the environment before the sign-in',
    env: { ...ENV_KEYS, AWS_PROFILE: 'p' },
    config: `${SESSION}[profile p]\n${SSO}`,
    token: 'good',
    expected: 'env',
  },
  {
    name: '--profile before keys in the environment',
    profile: 'p',
    env: ENV_KEYS,
    config: `[profile p]\n${KEYS}`,
    expected: 'config-file',
  },
  {
    name: 'keys in the environment with a session token',
    env: { ...ENV_KEYS, AWS_SESSION_TOKEN: 't' },
    expected: 'env',
  },
  {
    name: 'half a key in the environment',
    env: { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7FROMENV' },
    expected: 'error',
  },
  {
    name: 'only the secret in the environment',
    env: { AWS_SECRET_ACCESS_KEY: 'env-secret' },
    credentials: `[default]\n${KEYS}`,
    expected: 'shared-credentials-file',
  },
  {
    name: 'AWS_CONFIG_FILE',
    env: { AWS_CONFIG_FILE: '{HOME}/elsewhere' },
    config: `[default]\n${OTHER}`,
    files: { elsewhere: `[default]\n${KEYS}` },
    expected: 'config-file',
  },
  {
    name: 'AWS_SHARED_CREDENTIALS_FILE with a tilde',
    env: { AWS_SHARED_CREDENTIALS_FILE: '~/elsewhere' },
    credentials: `[default]\n${OTHER}`,
    files: { elsewhere: `[default]\n${KEYS}` },
    expected: 'shared-credentials-file',
  },
  { name: 'a profile that is not there', profile: 'q', config: `[profile p]\n${KEYS}`, expected: 'error' },
  {
    name: 'AWS_PROFILE that is not there',
    env: { AWS_PROFILE: 'q' },
    config: `[profile p]\n${KEYS}`,
    expected: 'error',
  },
  {
    name: 'half a key in the credentials file',
    credentials: '[default]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n',
    expected: 'error',
  },
  // Identity Center
  {
    name: 'a session',
    profile: 'p',
    config: `${SESSION}[profile p]\n${SSO}`,
    token: 'good',
    expected: 'sso',
  },
  {
    name: 'a portal of its own',
    profile: 'p',
    config: `[profile p]\n${LEGACY}`,
    token: 'good',
    expected: 'sso',
  },
  {
    name: 'a session and nobody signed in',
    profile: 'p',
    config: `${SESSION}[profile p]\n${SSO}`,
    expected: 'error',
  },
  {
    name: 'a token that has ended',
    profile: 'p',
    config: `${SESSION}[profile p]\n${SSO}`,
    token: 'ended',
    expected: 'error',
  },
  {
    name: 'a token that renews itself',
    profile: 'p',
    config: `${SESSION}[profile p]\n${SSO}`,
    token: 'renewable',
    expected: 'sso',
  },
  {
    name: 'a session that is not there',
    profile: 'p',
    config: `[profile p]\n${SSO}`,
    token: 'good',
    expected: 'error',
  },
  {
    name: 'a session without account and role',
    profile: 'p',
    config: `${SESSION}[profile p]\nsso_session = corp\n`,
    token: 'good',
    expected: 'none',
  },
  {
    name: 'a role without the account',
    profile: 'p',
    config: `${SESSION}[profile p]\nsso_session = corp\nsso_role_name = {ROLE}\n`,
    token: 'good',
    expected: 'error',
  },
  {
    name: 'session and own portal that differ',
    profile: 'p',
    config: `${SESSION}[profile p]\n${SSO}sso_start_url = https://other.awsapps.com/start\n`,
    token: 'good',
    expected: 'error',
  },
  {
    name: 'session and own portal that agree',
    profile: 'p',
    config: `${SESSION}[profile p]\nsso_session = corp\n${LEGACY}`,
    token: 'good',
    expected: 'sso',
  },
  {
    name: 'Identity Center and keys in the credentials file',
    profile: 'p',
    config: `${SESSION}[profile p]\n${SSO}`,
    credentials: `[p]\n${KEYS}`,
    token: 'good',
    expected: 'sso',
  },
  {
    name: 'Identity Center and keys in the config file',
    profile: 'p',
    config: `${SESSION}[profile p]\n${SSO}${KEYS}`,
    token: 'good',
    expected: 'sso',
  },
  {
    name: 'Identity Center and a process',
    profile: 'p',
    config: `${SESSION}[profile p]\n${SSO}${PROCESS}`,
    files: GIVE,
    token: 'good',
    expected: 'sso',
  },
  {
    name: 'Identity Center and a role',
    profile: 'p',
    config: `${SESSION}[profile p]\n${SSO}${ARN}source_profile = q\n`,
    credentials: `[q]\n${TEMPORARY}`,
    token: 'good',
    expected: 'assume-role',
  },
  {
    name: 'Identity Center written in the credentials file',
    profile: 'p',
    config: SESSION,
    credentials: `[p]\n${SSO}`,
    token: 'good',
    expected: 'sso',
  },
  // AssumeRole
  {
    name: 'a role from keys',
    profile: 'p',
    config: `[profile p]\n${ARN}source_profile = q\n`,
    credentials: `[q]\n${TEMPORARY}`,
    expected: 'assume-role',
  },
  {
    name: 'a role from a role',
    profile: 'p',
    config: `[profile p]\n${ARN}source_profile = q\n[profile q]\nrole_arn = arn:aws:iam::444455556666:role/Hop\nsource_profile = r\n[profile r]\n${TEMPORARY}`,
    expected: 'assume-role',
  },
  {
    name: 'a role from a process',
    profile: 'p',
    config: `[profile p]\n${ARN}source_profile = q\n[profile q]\n${PROCESS}`,
    files: GIVE_KNOWN,
    expected: 'assume-role',
  },
  {
    name: 'a role from a portal of its own',
    profile: 'p',
    config: `[profile p]\n${ARN}source_profile = q\n[profile q]\n${LEGACY}`,
    token: 'good',
    expected: 'assume-role',
  },
  {
    name: 'a role from a session',
    profile: 'p',
    config: `${SESSION}[profile p]\n${ARN}source_profile = q\n[profile q]\n${SSO}`,
    token: 'good',
    expected: 'assume-role',
    // aws-cli issue 7496, mended in 2.10.2.
    cli: { says: 'error', told: 'role-from-sso', before: '2.10.2' },
  },
  {
    name: 'a role that is cached, its source signed out',
    profile: 'p',
    config: `[profile p]\n${ARN}source_profile = q\n[profile q]\n${LEGACY}`,
    cachedRole: 'arn:aws:iam::444455556666:role/Deploy',
    expected: 'assume-role',
  },
  {
    name: 'a role that needs a code',
    profile: 'p',
    config: `[profile p]\n${ARN}source_profile = q\nmfa_serial = arn:aws:iam::1:mfa/ana\n`,
    credentials: `[q]\n${TEMPORARY}`,
    expected: 'error',
  },
  {
    name: 'a role from the environment',
    profile: 'p',
    config: `[profile p]\n${ARN}credential_source = Environment\n`,
    env: { AWS_ACCESS_KEY_ID: '{ID}', AWS_SECRET_ACCESS_KEY: '{SECRET}', AWS_SESSION_TOKEN: '{TOKEN}' },
    expected: 'assume-role',
  },
  {
    name: 'a role from an empty environment',
    profile: 'p',
    config: `[profile p]\n${ARN}credential_source = Environment\n`,
    expected: 'error',
  },
  {
    name: 'an unknown credential_source',
    profile: 'p',
    config: `[profile p]\n${ARN}credential_source = Somewhere\n`,
    expected: 'error',
  },
  {
    name: 'a loop',
    profile: 'p',
    config: `[profile p]\n${ARN}source_profile = q\n[profile q]\n${ARN}source_profile = p\n`,
    expected: 'error',
  },
  {
    name: 'its own source, with keys',
    profile: 'p',
    config: `[profile p]\n${ARN}source_profile = p\n${TEMPORARY}`,
    expected: 'assume-role',
  },
  {
    name: 'its own source, without keys',
    profile: 'p',
    config: `[profile p]\n${ARN}source_profile = p\n`,
    expected: 'error',
  },
  {
    name: 'a source that is not there',
    profile: 'p',
    config: `[profile p]\n${ARN}source_profile = q\n`,
    expected: 'error',
  },
  {
    name: 'two sources',
    profile: 'p',
    config: `[profile p]\n${ARN}source_profile = q\ncredential_source = Environment\n[profile q]\n${TEMPORARY}`,
    expected: 'error',
  },
  { name: 'a role without a source', profile: 'p', config: `[profile p]\n${ARN}${KEYS}`, expected: 'error' },
  {
    name: 'a source with keys beside a role of its own',
    profile: 'p',
    config: `[profile p]\n${ARN}source_profile = q\n[profile q]\n${TEMPORARY}role_arn = arn:aws:iam::444455556666:role/Unused\nsource_profile = nowhere\n`,
    expected: 'assume-role',
  },
  // AssumeRoleWithWebIdentity
  {
    name: 'a web identity',
    profile: 'p',
    config: `[profile p]\n${WEB}`,
    files: JWT,
    expected: 'assume-role-with-web-identity',
  },
  {
    name: 'a web identity from the environment',
    env: { AWS_WEB_IDENTITY_TOKEN_FILE: '{HOME}/jwt', AWS_ROLE_ARN: 'arn:aws:iam::444455556666:role/Web' },
    files: JWT,
    expected: 'assume-role-with-web-identity',
  },
  {
    name: '--profile before a web identity from the environment',
    profile: 'p',
    config: `[profile p]\n${KEYS}`,
    env: { AWS_WEB_IDENTITY_TOKEN_FILE: '{HOME}/jwt', AWS_ROLE_ARN: 'arn:aws:iam::444455556666:role/Web' },
    files: JWT,
    expected: 'config-file',
  },
  {
    name: 'a web identity and Identity Center',
    profile: 'p',
    config: `${SESSION}[profile p]\n${SSO}${WEB}`,
    files: JWT,
    token: 'good',
    expected: 'assume-role-with-web-identity',
  },
  { name: 'a web identity without its file', profile: 'p', config: `[profile p]\n${WEB}`, expected: 'error' },
  // credential_process, and what SAML tools do with it or leave behind
  {
    name: 'a process',
    profile: 'p',
    config: `[profile p]\n${PROCESS}`,
    files: GIVE,
    expected: 'custom-process',
  },
  {
    name: 'a process and keys in the credentials file',
    profile: 'p',
    config: `[profile p]\n${PROCESS}`,
    credentials: `[p]\n${KEYS}`,
    files: GIVE,
    expected: 'shared-credentials-file',
  },
  {
    name: 'a process and keys in the config file',
    profile: 'p',
    config: `[profile p]\n${PROCESS}${KEYS}`,
    files: GIVE,
    expected: 'custom-process',
  },
  {
    name: 'saml2aws as a process',
    profile: 'saml',
    config:
      '[profile saml]\ncredential_process = {HOME}/saml2aws login --credential-process --role arn:aws:iam::1:role/X --profile saml\n',
    files: { saml2aws: GIVE.give },
    expected: 'custom-process',
  },
  {
    name: 'keys that saml2aws left',
    profile: 'saml',
    credentials: `[saml]\naws_access_key_id        = ASIAIOSFODNN7SAML2AW\naws_secret_access_key    = s\naws_session_token        = t\naws_security_token       = t\nx_principal_arn          = arn:aws:sts::1:assumed-role/X/ana\nx_security_token_expires = 2099-01-01T00:00:00Z\n`,
    expected: 'shared-credentials-file',
  },
  // Files that are broken, or written oddly
  { name: 'a section twice', config: `[default]\n${KEYS}[default]\nregion = x\n`, expected: 'error' },
  { name: 'a key twice', config: `[default]\n${KEYS}region = x\nregion = y\n`, expected: 'error' },
  { name: 'a byte order mark', config: `\uFEFF[default]\n${KEYS}`, expected: 'error' },
  { name: 'a line before the first section', config: `region = x\n[default]\n${KEYS}`, expected: 'error' },
  {
    name: 'a broken credentials file beside good keys',
    config: `[default]\n${KEYS}`,
    credentials: '[x]\nnonsense\n',
    expected: 'error',
  },
  {
    name: 'a broken config beside keys in the environment',
    env: ENV_KEYS,
    config: '[x]\nnonsense\n',
    expected: 'error',
  },
  {
    name: 'a quoted name with a space',
    profile: 'my dev',
    config: `[profile "my dev"]\n${KEYS}`,
    expected: 'config-file',
  },
  {
    name: 'keys in capitals',
    profile: 'p',
    config: '[profile p]\nAWS_ACCESS_KEY_ID = AKIAIOSFODNN7EXAMPLE\nAws_Secret_Access_Key = s\n',
    expected: 'config-file',
  },
  {
    name: 'a comment behind a key',
    profile: 'p',
    config: '[profile p]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE # mine\naws_secret_access_key = s\n',
    expected: 'config-file MPLE',
    cli: { says: 'config-file mine', told: 'inline-comment' },
  },
  // The machine's own
  {
    name: "a container's role",
    env: { AWS_CONTAINER_CREDENTIALS_FULL_URI: '{URL}' },
    expected: 'container-role',
  },
];
