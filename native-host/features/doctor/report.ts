import type { DoctorContext } from './context.ts';
import type { Checked } from './run-checks.ts';

/** Variables that steer awsher and hold no secret; of all others a report tells at most that they are set. */
const SHOWN =
  /^(AWS_(PROFILE|DEFAULT_PROFILE|REGION|DEFAULT_REGION|CONFIG_FILE|SHARED_CREDENTIALS_FILE|CA_BUNDLE|ENDPOINT_URL\w*|USE_\w+)|XDG_\w+|LANG|LC_\w+|TERM|DISPLAY|WAYLAND_DISPLAY|NO_COLOR)$/;
const NAMED =
  /^(AWS_|AWSHER_|HTTPS?_PROXY$|NO_PROXY$|BROWSER$|SSH_|WSL_|CODESPACES$|REMOTE_CONTAINERS$|NODE_)/i;

/**
 * What a person can attach to a bug: findings and the surroundings, without secrets. Findings hold none by
 * construction; `scrub` is the second lock. The home directory is `~`, so that it does not name the person either.
 */
export function reportText(outcomes: readonly Checked[], context: DoctorContext): string {
  const { env, machine, nodeVersion, platform, version } = context;
  const lines = [
    `awsher ${version}, node ${nodeVersion}, ${platform}`,
    '',
    ...outcomes.flatMap(({ id, result, detail, next, fixed, fixFailed }) => [
      `[${result.toUpperCase()}] ${id}`,
      ...indented(detail),
      ...(next === undefined ? [] : indented(next, '  next: ')),
      ...(fixed === undefined ? [] : indented(fixed, '  fixed: ')),
      ...(fixFailed === undefined ? [] : indented(fixFailed, '  not fixed: ')),
    ]),
    '',
    'environment',
    ...Object.keys(env)
      .sort()
      .flatMap((name) => variable(name, env[name] ?? '')),
  ];
  return `${lines.map((line) => scrub(line, machine.paths.home)).join('\n')}\n`;
}

function variable(name: string, value: string): string[] {
  if (SHOWN.test(name)) return [`  ${name}=${value}`];
  return NAMED.test(name) && value !== '' ? [`  ${name} is set`] : [];
}

function indented(text: string, prefix = '  '): string[] {
  return text.split('\n').map((line) => `${prefix}${line}`);
}

/**
 * Masks what looks like a secret wherever it stands: a name and password in an address, access key ids, codes, and long
 * runs of letters and digits.
 */
export function scrub(line: string, home: string): string {
  return (
    line
      .replace(/\/\/[^/@\s]+@/g, '//***@')
      .replace(/\b(AKIA|ASIA)[A-Z0-9]{12,}\b/g, '***')
      .replace(/\b[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}\b/g, '***')
      .replaceAll(home === '/' ? '\0' : home, '~')
      // Names of cache files are hashes, and no secrets.
      .replace(/[A-Za-z0-9_+=-]{40,}/g, (run) => (/^[0-9a-f]+$/.test(run) ? run : '***'))
  );
}
