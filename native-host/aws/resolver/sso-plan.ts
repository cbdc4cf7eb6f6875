import { removeLine, writeBelow, writeIn } from '../../base/formats/advice.ts';
import { nearest } from '../../base/formats/nearest.ts';
import type { ConfigValue } from '../../base/formats/profiles.ts';
import type { Plan, Scope } from './credential-plan.ts';
import { unusable } from './invalid.ts';

/**
 * A profile of Identity Center: with `sso_session`, or with start URL and region of its own. Either of account and role
 * makes it one, and then all is required (botocore/credentials.py `SSOProvider._load_sso_config`).
 */
export function planSso(scope: Scope): Plan | undefined {
  const { section, name, config } = scope;
  const at = section?.values.get('sso_role_name') ?? section?.values.get('sso_account_id');
  if (section === undefined || at === undefined) {
    const lone = section?.values.get('sso_session') ?? section?.values.get('sso_start_url');
    if (lone !== undefined) {
      const reason = 'It names a portal, but neither sso_account_id nor sso_role_name.';
      scope.trace?.({ profile: name, source: 'sso', outcome: 'passed-over', reason, ...placeOf(lone) });
    }
    return undefined;
  }
  const values = new Map<string, ConfigValue>(section.values);
  const reference = section.values.get('sso_session');
  if (reference !== undefined) {
    const session = config.ssoSessions.get(reference.value);
    if (session === undefined) {
      const sentence =
        reference.value === ''
          ? `sso_session of profile ${name} is empty.`
          : `The sso-session ${reference.value} does not exist.`;
      throw unusable(scope, 'sso', sentence, reference, otherSession(scope, reference));
    }
    for (const [key, value] of session.values) {
      const own = section.values.get(key);
      if (own !== undefined && own.value !== value.value) {
        const sentence = `${key} of profile ${name} differs from the one in its sso-session ${session.name}.`;
        throw unusable(scope, 'sso', sentence, own, removeLine(own));
      }
      values.set(key, value);
    }
  }
  const [accountId, roleName, startUrl, region] = REQUIRED.map((key) => values.get(key)?.value || undefined);
  if (accountId === undefined || roleName === undefined || startUrl === undefined || region === undefined) {
    const gone = REQUIRED.filter((key) => !values.get(key)?.value);
    const session = config.ssoSessions.get(reference?.value ?? '');
    const hints = gone.map((key) => {
      const empty = values.get(key);
      const home = session !== undefined && /url|region/.test(key) ? session : at;
      return empty === undefined ? writeBelow(home, EXAMPLES[key]) : writeIn(empty, EXAMPLES[key]);
    });
    const sentence = `Profile ${name} is set up for Identity Center but is missing ${gone.join(', ')}.`;
    throw unusable(
      scope,
      'sso',
      sentence,
      at,
      `${hints.join(', ')}; \`awsher accounts\` lists accounts and roles`,
    );
  }
  const session = reference?.value ?? null;
  scope.trace?.({
    profile: name,
    source: 'sso',
    outcome: 'taken',
    reason: `Role ${roleName} in account ${accountId}, through ${session === null ? startUrl : `sso-session ${session}`}.`,
    ...placeOf(at),
  });
  return { kind: 'sso', profile: name, role: { accountId, roleName, session, startUrl }, region };
}

/** The session that was most likely meant, else the command that writes the one that is named. */
function otherSession({ config }: Scope, at: ConfigValue): string {
  const names = [...config.ssoSessions.keys()];
  const meant = nearest(at.value, names) ?? (at.value === '' ? names[0] : undefined);
  if (meant !== undefined) return writeIn(at, `sso_session = ${meant}`);
  return at.value === ''
    ? removeLine(at)
    : `run \`awsher login ${at.value} --start-url URL\`, with the address of its access portal`;
}

const EXAMPLES = {
  sso_account_id: 'sso_account_id = 111122223333',
  sso_role_name: 'sso_role_name = NAME',
  sso_start_url: 'sso_start_url = https://NAME.awsapps.com/start',
  sso_region: 'sso_region = us-east-1',
} as const;

const REQUIRED = ['sso_account_id', 'sso_role_name', 'sso_start_url', 'sso_region'] as const;

function placeOf({ file, line }: ConfigValue): { file: string; line: number } {
  return { file, line };
}
