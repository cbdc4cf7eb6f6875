import type { ConfigSection, SharedConfig } from '../../base/formats/profiles.ts';
import { whoTakesAnother } from './sdk-orders.ts';
import type { ProfileSource } from './sources.ts';

/** A profile whose source of credentials is not the same for every SDK, or another than one would think. */
export interface Conflict {
  readonly profile: string;
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** One sentence: what stands there and who then uses what. */
  readonly warning: string;
}

/**
 * Profiles that sign in through Identity Center and have another source as well. The usual way there is a same-named
 * section with static keys in `~/.aws/credentials`, whose values are merged in.
 * `names` limits the look to those profiles, which need not be SSO profiles yet (they are about to be written).
 */
export function findConflicts(config: SharedConfig, names?: readonly string[]): Conflict[] {
  const sections =
    names === undefined
      ? [...config.profiles.values()].filter(signsIn)
      : names.flatMap((name) => config.profiles.get(name) ?? []);
  return sections.flatMap(conflictsOf);
}

function signsIn({ values }: ConfigSection): boolean {
  return ['sso_session', 'sso_start_url'].some((key) => (values.get(key)?.value ?? '') !== '');
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

function conflictsOf(section: ConfigSection): Conflict[] {
  return OTHERS.flatMap(({ source, key, what, cli, takes }) => {
    const value = section.values.get(key);
    if (value === undefined || value.value === '') return [];
    const { file, line } = value;
    const others = [...whoTakesAnother(new Set(['sso', source]), cli).values()].flat().map(({ sdk }) => sdk);
    const most = cli === 'sso' ? 'take the sign-in' : takes;
    const plural = cli === 'sso' ? takes : 'take the sign-in';
    const rest = others.length === 1 ? plural.replace(/^\w+/, '$&s') : plural;
    const outcome = `the AWS CLI and most SDKs ${most}, but ${listed(others)} ${rest}`;
    const warning = `The profile ${section.name} also has ${what} (${file}, line ${line}): ${outcome}.`;
    return [{ profile: section.name, file, line, warning }];
  });
}

/** `the JavaScript and Go SDKs`. */
function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  const before = names.slice(0, -1).join(', ');
  return before === '' ? `the ${last} SDK` : `the ${before} and ${last} SDKs`;
}
