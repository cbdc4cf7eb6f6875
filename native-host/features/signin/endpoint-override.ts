import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { loadSharedConfig } from '../../base/files/config-file.ts';
import { resolvePaths } from '../../base/files/paths.ts';
import type { ConfigSection, SharedConfig } from '../../base/formats/profiles.ts';
import type { ProcessInfo } from '../../base/platform/processes.ts';
import { isAwsCli, namedProfile } from './asker-profile.ts';

type Env = Readonly<Record<string, string | undefined>>;

interface Place {
  readonly platform: NodeJS.Platform;
  /** Of this process, which a command that opens its browser hands on. */
  readonly env: Env;
  /** procfs, on Linux. */
  readonly procDir?: string;
}

const VARIABLES = ['AWS_ENDPOINT_URL_SSO_OIDC', 'AWS_ENDPOINT_URL'];
/**
 * Where botocore takes its addresses from. Only what the command was started with tells something: the AWS CLI sets it itself for
 * all that it starts (awscli/__init__.py).
 */
const MODELS = 'AWS_DATA_PATH';

/**
 * Whether a sign-in command's device codes may come from another endpoint than AWS's own: by a variable, by `--endpoint-url`,
 * or by the config that it reads ("Service-specific endpoints", AWS SDKs and Tools Reference Guide). Whoever runs that endpoint
 * can hand over a code of their own. What cannot be told counts as an override. Looks at files and procfs; never throws.
 */
export function overridesEndpoint(command: ProcessInfo, place: Place): boolean {
  const words = command.args ?? [];
  if (words.some((word) => /^--endpoint-url(=|$)/.test(word))) return true;
  const environments = [place.env];
  if (place.platform === 'linux') {
    const own = environmentOf(command.pid, place.procDir);
    if (own === undefined || own[MODELS]) return true;
    environments.push(own);
  }
  return environments.some((env) => overriddenBy(env, words, place.platform));
}

function overriddenBy(env: Env, words: readonly string[], platform: NodeJS.Platform): boolean {
  if (VARIABLES.some((name) => (env[name] ?? '') !== '')) return true;
  let config: SharedConfig;
  try {
    config = loadSharedConfig(resolvePaths({ env, platform, homedir }));
  } catch {
    return true;
  }
  const profile = isAwsCli(words) ? (namedProfile(words, env) ?? 'default') : undefined;
  const sections =
    profile === undefined
      ? [...config.profiles.values()]
      : [config.profiles.get(profile)].filter((section) => section !== undefined);
  return sections.some((section) => overriddenIn(section, config));
}

function overriddenIn({ values }: ConfigSection, { services }: SharedConfig): boolean {
  if (values.get('endpoint_url')?.value || values.get('data_path')?.value) return true;
  const named = services.get(values.get('services')?.value ?? '');
  return [named?.values, values].some((some) => some?.get('sso_oidc')?.nested?.get('endpoint_url'));
}

/** The environment that a process was started with; undefined when it may not be seen. */
export function environmentOf(pid: number, procDir = '/proc'): Env | undefined {
  try {
    const lines = readFileSync(join(procDir, String(pid), 'environ'), 'utf8').split('\0');
    return Object.fromEntries(
      lines.flatMap((line) => {
        const at = line.indexOf('=');
        return at > 0 ? [[line.slice(0, at), line.slice(at + 1)]] : [];
      }),
    );
  } catch {
    return undefined;
  }
}
