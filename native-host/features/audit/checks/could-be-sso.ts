import { type ConfigSection, textValue } from '../../../base/formats/profiles.ts';
import { readCatalogue } from '../../catalogue/store.ts';
import { accountOfKey } from '../account-of-key.ts';
import type { AuditCheck, AuditContext, Finding } from '../finding.ts';

/** Profiles with keys or a role in an account that one of your sessions offers, and profiles that name their portal themselves. */
export const couldBeSso: AuditCheck = {
  id: 'could-be-sso',
  about: 'profiles that could use Identity Center',
  run(context) {
    const offers = offeredAccounts(context);
    return [...context.config.profiles.values()].flatMap((profile) =>
      textValue(profile, 'sso_account_id') === undefined
        ? (replaceable(profile, offers) ?? [])
        : (legacy(profile) ?? []),
    );
  },
};

interface Offer {
  readonly session: string;
  readonly roles: readonly string[];
}

function offeredAccounts({ paths, config }: AuditContext): Map<string, Offer> {
  const offers = new Map<string, Offer>();
  for (const session of config.ssoSessions.keys()) {
    for (const { accountId, roles } of readCatalogue(paths, session)?.accounts ?? [])
      if (!offers.has(accountId)) offers.set(accountId, { session, roles: roles ?? [] });
  }
  return offers;
}

function replaceable(
  { name, values }: ConfigSection,
  offers: ReadonlyMap<string, Offer>,
): Finding[] | undefined {
  const at = values.get('aws_access_key_id') ?? values.get('role_arn');
  if (at === undefined) return undefined;
  const isKey = values.has('aws_access_key_id');
  const account = isKey ? accountOfKey(at.value) : at.value.split(':')[4];
  const offer = account === undefined ? undefined : offers.get(account);
  if (offer === undefined) return undefined;
  const as = offer.roles.length === 0 ? '' : ` as ${offer.roles.slice(0, 3).join(', ')}`;
  const { file, line } = at;
  return [
    {
      severity: isKey ? 'medium' : 'low',
      title: `profile ${name} could be a profile of Identity Center: session ${offer.session} offers account ${account}${as}`,
      file,
      line,
      fix: `run \`awsher profiles sync --session ${offer.session}\`, use the profile of that account, and delete this one`,
    },
  ];
}

function legacy({ name, values }: ConfigSection): Finding[] | undefined {
  const at = values.get('sso_start_url');
  if (at === undefined || values.has('sso_session')) return undefined;
  return [
    {
      severity: 'low',
      title: `profile ${name} names its portal directly, so its sign-in cannot be renewed`,
      file: at.file,
      line: at.line,
      fix: 'run `awsher migrate legacy-sso`, which gives it an sso-session',
    },
  ];
}
