import { existsSync } from 'node:fs';
import type { Plan } from '../../aws/resolver/credential-plan.ts';
import {
  assumeRoleCacheKey,
  ROLE_WINDOW_MS,
  readRoleEntry,
  roleCacheFile,
  ssoCacheKey,
} from '../../aws/roles/role-cache.ts';
import { isLongTermKeyId, maskKeyId } from '../../base/formats/mask.ts';
import { formatTimestamp } from '../../base/formats/token-dates.ts';
import { writtenEnd } from '../../base/formats/written-end.ts';
import { placeOf } from './line-place.ts';
import type { ExplainDeps } from './question.ts';
import { ssoDetails } from './sso-details.ts';
import type { CacheFact, Fact, Hop } from './story.ts';

type PlanOf<K extends Plan['kind']> = Extract<Plan, { kind: K }>;

/** A plan as the list of its hops: the asked-for profile first, then what it builds on. */
export function hopsOf(deps: ExplainDeps, plan: Plan): Hop[] {
  const hop = hopOf(deps, plan);
  return plan.kind === 'assume-role' ? [hop, ...hopsOf(deps, plan.source)] : [hop];
}

function hopOf(deps: ExplainDeps, plan: Plan): Hop {
  switch (plan.kind) {
    case 'sso':
      return ssoHop(deps, plan);
    case 'assume-role':
      return roleHop(deps, plan);
    case 'web-identity':
      return webIdentityHop(deps, plan);
    case 'process':
      return {
        ...base(deps, plan, 'credential_process'),
        // The line may hold secrets, so only its program is named.
        title: `the answer of ${programOf(plan.command)}`,
        facts: [{ name: 'cached', value: 'no: the program runs for every command', place: null }],
      };
    case 'keys':
      return keysHop(deps, plan);
    case 'container':
      return { ...base(deps, plan), title: "the container's role" };
    case 'instance':
      return { ...base(deps, plan), title: "the EC2 instance's role" };
    default:
      return plan satisfies never;
  }
}

function base(deps: ExplainDeps, plan: Plan, key?: string): Hop {
  const profile = 'profile' in plan ? plan.profile : '';
  return {
    kind: plan.kind,
    profile,
    place: key === undefined ? null : placeOf(deps.config.profiles.get(profile)?.values.get(key)),
    title: '',
    facts: [],
    token: null,
    caches: [],
  };
}

function ssoHop(deps: ExplainDeps, plan: PlanOf<'sso'>): Hop {
  const { facts, token, caches } = ssoDetails(deps, plan);
  const { accountId, roleName } = plan.role;
  return {
    ...base(deps, plan, 'sso_role_name'),
    title: `role ${roleName} in account ${accountId}`,
    facts,
    token,
    caches: [roleCache(deps, ssoCacheKey(plan.role)), ...caches],
  };
}

function roleHop(deps: ExplainDeps, plan: PlanOf<'assume-role'>): Hop {
  const values = deps.config.profiles.get(plan.profile)?.values;
  const names = ['source_profile', 'credential_source', 'mfa_serial', 'external_id', 'duration_seconds'];
  const facts = [...names, 'role_session_name'].flatMap((name): Fact[] => {
    const at = values?.get(name);
    if (at === undefined || at.value === '') return [];
    // A shared secret in some contracts.
    return [{ name, value: name === 'external_id' ? '…' : at.value, place: placeOf(at) }];
  });
  return {
    ...base(deps, plan, 'role_arn'),
    title: `role ${plan.request.roleArn}`,
    facts: [...facts, stsRegion(plan.region)],
    caches: [roleCache(deps, assumeRoleCacheKey(plan.request))],
  };
}

function webIdentityHop(deps: ExplainDeps, plan: PlanOf<'web-identity'>): Hop {
  const at = deps.config.profiles.get(plan.profile)?.values.get('web_identity_token_file');
  const there = existsSync(plan.tokenFile) ? '' : ' (there is no such file)';
  return {
    ...base(deps, plan, 'role_arn'),
    title: `role ${plan.request.roleArn}, for a web identity`,
    facts: [
      { name: 'token file', value: `${plan.tokenFile}${there}`, place: placeOf(at) },
      stsRegion(plan.region),
    ],
    caches: [roleCache(deps, assumeRoleCacheKey(plan.request))],
  };
}

function keysHop(deps: ExplainDeps, plan: PlanOf<'keys'>): Hop {
  const { accessKeyId, sessionToken, expiresAt } = plan;
  const forever = isLongTermKeyId(accessKeyId) && sessionToken === undefined;
  const from = plan.from === 'environment' ? 'the environment' : `the ${plan.from} file`;
  const kind = forever ? 'long-term key, never expires' : sessionToken ? 'temporary' : 'unknown';
  const facts: Fact[] = [{ name: 'kind', value: kind, place: null }];
  const written =
    plan.from === 'environment' ? undefined : writtenEnd(deps.config.profiles.get(plan.profile));
  const end = expiresAt ?? written?.at;
  if (end !== undefined)
    facts.push({ name: 'until', value: formatTimestamp(end), place: placeOf(written?.value) });
  else if (sessionToken !== undefined)
    facts.push({ name: 'until', value: 'unknown: the file has no expiration for them', place: null });
  return {
    ...base(deps, plan, plan.from === 'environment' ? undefined : 'aws_access_key_id'),
    title: `key ${maskKeyId(accessKeyId)} from ${from}`,
    facts,
  };
}

/** The entry in `~/.aws/cli/cache` that this role has, or would have. */
function roleCache(deps: ExplainDeps, key: string): CacheFact {
  const { paths, clock } = deps;
  const file = roleCacheFile(paths, key);
  const fact = { file, kind: 'role' as const, exists: existsSync(file) };
  const expiresAt = readRoleEntry(paths, key)?.credentials.expiresAt;
  if (expiresAt === undefined) {
    const sentence = fact.exists ? 'cannot be read, so AWS is asked again' : 'nothing cached';
    return { ...fact, sentence, expiresAt: null, usable: false };
  }
  const usable = expiresAt - clock.now() >= ROLE_WINDOW_MS;
  const over = expiresAt <= clock.now();
  return {
    ...fact,
    sentence: usable ? 'is used until 15 minutes before it expires' : over ? 'has ended' : 'is about to end',
    expiresAt: formatTimestamp(expiresAt),
    usable,
  };
}

function stsRegion(region: string | undefined): Fact {
  return { name: 'STS in', value: region ?? "no region named; the partition's first", place: null };
}

/** The program that a `credential_process` line starts, without its arguments. */
export function programOf(command: string): string {
  const quoted = /^\s*"([^"]+)"/.exec(command)?.[1];
  return quoted ?? command.trim().split(/\s+/)[0] ?? '';
}
