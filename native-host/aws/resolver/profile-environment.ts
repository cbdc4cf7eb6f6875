import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import { printable } from '../../../shared/printable.ts';
import { loadSharedConfig } from '../../base/files/config-file.ts';
import type { Paths } from '../../base/files/paths.ts';
import { type ConfigSection, type SharedConfig, textValue } from '../../base/formats/profiles.ts';

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Settings of a profile that every SDK also reads from a variable. The variable wins
 * (AWS SDKs and Tools Reference Guide, "Settings reference"; botocore/configprovider.py).
 */
const VARIABLES: Readonly<Record<string, string>> = {
  ca_bundle: 'AWS_CA_BUNDLE',
  use_fips_endpoint: 'AWS_USE_FIPS_ENDPOINT',
  use_dualstack_endpoint: 'AWS_USE_DUALSTACK_ENDPOINT',
  ignore_configured_endpoint_urls: 'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS',
  sts_regional_endpoints: 'AWS_STS_REGIONAL_ENDPOINTS',
  account_id_endpoint_mode: 'AWS_ACCOUNT_ID_ENDPOINT_MODE',
  request_checksum_calculation: 'AWS_REQUEST_CHECKSUM_CALCULATION',
  response_checksum_validation: 'AWS_RESPONSE_CHECKSUM_VALIDATION',
  retry_mode: 'AWS_RETRY_MODE',
  max_attempts: 'AWS_MAX_ATTEMPTS',
  defaults_mode: 'AWS_DEFAULTS_MODE',
  sdk_ua_app_id: 'AWS_SDK_UA_APP_ID',
  endpoint_discovery_enabled: 'AWS_ENDPOINT_DISCOVERY_ENABLED',
  disable_request_compression: 'AWS_DISABLE_REQUEST_COMPRESSION',
  request_min_compression_size_bytes: 'AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES',
  sigv4a_signing_region_set: 'AWS_SIGV4A_SIGNING_REGION_SET',
  auth_scheme_preference: 'AWS_AUTH_SCHEME_PREFERENCE',
  disable_host_prefix_injection: 'AWS_DISABLE_HOST_PREFIX_INJECTION',
  s3_disable_express_session_auth: 'AWS_S3_DISABLE_EXPRESS_SESSION_AUTH',
  output: 'AWS_DEFAULT_OUTPUT',
};

/**
 * What a profile says about where and how AWS is asked, as the variables of the same meaning, as far as the environment
 * does not say it itself: for awsher's own calls, and for a child that does not see the profile. Endpoints go by the order
 * of the SDKs: a variable (the service's, then AWS_ENDPOINT_URL), then `services`, then `endpoint_url`
 * (Reference Guide, "Service-specific endpoints").
 */
export function profileVariables(config: SharedConfig, profile: string, env: Env): Record<string, string> {
  const section = config.profiles.get(profile);
  const found: Record<string, string> = {};
  const add = (variable: string, value: string | undefined) => {
    if (value !== undefined && !env[variable]) found[variable] = value;
  };
  for (const [key, variable] of Object.entries(VARIABLES)) add(variable, textValue(section, key));
  // Empty is a word here: no pager (aws-cli globalargs.py).
  const pager = section?.values.get('cli_pager')?.value;
  if (pager !== undefined && env.AWS_PAGER === undefined) found.AWS_PAGER = pager;
  const { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: ignored } = { ...env, ...found };
  if (env.AWS_ENDPOINT_URL || ignored?.toLowerCase() === 'true') return found;
  for (const [service, { nested }] of servicesOf(config, section))
    if (/^\w+$/.test(service)) add(`AWS_ENDPOINT_URL_${service.toUpperCase()}`, nested?.get('endpoint_url'));
  add('AWS_ENDPOINT_URL', textValue(section, 'endpoint_url'));
  return found;
}

/** The AWS CLI and the SDK for JavaScript refuse a name without its section: what was meant for a stand-in must not reach AWS. */
function servicesOf(config: SharedConfig, section: ConfigSection | undefined): ConfigSection['values'] {
  const named = section?.values.get('services');
  if (section === undefined || named === undefined || named.value === '') return new Map();
  const found = config.services.get(named.value);
  if (found !== undefined) return found.values;
  const names = `The profile ${section.name} names the services ${printable(named.value)}, which do not exist`;
  throw new AwsherError('CONFIG_INVALID', `${names} (${named.file}, line ${named.line}).`, {
    hint: `write a section [services ${printable(named.value)}] in the config, or remove that line`,
  });
}

/**
 * The environment with the variables of a profile, and its name for who asks again; default: the profile of this shell.
 * Throws CONFIG_INVALID.
 */
export function profileEnvironment(
  paths: Pick<Paths, 'configFile' | 'credentialsFile'>,
  env: Env,
  profile?: string,
  config: SharedConfig = loadSharedConfig(paths),
): Env {
  const name = profile === undefined ? {} : { AWS_PROFILE: profile };
  return { ...env, ...name, ...profileVariables(config, profile ?? profileOfShell(env), env) };
}

/** As `profileEnvironment` for who must go on without: a config that no SDK reads says nothing. */
export function knownEnvironment(paths: Pick<Paths, 'configFile' | 'credentialsFile'>, env: Env): Env {
  try {
    return profileEnvironment(paths, env);
  } catch {
    return env;
  }
}

/** The profile that the environment names, else `default`. */
export function profileOfShell(env: Env): string {
  return env.AWS_PROFILE || env.AWS_DEFAULT_PROFILE || 'default';
}
