import type { Plan } from '../../aws/resolver/credential-plan.ts';
import type { ConfigValue } from '../../base/formats/profiles.ts';
import { disagreement, isDisagreement } from './disagreement.ts';
import { environmentDisagreements } from './environment-disagreements.ts';
import { placeOf } from './line-place.ts';
import { chainOf, type ExplainDeps, innermost, type Question } from './question.ts';
import { wasRun, whoTakesAnother } from './sdk-orders.ts';
import { KEYS_OF, type ProfileSource, sourcesIn } from './sources.ts';
import type { Disagreement, Otherwise } from './story.ts';
import { wordingDisagreements } from './wording-disagreements.ts';

/** Which SDKs would decide otherwise for this profile than the AWS CLI does, and how to make them agree. */
export function disagreementsOf(question: Question): Otherwise[] {
  const found = [
    ...brokenDisagreements(question),
    ...environmentDisagreements(question),
    ...orderDisagreements(question),
    ...portalDisagreements(question),
    ...roleDisagreements(question),
    ...errorDisagreements(question),
    ...cacheDisagreements(question),
    ...wordingDisagreements(question),
  ];
  return found.map((one) => ({ ...one, run: one.sdks.filter(wasRun) }));
}

/** Who reads on where the AWS CLI and boto3 refuse the whole file: the first problem of each file is where they stop. */
function brokenDisagreements({ problems }: Question): Disagreement[] {
  return problems.flatMap(({ file, problem: { kind, line } }) => {
    const id = `reads-on-${kind}`;
    return isDisagreement(id) ? [disagreement(id, { line, place: { file, line } })] : [];
  });
}

/** Sections on the way with two sources, of which another SDK takes the other one. */
function orderDisagreements({ deps, plan, profile }: Question): Disagreement[] {
  if (plan === undefined || fromOutside(plan)) return [];
  return chainOf(plan).flatMap((one, hop) => {
    const name = 'profile' in one ? one.profile : '';
    const section = deps.config.profiles.get(hop === 0 ? profile : name);
    const chosen = sourceOf(one);
    if (section === undefined || chosen === undefined) return [];
    const present = sourcesIn(section);
    // The role of a source with keys counts for nobody.
    if (hop > 0 && chosen !== 'role') present.delete('role');
    return [...whoTakesAnother(present, chosen)].map(([other, sdks]) => ({
      id: `order-${chosen}-${other}`,
      sdks: sdks.map(({ sdk }) => sdk),
      instead: `take ${WORDS[other]} of the profile ${section.name}`,
      remedy: `keep one of the two: move ${KEYS_OF[other]} to its own profile`,
      place: placeOf(present.get(other)),
      source: sdks.map(({ source }) => source).join('; '),
    }));
  });
}

/** Profiles that the AWS CLI refuses and another SDK does not. */
function errorDisagreements({ deps, plan, profile }: Question): Disagreement[] {
  const section = deps.config.profiles.get(profile);
  if (plan !== undefined || section === undefined) return [];
  const { values } = section;
  const found: Disagreement[] = [];
  const session = deps.config.ssoSessions.get(values.get('sso_session')?.value ?? '');
  const own = ['sso_start_url', 'sso_region'].map((key) => values.get(key));
  const other = own.find((value, at) => {
    const theirs = session?.values.get(at === 0 ? 'sso_start_url' : 'sso_region');
    return value !== undefined && theirs !== undefined && value.value !== theirs.value;
  });
  if (other !== undefined) {
    found.push(disagreement('portal-forms-differ', { name: profile, place: placeOf(other) }));
  }
  const hasSource = ['source_profile', 'credential_source', 'web_identity_token_file'].some((key) =>
    values.has(key),
  );
  if (values.has('role_arn') && !hasSource && values.has('aws_access_key_id')) {
    found.push(
      disagreement('role-without-source', { name: profile, place: placeOf(values.get('role_arn')) }),
    );
  }
  return found;
}

/** What only the AWS CLI and awsher have: the roles in `~/.aws/cli/cache`. */
function cacheDisagreements({ byCacheAlone }: Question): Disagreement[] {
  if (!byCacheAlone) return [];
  return [disagreement('cli-cache-only')];
}

/** Disagreements about profiles of Identity Center. */
function portalDisagreements({ deps, plan }: Question): Disagreement[] {
  const last = innermost(plan);
  if (last?.kind !== 'sso') return [];
  const found: Disagreement[] = [];
  const section = deps.config.profiles.get(last.profile);
  const own = section?.values.get('sso_start_url') ?? section?.values.get('sso_region');
  if (last.role.session !== null && own !== undefined) {
    found.push(disagreement('both-portal-forms', { name: last.profile, place: placeOf(own) }));
  }
  const inCredentials = section?.values.get('sso_session');
  if (inCredentials?.file === deps.paths.credentialsFile) {
    found.push(
      disagreement('session-named-in-credentials', {
        name: last.profile,
        file: deps.paths.configFile,
        place: placeOf(inCredentials),
      }),
    );
  }
  if (plan?.kind === 'assume-role') {
    // Through a portal of its own, older versions of these two can.
    const older =
      last.role.session === null ? [] : ['AWS CLI before 2.10.2', 'boto3 before botocore 1.29.75'];
    found.push(disagreement('role-from-sso', { name: plan.profile, sdks: ['PHP', ...older] }));
  }
  const url = section?.values.get('sso_start_url') ?? sessionUrl(deps, last.role.session);
  if (url?.value.includes('#')) {
    found.push(disagreement('start-url-hash', { place: placeOf(url) }));
  }
  if (deps.env.AWS_SHARED_CREDENTIALS_FILE) {
    found.push(disagreement('cpp-token-folder'));
  }
  return found;
}

/** Roles whose source not every SDK can use. */
function roleDisagreements({ deps, plan }: Question): Disagreement[] {
  if (plan === undefined) return [];
  const sources = chainOf(plan).map((one) =>
    'profile' in one
      ? deps.config.profiles.get(one.profile ?? '')?.values.get('credential_source')
      : undefined,
  );
  const environment = sources.find((source) => source?.value === 'Environment');
  if (environment === undefined) return [];
  return [disagreement('role-from-environment', { place: placeOf(environment) })];
}

function sessionUrl({ config }: ExplainDeps, session: string | null): ConfigValue | undefined {
  return session === null ? undefined : config.ssoSessions.get(session)?.values.get('sso_start_url');
}

const WORDS: Readonly<Record<ProfileSource, string>> = {
  role: 'the role',
  'web-identity': 'the web identity',
  sso: 'Identity Center',
  keys: 'the keys',
  process: 'the credential_process',
};

function sourceOf(plan: Plan): ProfileSource | undefined {
  switch (plan.kind) {
    case 'assume-role':
      return 'role';
    case 'container':
    case 'instance':
      return undefined;
    default:
      return plan.kind;
  }
}

/** Keys and machine roles that no profile gave. */
function fromOutside(plan: Plan): boolean {
  return plan.kind === 'keys' && plan.from === 'environment';
}
