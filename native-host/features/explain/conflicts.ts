import type { ConfigSection, SharedConfig } from '../../base/formats/profiles.ts';
import { whoTakesAnother } from './sdk-orders.ts';
import type { ProfileSource } from './sources.ts';

/**
 * Of these profiles, which sign in through Identity Center or are about to, those that have another source as well: for each
 * one sentence, what stands there and who then uses what. The usual way there is a same-named section with static keys in
 * `~/.aws/credentials`, whose values are merged in.
 */
export function findConflicts(config: SharedConfig, names: readonly string[]): string[] {
  return names.flatMap((name) => config.profiles.get(name) ?? []).flatMap(conflictsOf);
}

interface Other {
  readonly source: ProfileSource;
  /** The key that makes it one. */
  readonly key: string;
  readonly what: string;
  /** Which of the two the AWS CLI and boto3 take. */
  readonly cli: ProfileSource;
  readonly takes: string;
}

const OTHERS: readonly Other[] = [
  { source: 'keys', key: 'aws_access_key_id', what: 'static keys', cli: 'sso', takes: 'take those keys' },
  { source: 'role', key: 'role_arn', what: 'a role to assume', cli: 'role', takes: 'take the role' },
  {
    source: 'process',
    key: 'credential_process',
    what: 'a credential_process',
    cli: 'sso',
    takes: 'run the process',
  },
];

function conflictsOf(section: ConfigSection): string[] {
  return OTHERS.flatMap(({ source, key, what, cli, takes }) => {
    const value = section.values.get(key);
    if (value === undefined || value.value === '') return [];
    const { file, line } = value;
    const others = [...whoTakesAnother(new Set(['sso', source]), cli).values()].flat().map(({ sdk }) => sdk);
    const most = cli === 'sso' ? 'take the sign-in' : takes;
    const plural = cli === 'sso' ? takes : 'take the sign-in';
    const rest = others.length === 1 ? plural.replace(/^\w+/, '$&s') : plural;
    const outcome = `the AWS CLI and most SDKs ${most}, but ${listed(others)} ${rest}`;
    return [`The profile ${section.name} also has ${what} (${file}, line ${line}): ${outcome}.`];
  });
}

/** `the JavaScript and Go SDKs`. */
function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  const before = names.slice(0, -1).join(', ');
  return before === '' ? `the ${last} SDK` : `the ${before} and ${last} SDKs`;
}
